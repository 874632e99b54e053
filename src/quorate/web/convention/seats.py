"""Seats on the convention's page: one's own, those to be checked, those to be taken; guests."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.calendar import DAY
from quorate.chapters.delegates.erase_guest import EraseGuest, invited, not_by, over
from quorate.chapters.delegates.give_way import GiveWay
from quorate.chapters.delegates.remembers import Assembly, Guest
from quorate.chapters.delegates.seating import next_alternate, sits
from quorate.chapters.delegates.step_in import StepIn
from quorate.chapters.floor.presence import Arrive, unchecked_from
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.rights import holds, seat_of
from quorate.chapters.state import State
from quorate.web import names
from quorate.web.may import may


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A delegate whose credentials are not checked yet. ``checking``: the act's fields."""

    seat: str
    member: str
    branch: str
    checking: dict[str, object]


@dataclass(frozen=True, slots=True)
class ToTake:
    """A seat that the person who asks may take, or have the ``alternate`` take."""

    seat: str
    branch: str
    alternate: str
    taking: dict[str, object]


@dataclass(frozen=True, slots=True)
class MySeat:
    """``arrives_from``: when (ms) its delegate can come to the floor, as things stand.
    ``unchecked``: their credentials are not checked."""

    seat: str
    present: bool
    can_arrive: bool
    arrives_from: int
    unchecked: bool
    can_give_way: bool


def of_mine(state: State, convention: Convention, me: str, now: int) -> dict[str, object]:
    """What somebody can do about seats now."""
    assembly = state.delegates.assemblies.get(convention.number)
    if assembly is None or not me:
        return {}
    desk = holds(state, me, convention.rules.delegates.credentials_by)
    waiting = to_check(assembly) if desk else []
    names.remember(state, [line.member for line in waiting])
    return {
        "mine": my_seat(state, convention, me, now),
        "to_check": waiting,
        "to_take": _to_take(state, assembly, me, now),
    }


def my_seat(state: State, convention: Convention, me: str, now: int) -> MySeat | None:
    """The seat in which this member sits, and whether they can come to the floor."""
    seat = seat_of(state, convention.number, me)
    if seat is None:
        return None
    checked = state.delegates.assemblies[convention.number].credentialed.get(seat) == me
    from_ = convention.dates.opens - DAY if checked else unchecked_from(state, convention, seat)
    return MySeat(
        seat=seat,
        present=convention.presence.get(seat) == me,
        can_arrive=may(state, me, now, Arrive()),
        arrives_from=from_,
        unchecked=not checked,
        can_give_way=may(state, me, now, GiveWay()),
    )


def to_check(assembly: Assembly) -> list[ToCheck]:
    """What the credentials desk still has to do, branch by branch."""
    return [
        ToCheck(seat_id, seat.holder, seat.branch, {"seat": seat_id, "member": seat.holder})
        for seat_id, seat in sorted(assembly.seats.items())
        if seat.holder is not None and assembly.credentialed.get(seat_id) != seat.holder
    ]


def _to_take(state: State, assembly: Assembly, me: str, now: int) -> list[ToTake]:
    """The empty seats that this member may take or fill, and whose turn it is."""
    found = []
    for seat_id, seat in sorted(assembly.seats.items()):
        if sits(state, seat) or not may(state, me, now, StepIn(seat_id)):
            continue
        alternate = next_alternate(state, assembly, seat.branch)
        if alternate is not None:
            found.append(ToTake(seat_id, seat.branch, alternate, {"seat": seat_id}))
    return found


def guests(state: State, convention: Convention, me: str, now: int) -> dict[str, object]:
    """Who has a voice and no vote; whether the person who asks may invite somebody, and whose
    sheet they may have erased."""
    assembly = state.delegates.assemblies.get(convention.number)
    all_of_it: list[Guest] = [] if assembly is None else list(assembly.guests.values())
    inviting = bool(me) and holds(state, me, convention.rules.delegates.guests_by)
    shown = [guest for guest in all_of_it if guest.ended is None]
    erasable = _to_erase(state, me, now)
    return {
        "guests": shown,
        "inviting": inviting and assembly is not None and convention.ended is None,
        "erasable": erasable,
        "former_guests": [guest for guest in erasable if guest not in shown],
    }


def _to_erase(state: State, me: str, now: int) -> list[Guest]:
    """The guests of any convention whose sheet this member may have erased, at their wish."""
    if not me:
        return []
    own = {
        guest.id: guest
        for number, guest in invited(state)
        if not guest.erased and over(state, number, guest)
        if not_by(state, me, number, guest) is None
    }
    return [guest for guest in own.values() if may(state, me, now, EraseGuest(guest.id))]
