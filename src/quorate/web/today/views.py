"""Today: one clear next thing, what waits for you, what others owe you."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.clause import Refusal
from quorate.chapters.dates import current
from quorate.chapters.delegates.step_in import empty_seat_for
from quorate.chapters.elections.electorate import voter
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.followup.tasks import may_report
from quorate.chapters.offices.vote_recall import voice_of
from quorate.chapters.rights import holds, seat_of
from quorate.chapters.state import State
from quorate.organisation import CLAUSES
from quorate.web import names
from quorate.web.acting.titles import TITLES
from quorate.web.templatetags.saying import office as office_named

MOST_OWED = 8


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that waits. ``until``: ms."""

    title: str
    detail: str
    address: str
    button: str
    until: int | None = None
    late: bool = False


def today(request: HttpRequest) -> HttpResponse:
    """The home page."""
    state: State = request.state
    now = request.time
    things = _waiting(state, request.member, now) if request.member else []
    context = {
        "section": "today",
        "next": things[0] if things else None,
        "things": things[1:8],
        "owed": _owed(state, now),
        "convention": current(state),
        "issue": state.bulletin.issues[-1] if state.bulletin.issues else None,
        "first_name": names.name_of(state, request.member).split(" ")[0] if request.member else "",
        "reachable": state.membership.members[request.member].reachable if request.member else None,
    }
    return render(request, "today/today.html", context)


def _waiting(state: State, me: str, now: int) -> list[Thing]:
    """What the member can do now, the most pressing first."""
    convention = current(state)
    things: list[Thing] = []
    if convention is not None and convention.opened is not None:
        things += _floor(state, me, convention)
    if convention is not None:
        things += _seats(state, me, convention)
    going_on = sorted(
        number
        for number, election in state.elections.elections.items()
        if election.result is None and election.closed is None and now < election.closes
    )
    for number in going_on:
        election = state.elections.elections[number]
        own = voter(state, election, me)
        mine = next((c for c in election.candidates if c.member == me), None)
        what = (
            f"delegates of {state.membership.branches[election.place].name}"
            if (election.fills == "delegates")
            else election.office.replace("-", " ")
        )
        if mine is not None and mine.accepted is None and now < election.opens:
            things.insert(
                0,
                Thing(
                    f"You are nominated: {what}",
                    "Say whether you stand.",
                    f"/elections/{number}",
                    "Answer",
                    election.opens,
                ),
            )
        for slate in election.slates:
            if me in slate.members and me not in slate.consents and now < election.opens:
                things.insert(
                    0,
                    Thing(
                        f"You are on a slate: {slate.title}",
                        "It is on the ballot only if everyone on it agrees.",
                        f"/elections/{number}",
                        "Answer",
                        election.opens,
                    ),
                )
        if isinstance(own, Refusal) or own in election.sealed or election.paper:
            continue
        if now >= election.opens:
            standing = len(election.standing)
            places = "1 place" if election.seats == 1 else f"{election.seats} places"
            things.append(
                Thing(
                    f"Vote: {what}",
                    f"{places}, {standing} candidates.",
                    f"/elections/{number}",
                    "Vote",
                    election.closes,
                )
            )
        elif election.electorate == "roll":
            things.append(
                Thing(
                    f"Nominate: {what}",
                    f"{len(election.candidates)} nominated so far.",
                    f"/elections/{number}",
                    "Nominate",
                    election.opens,
                )
            )
    things += _recalls(state, me, now)
    things += _duties(state, me, now)
    member = state.membership.members[me]
    asked = sorted(
        number
        for number, proposal in state.proposals.proposals.items()
        if proposal.requests
        and proposal.admission is None
        and proposal.lapsed is None
        and any(r.branch == member.branch for r in proposal.requests)
        and me not in proposal.seconders
        and state.bulletin.contributions[number].author != me
    )
    for number in asked:
        title = names.contribution_title(state, number)
        things.append(Thing(f"Asked to second: {title}", "", f"/bulletin/{number}", "Read it"))
    return things


def _recalls(state: State, me: str, now: int) -> list[Thing]:
    """Votes on recalls in which the member has a voice and has not voted."""
    things = []
    for number, vote in sorted(state.offices.votes.items()):
        if vote.tally is not None or now >= vote.closes:
            continue
        voice = voice_of(state, vote, me)
        if isinstance(voice, str) and voice not in vote.sealed:
            name = names.name_of(state, vote.member)
            things.append(
                Thing(
                    f"Vote: is {name} recalled?",
                    f"{office_named(vote.office[0])}. {len(vote.reasons)} have demanded this vote.",
                    f"/offices/recall/{number}",
                    "Vote",
                    vote.closes,
                )
            )
    return things


