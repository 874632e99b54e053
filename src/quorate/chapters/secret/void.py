"""secret.void: a register that did not come to a roll in time is void."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.secret.instead import voided
from quorate.chapters.secret.remembers import Register, Void
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class VoidRegister:
    """``of``: the register."""

    of: Number


def allowed(state: State, act: VoidRegister, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: VoidRegister, occasion: Occasion) -> State:
    found = state.secret.registers[act.of]
    calendar = state.calendar.strike(CLAUSE.name, act.of).strike("secret.pass_over", act.of)
    state = state._replace(calendar=calendar)
    return voided(state, found, _why(found), occasion.time)


def _why(found: Register) -> Void:
    if not found.description:
        return "keys"
    return "claims" if found.closed is None else "mix"


CLAUSE = Clause(
    name="secret.void",
    act=VoidRegister,
    who="Nobody: it falls due when the trustees have not come to their keys in time, or not made "
    "the roll, and when the convention has not opened.",
    rules=(
        "secret.keys_days",
        "secret.keys_hours",
        "secret.mix_minutes",
        "secret.mix_hours",
        "secret.without_trustees",
    ),
    changes="No election is held by this register; the rulebook says how it is held instead. That "
    "of a branch or region goes on on paper, or is void.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
