"""delegates.give_way: a delegate leaves the seat to an alternate."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.delegates.seating import vacated
from quorate.chapters.rights import seat_of
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class GiveWay:
    """No fields: a delegate gives way for themselves."""


def allowed(state: State, act: GiveWay, occasion: Occasion) -> Refusal | None:
    convention = current(state)
    if convention is None or seat_of(state, convention.number, occasion.by) is None:
        return Refusal("delegates.alternates", "You sit in no seat.", "Nothing is left to do.")
    return None


def change(state: State, act: GiveWay, occasion: Occasion) -> State:
    return vacated(state, occasion.by, occasion.time)


CLAUSE = Clause(
    name="delegates.give_way",
    act=GiveWay,
    who="A delegate, for themselves.",
    rules=("delegates.alternates",),
    changes="The seat is empty; the branch's next alternate can step in.",
    allowed=allowed,
    change=change,
)