def _floor(state: State, me: str, convention) -> list[Thing]:
    seat = seat_of(state, convention.number, me)
    if seat is None:
        return []
    things = []
    if convention.votes:
        vote = state.floor.votes[convention.votes[-1]]
        if vote.closed is None and seat not in vote.sealed:
            title = names.contribution_title(state, vote.proposal)
            things.append(
                Thing(title, "On the floor now.", f"/convention/vote/{vote.number}", "Vote")
            )
    if seat not in convention.presence:
        things.append(
            Thing("Mark yourself as present", "The convention sits.", "/convention", "Open")
        )
    return things


def _duties(state: State, me: str, now: int) -> list[Thing]:
    """What the holder of an office owes now."""
    convention = current(state)
    things = _reports_due(state, me, now)
    if convention is None:
        return things
    rules = convention.rules
    branch = state.membership.members[me].branch
    roll = state.membership.rolls.get(convention.number)
    if roll is not None and holds(state, me, rules.membership.roll_attested_by, branch):
        mine = roll.branches.get(branch)
        if mine is not None and mine.attested_digest != mine.digest:
            things.append(
                Thing(
                    "Attest your branch's roll",
                    f"{len(mine.members)} members stand on it.",
                    f"/branches/{branch}",
                    "Look at it",
                )
            )
    if holds(state, me, rules.proposals.answer_from):
        open_answers = _unanswered(state, convention)
        if open_answers:
            due = convention.dates.answers_due
            things.append(
                Thing(
                    f"{len(open_answers)} proposals await a written answer",
                    names.contribution_title(state, open_answers[0]),
                    f"/bulletin/{open_answers[0]}",
                    "Answer the first",
                    due,
                    late=now > due,
                )
            )
    if holds(state, me, rules.bulletin.appeal_to):
        for number, c in sorted(state.bulletin.contributions.items()):
            appeal = c.refusal.appeal if c.refusal else None
            if c.refusal is None or appeal is None or me in (c.author, c.refusal.by):
                continue
            if appeal.decision is None and me not in appeal.judgements:
                things.append(
                    Thing(
                        "An appeal waits for your judgement",
                        names.contribution_title(state, number),
                        f"/bulletin/{number}",
                        "Read it",
                        appeal.due,
                    )
                )
    return things


def _reports_due(state: State, me: str, now: int) -> list[Thing]:
    """Decisions that the member has to carry out, by an office of theirs."""
    return [
        Thing(
            f"{'Referred to you' if task.returns else 'Carry out'}: "
            f"{names.contribution_title(state, number)}",
            "Report on it when it is done, or how far it has come.",
            f"/bulletin/{number}",
            "Open it",
            task.due,
            late=now > task.due,
        )
        for number, task in sorted(state.followup.tasks.items())
        if may_report(state, number, me)
    ]


def _seats(state: State, me: str, convention: Convention) -> list[Thing]:
    """An empty seat that the member is the next alternate for."""
    assembly = state.delegates.assemblies.get(convention.number)
    if assembly is None:
        return []
    seat = empty_seat_for(state, assembly, me)
    if seat is None:
        return []
    return [
        Thing(
            f"Seat {seat} is empty, and you are the next alternate",
            "Its delegate has given way.",
            "/convention",
            "Open",
        )
    ]


def _owed(state: State, now: int) -> list[Thing]:
    """What officers owe to the members."""
    convention = current(state)
    owed = []
    late = convention is not None and now > convention.dates.answers_due
    for number in _unanswered(state, convention)[:MOST_OWED]:
        title = f"Answer to “{names.contribution_title(state, number)}”"
        due = convention.dates.answers_due if convention else None
        owed.append(Thing(title, "", f"/bulletin/{number}", "", due, late=late))
    for number, task in sorted(state.followup.tasks.items()):
        if task.rejected is None and not (task.reports and task.reports[-1].done):
            owed.append(
                Thing(
                    f"To be carried out: “{names.contribution_title(state, number)}”",
                    task.owner.replace("-", " "),
                    f"/bulletin/{number}",
                    "",
                    task.due,
                    late=task.due is not None and now > task.due,
                )
            )
    return owed[:MOST_OWED]


def _unanswered(state: State, convention: Convention | None) -> list[int]:
    """The numbers of this convention's proposals to which a written answer is owed."""
    contributions = state.bulletin.contributions
    return sorted(
        number
        for number, proposal in state.proposals.proposals.items()
        if proposal.admission is not None
        and proposal.answer is None
        and convention is not None
        and contributions[number].convention == convention.number
    )


def more(request: HttpRequest) -> HttpResponse:
    """What the tab bar of a phone has no room for."""
    return render(request, "today/more.html", {"section": "more"})


def acts(request: HttpRequest) -> HttpResponse:
    """Everything that can be done, chapter by chapter."""
    acts_of = groupby(TITLES.items(), key=lambda titled: titled[0].split(".")[0])
    chapters = [
        (chapter.capitalize(), [(name, called, CLAUSES[name]) for name, called in acts])
        for chapter, acts in acts_of
    ]
    context = {"section": "more", "chapters": chapters}
    return render(request, "acting/list.html", context)
