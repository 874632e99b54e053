"""membership.freeze_roll: at the cut-off the roll of every branch is frozen for the convention."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.membership import rolls
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class FreezeRoll:
    """``of``: the convention."""

    of: Number


def allowed(state: State, act: FreezeRoll, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: FreezeRoll, occasion: Occasion) -> State:
    convention = state.floor.conventions[act.of]
    roll = rolls.frozen(state.membership, act.of, convention.dates.roll_cut_off, convention.rules)
    membership = state.membership._replace(rolls=state.membership.rolls.set(act.of, roll))
    return state._replace(
        membership=membership, calendar=state.calendar.strike(CLAUSE.name, act.of)
    )


CLAUSE = Clause(
    name="membership.freeze_roll",
    act=FreezeRoll,
    who="Nobody: it falls due at the cut-off.",
    rules=("membership.roll_cut_off",),
    changes="Who is in good standing in which branch now is what counts for the convention.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
