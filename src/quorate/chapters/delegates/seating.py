"""Seating: who sits in which seat, and what happens when somebody leaves one."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from quorate.chapters.clause import Occasion
from quorate.chapters.delegates.remembers import Assembly, Seat, Sitting
from quorate.chapters.state import State


def with_assembly(state: State, assembly: Assembly) -> State:
    """The state with what is new about this assembly."""
    assemblies = state.delegates.assemblies.set(assembly.convention, assembly)
    return state._replace(delegates=state.delegates._replace(assemblies=assemblies))


def seated(
    state: State,
    convention: int,
    seat_id: str,
    member: str,
    how: Literal["elected", "stepped in"],
    on: Occasion,
) -> State:
    """The state in which the member sits in the seat; credentials are to be checked anew."""
    assembly = state.delegates.assemblies[convention]
    seat = assembly.seats[seat_id]
    sitting = Sitting(member, on.time, how, on.sequence)
    seat = replace(seat, sittings=(*seat.sittings, sitting), vacated=None)
    credentialed = assembly.credentialed
    if seat_id in credentialed:
        credentialed = credentialed.delete(seat_id)
    return with_assembly(
        state,
        replace(
            assembly,
            seats=assembly.seats.set(seat_id, seat),
            seated=assembly.seated.set(member, seat_id),
            credentialed=credentialed,
        ),
    )


def vacated(state: State, member: str, time: int) -> State:
    """The state in which the member's seat at the called convention is empty, if there was one."""
    convention = state.floor.current
    if convention is None:
        return state
    assembly = state.delegates.assemblies.get(convention)
    if assembly is None or member not in assembly.seated:
        return state
    seat_id = assembly.seated[member]
    seat = replace(assembly.seats[seat_id], vacated=time)
    credentialed = assembly.credentialed
    if seat_id in credentialed:
        credentialed = credentialed.delete(seat_id)
    state = with_assembly(
        state,
        replace(
            assembly,
            seats=assembly.seats.set(seat_id, seat),
            seated=assembly.seated.delete(member),
            credentialed=credentialed,
        ),
    )
    return _gone(state, convention, seat_id)


def _gone(state: State, convention: int, seat_id: str) -> State:
    meeting = state.floor.conventions[convention]
    if seat_id not in meeting.presence:
        return state
    meeting = replace(meeting, presence=meeting.presence.delete(seat_id))
    conventions = state.floor.conventions.set(convention, meeting)
    return state._replace(floor=state.floor._replace(conventions=conventions))


def sits(state: State, seat: Seat) -> bool:
    """Whether somebody in good standing sits in the seat; a suspended delegate does not."""
    holder = seat.holder
    return holder is not None and state.membership.members[holder].standing == "good"


def next_alternate(state: State, assembly: Assembly, branch: str) -> str | None:
    """The first alternate of the branch who has not sat in one of its seats and still may."""
    delegation = assembly.delegations[branch]
    have_sat = {
        sitting.member for seat in delegation.seats for sitting in assembly.seats[seat].sittings
    }
    for member in delegation.alternates:
        person = state.membership.members[member]
        if person.standing == "good" and person.branch == branch and member not in have_sat:
            return member
    return None
