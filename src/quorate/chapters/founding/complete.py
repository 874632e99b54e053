"""founding.complete: everything that the year needs stands, and the founder's rights end."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import FOUNDER, Clause, Occasion, Refusal
from quorate.chapters.offices.holding import vacant
from quorate.chapters.plain import listed
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Complete:
    """No fields."""


def allowed(state: State, act: Complete, occasion: Occasion) -> Refusal | None:
    if occasion.by != FOUNDER:
        return Refusal("record.founding", "Only the founder completes the founding.", "Wait.")
    if not state.membership.members:
        return Refusal("membership.admission", "There are no members yet.", "Admit them first.")
    empty = vacant(state)
    if empty:
        names = [f"{office} {place}".strip() for office, place in empty]
        return Refusal(
            "record.founding",
            f"Nobody holds {listed(names)} yet.",
            "Record the first holder of each with offices.install. A branch without members is "
            "better opened later.",
        )
    return None


def change(state: State, act: Complete, occasion: Occasion) -> State:
    founding = state.founding._replace(complete=occasion.time, complete_entry=occasion.sequence)
    return state._replace(founding=founding)


CLAUSE = Clause(
    name="founding.complete",
    act=Complete,
    who="The founder.",
    rules=("record.founding", "membership.admission"),
    changes="The founder has no rights any more; from here on the rulebook rules.",
    allowed=allowed,
    change=change,
)
