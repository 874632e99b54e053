"""delegates.erase_guest: the personal sheet of somebody who was a guest is erased, at their wish.

A guest cannot act: whoever invited them does it for them, or the body that invites guests. The
record keeps the pseudonym and a commitment that nobody can open any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Erased, Occasion, Refusal
from quorate.chapters.delegates.guests import RULE, not_again
from quorate.chapters.delegates.remembers import Guest
from quorate.chapters.fields import GuestId
from quorate.chapters.rights import holds, title_of
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class EraseGuest:
    """``guest``: the guest's id."""

    guest: GuestId


def allowed(state: State, act: EraseGuest, occasion: Occasion) -> Refusal | None:
    named = [(number, guest) for number, guest in invited(state) if guest.id == act.guest]
    if not named:
        return Refusal(RULE, "There is no such guest.", "Nothing is left to erase.")
    left = [(number, guest) for number, guest in named if not guest.erased]
    if not left:
        return Refusal(RULE, "This guest's sheet is erased already.", "Nothing is left to erase.")
    for number, guest in left:
        if (refusal := not_by(state, occasion.by, number, guest)) is not None:
            return refusal
    sheets = {guest.person for _, guest in left}
    for number, guest in invited(state):
        if guest.person in sheets and not over(state, number, guest):
            return Refusal(
                RULE,
                "A guest's sheet is needed while they are a guest.",
                "End the invitation first, then ask again.",
            )
    if _a_members(state, sheets):
        return Refusal(
            RULE,
            "This is the sheet of a member too, which they alone have erased.",
            "Ask the member.",
        )
    return None


def not_by(state: State, by: str, convention: int, guest: Guest) -> Refusal | None:
    """The refusal of whoever neither invited the guest nor holds the office that invites them."""
    office = state.floor.conventions[convention].rules.delegates.guests_by
    if by == guest.invited_by and state.membership.members[by].standing == "good":
        return None
    if holds(state, by, office):
        return None
    return Refusal(
        RULE,
        f"Only whoever invited this guest, or {title_of(state, office)}, can do this.",
        "Tell them that the guest wishes it.",
    )


def invited(state: State) -> Iterator[tuple[int, Guest]]:
    """Every guest of every convention, and its number."""
    for number, assembly in state.delegates.assemblies.items():
        for guest in assembly.guests.values():
            yield number, guest


def over(state: State, convention: int, guest: Guest) -> bool:
    """Whether they are a guest no more: the invitation has ended, or the convention."""
    return guest.ended is not None or state.floor.conventions[convention].ended is not None


def _a_members(state: State, sheets: set[str]) -> bool:
    """Whether a member was admitted with one of these sheets and has not had it erased."""
    if not any(sheet in state.membership.persons for sheet in sheets):
        return False
    members = state.membership.members.values()
    return any(member.person in sheets and not member.erased for member in members)


def _sheets(state: State, act: EraseGuest) -> tuple[str, ...]:
    """What goes: the sheets under which this guest was invited, to whichever convention."""
    sheets = [g.person for _, g in invited(state) if g.id == act.guest and not g.erased]
    return tuple(sorted(set(sheets)))


def change(state: State, act: EraseGuest, occasion: Occasion) -> State:
    sheets = _sheets(state, act)
    assemblies = state.delegates.assemblies
    for number, guest in invited(state):
        if guest.person in sheets:
            assembly = assemblies[number]
            guests = assembly.guests.set(guest.id, replace(guest, erased=True))
            assemblies = assemblies.set(number, replace(assembly, guests=guests))
    return state._replace(delegates=state.delegates._replace(assemblies=assemblies))


def erased(state: State, act: EraseGuest, occasion: Occasion) -> tuple[Erased, ...]:
    """The sheet of the guest: several, where they were invited again under the same id."""
    return tuple(Erased(sheet, act.guest) for sheet in _sheets(state, act))


def comes_back(state: State, sheet: str) -> Refusal | None:
    """The refusal of an act that brings back the sheet of a guest who is erased."""
    if any(guest.person == sheet and guest.erased for _, guest in invited(state)):
        return not_again()
    return None


CLAUSE = Clause(
    name="delegates.erase_guest",
    act=EraseGuest,
    who="Whoever invited the guest, while a member in good standing, or a holder of the body that "
    "the rulebook of that convention lets invite guests; at the guest's wish.",
    rules=(RULE,),
    changes="The guest's personal sheet and its salt are erased from the store for good.",
    allowed=allowed,
    change=change,
    erases=erased,
)
