"""secret.void_box: too few trustees came to open a box in time. Nobody ever reads its ballots.

Its register cannot be used any more; the rulebook says how the election is held instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.elections.waiting import with_election
from quorate.chapters.fields import Number
from quorate.chapters.secret.boxes import with_box
from quorate.chapters.secret.registers import with_register
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class VoidBox:
    """``of``: the election."""

    of: Number


def allowed(state: State, act: VoidBox, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: VoidBox, occasion: Occasion) -> State:
    state = state._replace(calendar=state.calendar.strike(CLAUSE.name, act.of))
    box = state.secret.boxes[act.of]
    election = state.elections.elections[act.of]
    state = with_box(state, replace(box, void="trustees"))
    state = with_election(state, election._replace(void=True))
    register = state.secret.registers[box.register]
    return with_register(state, replace(register, void="box"))


CLAUSE = Clause(
    name="secret.void_box",
    act=VoidBox,
    who="Nobody: it falls due when the box has not been opened in time.",
    rules=("secret.open_hours", "secret.without_trustees"),
    changes="The election is void. It can be called again: on paper, or with a new register, as "
    "the rulebook says.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
