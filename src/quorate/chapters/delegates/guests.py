"""delegates.invite, delegates.end_invitation: guests have voice and no vote."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.delegates.remembers import Guest
from quorate.chapters.delegates.seating import with_assembly
from quorate.chapters.fields import GuestId, Person
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State

RULE = "delegates.guests_by"


@dataclass(frozen=True, slots=True)
class Invite:
    """``guest``: a new random id. ``person``: their name and who sends them."""

    guest: GuestId
    person: Person


@dataclass(frozen=True, slots=True)
class EndInvitation:
    """``guest``: the guest's id."""

    guest: GuestId


def _not_by(state: State, by: str) -> Refusal | None:
    convention = current(state)
    if convention is None or convention.number not in state.delegates.assemblies:
        return Refusal(RULE, "Seats are not shared out yet.", "Invite guests after that.")
    return needs_office(state, by, convention.rules.delegates.guests_by, RULE)


def may_invite(state: State, act: Invite, occasion: Occasion) -> Refusal | None:
    refusal = _not_by(state, occasion.by)
    if refusal is not None:
        return refusal
    if act.guest in state.delegates.assemblies[state.floor.current or 0].guests:
        return Refusal(RULE, "This guest is invited.", "Nothing is left to do.")
    if _erased_as_a_members(state, act.person):
        return not_again()
    return None


def not_again() -> Refusal:
    """The refusal of an act that brings back a sheet that was erased."""
    return Refusal(
        RULE,
        "This very sheet was erased: it does not come back under its old commitment.",
        "Commit to the person's own sheet, with a fresh salt.",
    )


def _erased_as_a_members(state: State, sheet: str) -> bool:
    members = state.membership.members.values()
    return sheet in state.membership.persons and any(
        member.person == sheet and member.erased for member in members
    )


def invited(state: State, act: Invite, occasion: Occasion) -> State:
    assembly = state.delegates.assemblies[state.floor.current or 0]
    guest = Guest(act.guest, act.person, occasion.by, occasion.time)
    return with_assembly(state, replace(assembly, guests=assembly.guests.set(act.guest, guest)))


def may_end(state: State, act: EndInvitation, occasion: Occasion) -> Refusal | None:
    refusal = _not_by(state, occasion.by)
    if refusal is not None:
        return refusal
    guest = state.delegates.assemblies[state.floor.current or 0].guests.get(act.guest)
    if guest is None or guest.ended is not None:
        return Refusal(RULE, "There is no such guest.", "Nothing is left to do.")
    return None


def ended(state: State, act: EndInvitation, occasion: Occasion) -> State:
    assembly = state.delegates.assemblies[state.floor.current or 0]
    guest = replace(assembly.guests[act.guest], ended=occasion.time)
    return with_assembly(state, replace(assembly, guests=assembly.guests.set(act.guest, guest)))


INVITE = Clause(
    name="delegates.invite",
    act=Invite,
    who="A holder of the body that the rulebook lets invite guests.",
    rules=(RULE,),
    changes="The guest has voice at the convention, and no vote.",
    allowed=may_invite,
    change=invited,
)

END = Clause(
    name="delegates.end_invitation",
    act=EndInvitation,
    who="A holder of the body that the rulebook lets invite guests.",
    rules=(RULE,),
    changes="The guest has no voice any more; that they were invited stays.",
    allowed=may_end,
    change=ended,
)
