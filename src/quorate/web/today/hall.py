"""What waits at the convention: being there, its opening, credentials, what is on the floor, what
the chair does next."""

from __future__ import annotations

from collections.abc import Iterator

from quorate.chapters.calendar import DAY
from quorate.chapters.delegates.step_in import empty_seat_for
from quorate.chapters.floor.open import OpenConvention
from quorate.chapters.floor.presence import quorum
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.plain import counted
from quorate.chapters.rights import holds, seat_of
from quorate.chapters.state import State
from quorate.web import names
from quorate.web.convention.chair import in_the_chair
from quorate.web.convention.seats import my_seat, to_check
from quorate.web.may import may
from quorate.web.templatetags.saying import office, place, when
from quorate.web.today.things import Thing

HALL = "/convention"


def at_the_convention(state: State, convention: Convention, me: str, now: int) -> Iterator[Thing]:
    """What this member can do in the hall now, the most pressing first."""
    if convention.ended is not None:
        return
    yield from _on_the_floor(state, convention, me)
    if convention.opened is None:
        yield from _opening(state, convention, me, now)
    yield from _chair(state, convention, me, now)
    yield from _being_there(state, convention, me, now)
    yield from _next_in_line(state, convention, me)
    yield from _desk(state, convention, me)


def _next_in_line(state: State, convention: Convention, me: str) -> Iterator[Thing]:
    """An empty seat that the member is the next alternate for."""
    assembly = state.delegates.assemblies.get(convention.number)
    seat = None if assembly is None else empty_seat_for(state, assembly, me)
    if seat is not None:
        title = f"Seat {seat} is empty, and you are the next alternate"
        yield Thing(title, "Its delegate has given way.", HALL, "Step in")


def _on_the_floor(state: State, convention: Convention, me: str) -> Iterator[Thing]:
    """The vote that is open, for a delegate whose seat has not voted."""
    seat = seat_of(state, convention.number, me)
    if seat is None or not convention.votes:
        return
    vote = state.floor.votes[convention.votes[-1]]
    if vote.closed is None and seat not in vote.sealed:
        title = names.contribution_title(state, vote.proposal)
        yield Thing(title, "On the floor now.", f"{HALL}/vote/{vote.number}", "Vote")


def _opening(state: State, convention: Convention, me: str, now: int) -> Iterator[Thing]:
    """The opening, from its hour: for the chair, and for whoever may where the chair is late."""
    if now < convention.dates.opens:
        return
    called = f"Open the {state.rules.organisation.words.convention}"
    present, needed = quorum(state, convention)
    if may(state, me, now, OpenConvention()):
        yield Thing(called, f"{counted(present, 'seat is', 'seats are')} present.", HALL, "Open it")
    elif holds(state, me, convention.rules.floor.chaired_by):
        waits = f"It waits for its quorum: {present} of {needed} seats are present."
        if present >= needed:
            waits = "It waits for the lot that orders its agenda."
        yield Thing(called, waits, HALL, "Look at it")


def _chair(state: State, convention: Convention, me: str, now: int) -> Iterator[Thing]:
    """What the chair does next while the convention sits."""
    doing = in_the_chair(state, convention, me, now)
    if doing is None:
        return
    if doing.open_vote is not None:
        vote = doing.open_vote
        title = names.contribution_title(state, vote.proposal)
        address = f"{HALL}/vote/{vote.number}"
        voted = f"{counted(len(vote.sealed), 'seat has', 'seats have')} voted."
        if doing.closing is None:
            yield Thing(f"Close the vote: {title}", voted, address, "Close it")
        else:
            yield Thing(f"A vote is open: {title}", doing.closing.instead, address, "Look at it")
    elif doing.following is not None:
        title = names.contribution_title(state, doing.following)
        if doing.putting is None:
            detail = "It is next on the agenda."
            yield Thing(f"Put to the vote: {title}", detail, HALL, "To the agenda")
        else:
            because = doing.putting.because
            yield Thing(f"Next on the agenda: {title}", because, HALL, "Look at it")
    for name, where in doing.call:
        title = f"Call the election: {office(name)}{f', {place(where)}' if where else ''}"
        detail = "It is owed before the close."
        address = f"/act/elections.open_poll?office={name}&place={where}&next={HALL}"
        yield Thing(title, detail, address, "Call it")
    if doing.open_vote is None and doing.following is None and not doing.call:
        words = state.rules.organisation.words
        if doing.ending is None:
            detail = "Every item has its outcome, and every election its result."
            yield Thing(f"Close the {words.convention}", detail, HALL, "Close it")
        else:
            because = doing.ending.because
            yield Thing(f"The {words.convention} cannot close yet", because, HALL, "Look at it")


def _being_there(state: State, convention: Convention, me: str, now: int) -> Iterator[Thing]:
    """Presence, from the day before the opening: the quorum depends on it."""
    mine = my_seat(state, convention, me, now)
    if mine is None or mine.present or now < convention.dates.opens - DAY:
        return
    if mine.can_arrive:
        counts = "The quorum is counted by it." if convention.opened is None else "You can vote."
        yield Thing("Mark yourself as present", counts, HALL, "I am here")
    elif mine.unchecked:
        without = f"Without it you can take your seat from {when(mine.arrives_from)}."
        yield Thing("Have your credentials checked at the desk", without, HALL, "Your seat")


def _desk(state: State, convention: Convention, me: str) -> Iterator[Thing]:
    """Credentials that are to be checked, for whoever checks them."""
    assembly = state.delegates.assemblies.get(convention.number)
    if assembly is None or not holds(state, me, convention.rules.delegates.credentials_by):
        return
    waiting = len(to_check(assembly))
    if waiting:
        delegates = counted(waiting, "delegate is", "delegates are")
        detail = f"{delegates} to be checked."
        until = convention.dates.opens if convention.opened is None else None
        yield Thing("Check credentials", detail, HALL, "Go to the desk", until)
