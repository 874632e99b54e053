"""What comes next for somebody for whom nothing waits: where they stand in the convention year, and
what there is to read."""

from __future__ import annotations

from quorate.chapters.bulletin.clock import open_for
from quorate.chapters.clause import Refusal
from quorate.chapters.dates import current
from quorate.chapters.floor.open_vote import next_item
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.plain import counted, listed
from quorate.chapters.proposals.second import seeking_seconders
from quorate.chapters.proposals.ways import progress
from quorate.chapters.rights import seat_of
from quorate.chapters.state import State
from quorate.web import names
from quorate.web.templatetags.saying import place, when
from quorate.web.today.things import Thing

HALL = "/convention"
MOST_NAMED = 4


def ahead(state: State, me: str, now: int) -> Thing | None:
    """One thing for everybody with a convention ahead, or one that has decided."""
    convention = current(state)
    words = state.rules.organisation.words
    if convention is None:
        if not state.floor.conventions:
            return None
        over = state.floor.conventions[max(state.floor.conventions)]
        if over.closed is None:
            return None
        detail = f"It closed on {when(over.closed)}. No other is called yet."
        return Thing(f"Read what the {words.convention} decided", detail, HALL, "Read it")
    if convention.opened is not None:
        return _sitting(state, convention, me)
    own = _own_proposal(state, convention, me, now)
    return own or _before(state, convention, me, now)


def _sitting(state: State, convention: Convention, me: str) -> Thing:
    """While the convention sits, and this member has nothing to do."""
    words = state.rules.organisation.words
    agenda = convention.agenda or ()
    detail = f"{len(convention.items)} of {counted(len(agenda), 'item is', 'items are')} decided."
    following = next_item(convention)
    if following is not None:
        detail += f" Next: “{names.contribution_title(state, following)}”."
    title = f"The {words.convention} sits"
    if seat_of(state, convention.number, me) is not None:
        title += ", and nothing waits for your vote"
    return Thing(title, detail, HALL, "Follow it")


def _own_proposal(state: State, convention: Convention, me: str, now: int) -> Thing | None:
    """What becomes of the member's own proposal: the first that still looks for seconders, else
    the first that the convention will decide."""
    words = state.rules.organisation.words
    decided = None
    for number, proposal in sorted(state.proposals.proposals.items()):
        found = state.bulletin.contributions[number]
        if found.author != me or found.convention != convention.number or found.refused:
            continue
        title = f"Your proposal: {names.contribution_title(state, number)}"
        seeks = not isinstance(seeking_seconders(state, number, now), Refusal)
        if seeks and proposal.admission is None:
            ways = progress(state, proposal, found.latest.text)
            have = ", or ".join(f"{way.reached} of {way.needed} {way.way}" for way in ways)
            detail = f"It has {have} behind it. Seconding closes on "
            detail += f"{when(convention.dates.seconding_closes)}."
            return Thing(title, detail, f"/bulletin/{number}/seconders", "Find seconders")
        if proposal.admission is not None and found.withdrawn is None and decided is None:
            detail = f"The {words.convention} decides it. It opens on "
            detail += f"{when(convention.dates.opens)}."
            decided = Thing(title, detail, f"/bulletin/{number}", "See how it stands")
    return decided


def _before(state: State, convention: Convention, me: str, now: int) -> Thing:
    """Before the opening: who goes, and what will be decided."""
    words = state.rules.organisation.words
    branch = state.membership.members[me].branch
    opens = f"The {words.convention} opens on {when(convention.dates.opens)}."
    read = f"{opens} Read what it will decide."
    assembly = state.delegates.assemblies.get(convention.number)
    delegation = assembly.delegations.get(branch) if assembly else None
    if seat_of(state, convention.number, me) is not None:
        return Thing(f"You are a delegate of {place(branch)}", read, HALL, "Read it")
    if delegation is not None and me in delegation.alternates:
        title = f"You are an alternate of {place(branch)}"
        detail = f"You step in if a delegate gives way. {read}"
        return Thing(title, detail, HALL, "Read it")
    sitting = []
    if assembly is not None and delegation is not None:
        sitting = [h for seat in delegation.seats if (h := assembly.seats[seat].holder)]
    if sitting:
        names.remember(state, sitting)
        who = listed([names.name_of(state, member) for member in sitting], MOST_NAMED)
        verb = "goes" if len(sitting) == 1 else "go"
        title = f"{who} {verb} to the {words.convention} for {place(branch)}"
        return Thing(title, read, HALL, "Read it")
    title = f"The {words.convention} opens on {when(convention.dates.opens)}"
    if now < convention.dates.election_closes:
        detail = (
            f"{place(branch)} elects its delegates from {when(convention.dates.election_opens)}."
        )
    else:
        detail = f"{place(branch)} has no delegate yet."
    if isinstance(open_for(state, now), Refusal):
        return Thing(title, detail, HALL, "See its dates")
    detail += f" Any member can write for the {words.bulletin} until "
    detail += f"{when(convention.dates.bulletin_closes)}."
    return Thing(title, detail, "/bulletin", "Read the " + words.bulletin)
