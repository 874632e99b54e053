"""bulletin.publish: an issue comes out on its date with everything handed in until then.

Of a text with several versions it carries the latest, and each that has seconders: what a
convention will decide has been printed.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.bulletin.printing import printed, to_print, waiting
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Publish:
    """``of``: the number of the date, counted over all conventions."""

    of: Number


def allowed(state: State, act: Publish, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: Publish, occasion: Occasion) -> State:
    carried = to_print(state, waiting(state))
    state = state._replace(calendar=state.calendar.strike(CLAUSE.name, act.of))
    return printed(state, carried, state.floor.current or 0, occasion)


CLAUSE = Clause(
    name="bulletin.publish",
    act=Publish,
    who="Nobody: it falls due on the dates of the rulebook.",
    rules=("bulletin.issues",),
    changes="A new issue carries everything that no issue has carried and that is not refused.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
