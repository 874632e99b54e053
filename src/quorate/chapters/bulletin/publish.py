"""bulletin.publish: an issue comes out on its date with everything handed in until then."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.bulletin.reprieve import printed
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
    carried = {text for issue in state.bulletin.issues for text in issue.versions}
    waiting = (state.bulletin.contributions[number] for number in state.bulletin.unprinted)
    contributions = tuple(
        one.number for one in waiting if not one.refused and one.latest.text not in carried
    )
    state = state._replace(calendar=state.calendar.strike(CLAUSE.name, act.of))
    return printed(state, contributions, state.floor.current or 0, occasion)


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
