"""floor.open: the chair opens the convention, when it is time and enough seats are present.

The agenda is made in the same moment. An amendment whose proposal was not admitted falls, and what
amends that with it; where an appeal has left the proposal time to be admitted still, all of them
come to the next convention.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.calendar import HOUR
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.floor import agenda
from quorate.chapters.floor.presence import no_quorum, present_seats, with_convention
from quorate.chapters.floor.remembers import Convention, Item
from quorate.chapters.plain import on
from quorate.chapters.proposals.open_still import may_be_admitted
from quorate.chapters.rights import needs_office, seat_of
from quorate.chapters.secret.close import at_opening
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class OpenConvention:
    """No fields."""


def allowed(state: State, act: OpenConvention, occasion: Occasion) -> Refusal | None:
    convention = current(state)
    if convention is None:
        return Refusal("floor.called_by", "No convention is called.", "Call it first.")
    refusal = _not_by(state, convention, occasion)
    if refusal is not None:
        return refusal
    if convention.opened is not None:
        return Refusal("floor.chaired_by", "It is open.", "Nothing is left to do.")
    if occasion.time < convention.dates.opens:
        return Refusal(
            "floor.called_by", f"It opens on {on(convention.dates.opens)}.", "Wait until then."
        )
    refusal = no_quorum(state, convention)
    if refusal is not None:
        return refusal
    drawn = convention.rules.floor.agenda == "drawn"
    if drawn and agenda.lot_of(state, convention.number) is None:
        return Refusal(
            "floor.agenda",
            "The order of the agenda is not drawn yet.",
            "Call a lot for the agenda, and have numbers committed to and handed in.",
        )
    return None


def _not_by(state: State, convention: Convention, occasion: Occasion) -> Refusal | None:
    """The chair opens it; where the chair does not in time, any delegate who is present may."""
    rules = convention.rules.floor
    refusal = needs_office(state, occasion.by, rules.chaired_by, "floor.chaired_by")
    late = occasion.time >= convention.dates.opens + rules.late_hours * HOUR
    seat = seat_of(state, convention.number, occasion.by)
    there = seat is not None and seat in present_seats(state, convention)
    return None if late and there else refusal


def change(state: State, act: OpenConvention, occasion: Occasion) -> State:
    convention = state.floor.conventions[state.floor.current or 0]
    ordered = agenda.order(state, convention)
    waiting = _waiting(state, ordered, occasion.time)
    ordered = tuple(number for number in ordered if number not in waiting)
    items = convention.items
    for number in ordered:
        if _falls(state, number, ordered):
            fallen = Item(number, "fallen", occasion.time, occasion.sequence)
            items = items.set(number, fallen)
    convention = replace(
        convention,
        opened=occasion.time,
        agenda=ordered,
        lot=agenda.lot_of(state, convention.number),
        items=items,
    )
    tasks = state.followup.tasks
    for number in ordered:
        if number in tasks and tasks[number].returns:
            tasks = tasks.set(number, replace(tasks[number], returned_to=convention.number))
    state = state._replace(followup=state.followup._replace(tasks=tasks))
    return at_opening(with_convention(state, convention), convention.number, occasion.time)


def _falls(state: State, number: int, ordered: tuple[int, ...]) -> bool:
    """Whether it amends what is not on the agenda, or what falls for that reason."""
    contribution = state.bulletin.contributions[number]
    if contribution.amends != "proposal" or contribution.about is None:
        return False
    return contribution.about not in ordered or _falls(state, contribution.about, ordered)


def _waiting(state: State, ordered: tuple[int, ...], time: int) -> frozenset[int]:
    """Amendments to what is not admitted but still may be, and amendments to those: they come to
    the next convention with it."""
    waiting: set[int] = set()
    for number in sorted(ordered):  # an amendment has a later number than what it amends
        contribution = state.bulletin.contributions[number]
        about = contribution.about
        if contribution.amends != "proposal" or about is None:
            continue
        if about in waiting or (about not in ordered and may_be_admitted(state, about, time)):
            waiting.add(number)
    return frozenset(waiting)


CLAUSE = Clause(
    name="floor.open",
    act=OpenConvention,
    who="The chair, from the hour of the call, with a quorum; a delegate who is present, where the "
    "chair is late.",
    rules=(
        "floor.chaired_by",
        "floor.late_hours",
        "floor.quorum",
        "floor.agenda",
        "floor.called_by",
    ),
    changes="The convention sits, and its agenda is fixed.",
    allowed=allowed,
    change=change,
)
