"""delegates.step_in: the next alternate of the branch takes an empty seat.

A seat whose delegate is suspended counts as empty; otherwise a suspension would silence a branch.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.delegates.remembers import Assembly, Delegation
from quorate.chapters.delegates.seating import next_alternate, seated, sits, vacated
from quorate.chapters.fields import SeatId
from quorate.chapters.proposals.ways import admit_all_reached
from quorate.chapters.rights import holds, member_in_good_standing
from quorate.chapters.state import State

RULE = "delegates.alternates"


@dataclass(frozen=True, slots=True)
class StepIn:
    """``seat``: a seat in which nobody in good standing sits."""

    seat: SeatId


def allowed(state: State, act: StepIn, occasion: Occasion) -> Refusal | None:
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    convention = current(state)
    assembly = None if convention is None else state.delegates.assemblies.get(convention.number)
    if convention is None or assembly is None or act.seat not in assembly.seats:
        return Refusal(RULE, f"There is no seat {act.seat}.", "Check the seat's name.")
    seat = assembly.seats[act.seat]
    if sits(state, seat):
        return Refusal(RULE, "Somebody sits in this seat.", "They can give way to an alternate.")
    if not _elected(state, assembly.delegations[seat.branch]):
        return Refusal(RULE, "The branch has not elected yet.", "Wait for its election.")
    following = next_alternate(state, assembly, seat.branch)
    if following is None:
        return Refusal(
            RULE, "The branch has no alternate left.", "The seat stays empty for this convention."
        )
    office = convention.rules.delegates.credentials_by
    if occasion.by != following and not holds(state, occasion.by, office):
        return Refusal(RULE, "The next alternate in order steps in.", "It is another's turn.")
    return None


def empty_seat_for(state: State, assembly: Assembly, member: str) -> str | None:
    """The seat of their branch that the member can step into now as its next alternate, if any."""
    person = state.membership.members[member]
    delegation = assembly.delegations.get(person.branch)
    if delegation is None or not delegation.alternates or not _elected(state, delegation):
        return None
    if next_alternate(state, assembly, person.branch) != member:
        return None
    return next((s for s in delegation.seats if not sits(state, assembly.seats[s])), None)


def _elected(state: State, delegation: Delegation) -> bool:
    election = delegation.election
    return election is not None and state.elections.elections[election].result is not None


def change(state: State, act: StepIn, occasion: Occasion) -> State:
    convention = state.floor.current or 0
    assembly = state.delegates.assemblies[convention]
    seat = assembly.seats[act.seat]
    member = next_alternate(state, assembly, seat.branch)
    if member is None:
        return state
    if seat.holder is not None:
        state = vacated(state, seat.holder, occasion.time)
    state = seated(state, convention, act.seat, member, "stepped in", occasion)
    return admit_all_reached(state, convention, occasion)


CLAUSE = Clause(
    name="delegates.step_in",
    act=StepIn,
    who="The next alternate in order, or the body that checks credentials.",
    rules=(RULE, "delegates.credentials_by"),
    changes="The alternate sits in the seat; the seat has one vote, whoever sits in it.",
    allowed=allowed,
    change=change,
)
