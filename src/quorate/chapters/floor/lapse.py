"""floor.lapse: a convention that is not over so many days after its opening hour lapses.

So nobody stops the organisation by not opening it, or by never closing it. What it has decided
stands, and whom it elected takes office; a vote that is open is closed and counted. What it did not
reach comes first at the next convention, which can be called from here on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.floor.close_vote import closed
from quorate.chapters.floor.ending import ended
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Lapse:
    """``of``: the convention."""

    of: Number


def allowed(state: State, act: Lapse, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: Lapse, occasion: Occasion) -> State:
    for number in state.floor.conventions[act.of].votes:
        if state.floor.votes[number].closed is None:
            state = closed(state, number, occasion.time)
    tasks = state.followup.tasks
    items = state.floor.conventions[act.of].items
    for number, task in tasks.items():
        if task.returned_to == act.of and number not in items:
            tasks = tasks.set(number, replace(task, returned_to=None))
    state = state._replace(followup=state.followup._replace(tasks=tasks))
    convention = replace(state.floor.conventions[act.of], lapsed=occasion.time)
    return ended(state, convention, occasion)


CLAUSE = Clause(
    name="floor.lapse",
    act=Lapse,
    who="Nobody: it falls due when a convention is not over in time.",
    rules=("floor.lapses_after",),
    changes="The convention is over, and another can be called; what it did not reach comes first "
    "there.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
