"""lots.enter_public: the value of a public source that was named beforehand is entered.

Anyone can look it up and compare.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.fields import Line, Number
from quorate.chapters.lots.open_numbers import drawn
from quorate.chapters.lots.seed import public_seed
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class EnterPublic:
    """``value``: as the source published it."""

    draw: Number
    value: Line


def allowed(state: State, act: EnterPublic, occasion: Occasion) -> Refusal | None:
    draw = state.lots.draws.get(act.draw)
    convention = current(state)
    rules = state.rules if convention is None else convention.rules
    if draw is None or not draw.public or draw.seed or draw.cancelled:
        return Refusal("lots.source", "No such draw waits for a public value.", "Check it.")
    if occasion.time < draw.commit_until:
        return Refusal(
            "lots.commit_hours",
            "The source was named too short a time ago.",
            "Take what it publishes after the hours that the rulebook gives.",
        )
    return needs_office(
        state, occasion.by, rules.delegates.credentials_by, "delegates.credentials_by"
    )


def change(state: State, act: EnterPublic, occasion: Occasion) -> State:
    draw = state.lots.draws[act.draw]
    calendar = state.calendar.strike("lots.open_numbers", draw.number)
    state = state._replace(calendar=calendar)
    return drawn(state, draw, public_seed(draw.public, act.value), occasion)


CLAUSE = Clause(
    name="lots.enter_public",
    act=EnterPublic,
    who="A holder of the body that checks credentials.",
    rules=("lots.source", "lots.commit_hours", "delegates.credentials_by"),
    changes="The draw has its seed.",
    allowed=allowed,
    change=change,
)
