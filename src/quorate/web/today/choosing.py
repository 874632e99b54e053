"""What waits in elections: standing, nominating, voting, papers; lots for ties and the agenda."""

from __future__ import annotations

from collections.abc import Iterator

from quorate.chapters.elections.remembers import Election
from quorate.chapters.offices.vote_recall import voice_of
from quorate.chapters.plain import counted
from quorate.chapters.state import State
from quorate.web import names
from quorate.web.convention import lots
from quorate.web.elections import doing
from quorate.web.templatetags.saying import office
from quorate.web.today.things import Thing


def asked_to_stand(state: State, me: str, now: int) -> Iterator[Thing]:
    """Nominations and slates on which this member has not said whether they agree."""
    for election in _going_on(state, now):
        address = f"/elections/{election.number}"
        mine = doing.my_candidacy(election, me)
        if mine is not None and mine.accepted is None and now < election.opens:
            title = f"You are nominated: {_what(state, election)}"
            yield Thing(title, "Say whether you stand.", address, "Answer", election.opens)
        for slate in doing.my_slates(state, election, me, now):
            if slate.answer is None:
                title = f"You are on slate {slate.slate.number}: {_what(state, election)}"
                detail = f"“{slate.slate.title}” stands only if everyone on it agrees."
                yield Thing(title, detail, address, "Answer", election.opens)


def polls(state: State, me: str, now: int) -> Iterator[Thing]:
    """Elections in which this member can vote and has not, or can nominate in their branch; on
    paper, the papers that they have to enter."""
    for election in _going_on(state, now):
        address = f"/elections/{election.number}"
        what = _what(state, election)
        own = doing.votes_here(state, election, me)
        if isinstance(own, str) and own not in election.sealed and now >= election.opens:
            places = "1 place" if election.seats == 1 else f"{election.seats} places"
            detail = f"{places}, {_standing(election)}."
            yield Thing(f"Vote: {what}", detail, address, "Vote", election.closes)
        elif _asks_to_nominate(election, own) and doing.can_put_forward(state, election, me, now):
            button = doing.putting_forward(election)
            detail = f"{len(election.candidates)} nominated so far."
            if election.count.startswith("slate-"):
                detail = f"{counted(len(election.slates), 'slate')} so far."
            yield Thing(f"{button}: {what}", detail, address, button, election.opens)
    for _, election in sorted(state.elections.elections.items()):
        table = doing.tellers(state, election, me, now)
        if table.end or (table.enter and not election.entered_by):
            address = f"/elections/{election.number}"
            title = f"Papers to be entered: {_what(state, election)}"
            detail = "The poll has closed."
            if election.register:
                detail = "Nobody opens the ballot box before they are in."
            yield Thing(title, detail, address, "To the tellers’ table")


def _asks_to_nominate(election: Election, own: object) -> bool:
    """Whether nominating is put to them: to the members of a roll, and to the delegates."""
    return election.electorate == "seats" or isinstance(own, str)


def recalls(state: State, me: str, now: int) -> Iterator[Thing]:
    """Votes on recalls in which the member has a voice and has not voted."""
    for number, vote in sorted(state.offices.votes.items()):
        if vote.tally is not None or now >= vote.closes:
            continue
        voice = voice_of(state, vote, me)
        if isinstance(voice, str) and voice not in vote.sealed:
            demanded = f"{len(vote.reasons)} have demanded this vote."
            yield Thing(
                f"Vote: is {names.name_of(state, vote.member)} recalled?",
                f"{office(vote.office[0])}. {demanded}",
                f"/offices/recall/{number}",
                "Vote",
                vote.closes,
            )


def numbers_to_hand_in(state: State, me: str, now: int) -> Iterator[Thing]:
    """Lots for which this member has committed to a number: withheld, it spoils the draw."""
    for one in lots.lots(state, me, now):
        if one.may_hand_in:
            title = f"Hand in your number for the lot: {one.about}"
            detail = "Whoever withholds theirs is named."
            yield Thing(title, detail, "/convention#lots", "Hand it in", one.draw.reveal_until)


def lots_to_draw(state: State, me: str, now: int) -> Iterator[Thing]:
    """Lots that this member can call, or take part in, where they are about something of theirs."""
    for call in lots.lots_to_call(state, me, now):
        detail = "Nothing goes on before that. Any member can call it."
        if not call.members:
            detail = "Name the public source that it is drawn from."
        yield Thing(f"A lot is to be drawn: {call.about}", detail, "/convention#lots", "Call it")
    for one in lots.lots(state, me, now):
        if one.may_commit and lots.concerns(state, one.draw, me):
            title = f"Take part in the lot: {one.about}"
            needed = f"{one.draw.participants} numbers of members are needed."
            address = "/convention#lots"
            yield Thing(title, needed, address, "Take part", one.draw.commit_until)


def _going_on(state: State, now: int) -> list[Election]:
    """The elections that take nominations or votes."""
    return [
        election
        for _, election in sorted(state.elections.elections.items())
        if election.result is None and election.closed is None and now < election.closes
    ]


def _what(state: State, election: Election) -> str:
    if election.fills == "delegates":
        return f"delegates of {state.membership.branches[election.place].name}"
    return election.office.replace("-", " ")


def _standing(election: Election) -> str:
    many = len(election.standing)
    if election.count.startswith("slate-"):
        return "by slates"
    return f"{many} candidate{'' if many == 1 else 's'}"
