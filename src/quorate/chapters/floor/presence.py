"""floor.arrive, floor.leave: who is there, by their seat; the quorum follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.calendar import DAY, HOUR
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.plain import on
from quorate.chapters.rights import member_in_good_standing, seat_of
from quorate.chapters.state import State
from quorate.rulebook.fractions import needed


@dataclass(frozen=True, slots=True)
class Arrive:
    """No fields: a delegate arrives for themselves."""


@dataclass(frozen=True, slots=True)
class Leave:
    """No fields: a delegate leaves for themselves."""


def with_convention(state: State, convention: Convention) -> State:
    """The state with what is new about this convention."""
    conventions = state.floor.conventions.set(convention.number, convention)
    return state._replace(floor=state.floor._replace(conventions=conventions))


def quorum(state: State, convention: Convention) -> tuple[int, int]:
    """Seats present, and how many must be."""
    return len(present_seats(state, convention)), seats_needed(state, convention)


def seats_needed(state: State, convention: Convention) -> int:
    """How many seats are the quorum."""
    assembly = state.delegates.assemblies.get(convention.number)
    seats = 0 if assembly is None else len(assembly.seats)
    return needed(convention.rules.floor.quorum, max(seats, 1), more_than=False)


def no_quorum(state: State, convention: Convention, rule: str = "floor.quorum") -> Refusal | None:
    """The refusal while too few seats are present, citing the rule that asks for them."""
    present, must_be = quorum(state, convention)
    if present >= must_be:
        return None
    return Refusal(
        rule,
        f"{present} seats are present; {must_be} must be.",
        "Wait for delegates, or ask them to mark themselves as present.",
    )


def present_seats(state: State, convention: Convention) -> frozenset[str]:
    """The seats that are present; a suspended delegate's is not."""
    members = state.membership.members
    return frozenset(
        seat for seat, who in convention.presence.items() if members[who].standing == "good"
    )


def unchecked_from(state: State, convention: Convention, seat: str) -> int:
    """From when (ms) whoever sits in the seat can come to the floor though nobody has checked
    their credentials: nobody is kept out by a check that is not made."""
    since = state.delegates.assemblies[convention.number].seats[seat].sittings[-1].since
    waits = since + convention.rules.delegates.credentials_within * HOUR
    return max(convention.dates.opens, waits)


def arrive_allowed(state: State, act: Arrive, occasion: Occasion) -> Refusal | None:
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    convention = current(state)
    seat = None if convention is None else seat_of(state, convention.number, occasion.by)
    if convention is None or seat is None:
        return Refusal(
            "floor.quorum", "Presence is counted by seats, and you sit in none.", "Come as a guest."
        )
    if occasion.time < convention.dates.opens - DAY:
        return Refusal(
            "floor.quorum",
            f"The convention opens on {on(convention.dates.opens)}.",
            "Arrive on the day before or later.",
        )
    assembly = state.delegates.assemblies[convention.number]
    unchecked = assembly.credentialed.get(seat) != occasion.by
    until = unchecked_from(state, convention, seat)
    if unchecked and occasion.time < until:
        return Refusal(
            "delegates.credentials_by",
            "Your credentials are not checked.",
            "Go to the credentials desk; where nobody has checked them, you can take your seat "
            f"from {on(until)}.",
        )
    if seat in convention.presence:
        return Refusal("floor.quorum", "You are marked as present.", "Nothing is left to do.")
    return None


def arrived(state: State, act: Arrive, occasion: Occasion) -> State:
    number = state.floor.current or 0
    convention = state.floor.conventions[number]
    seat = seat_of(state, number, occasion.by) or ""
    return with_convention(
        state, replace(convention, presence=convention.presence.set(seat, occasion.by))
    )


def leave_allowed(state: State, act: Leave, occasion: Occasion) -> Refusal | None:
    convention = current(state)
    seat = None if convention is None else seat_of(state, convention.number, occasion.by)
    if convention is None or seat not in convention.presence:
        return Refusal("floor.quorum", "You are not marked as present.", "Nothing is left to do.")
    return None


def left(state: State, act: Leave, occasion: Occasion) -> State:
    number = state.floor.current or 0
    convention = state.floor.conventions[number]
    seat = seat_of(state, number, occasion.by) or ""
    return with_convention(state, replace(convention, presence=convention.presence.delete(seat)))


ARRIVE = Clause(
    name="floor.arrive",
    act=Arrive,
    who="A delegate whose credentials are checked, from the day before the opening; without a "
    "check, once the time for it is over.",
    rules=("floor.quorum", "delegates.credentials_by", "delegates.credentials_within"),
    changes="The seat is present: it counts for the quorum and can vote.",
    allowed=arrive_allowed,
    change=arrived,
)

LEAVE = Clause(
    name="floor.leave",
    act=Leave,
    who="A delegate who is present.",
    rules=("floor.quorum",),
    changes="The seat is not present any more.",
    allowed=leave_allowed,
    change=left,
)
