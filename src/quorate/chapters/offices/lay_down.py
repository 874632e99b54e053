"""offices.lay_down: whoever holds an office may lay it down."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import OfficeName, Place
from quorate.chapters.offices import holding
from quorate.chapters.rights import holders
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class LayDown:
    """``office``: a body's or post's name. ``place``: a region's or branch's code, or ""."""

    office: OfficeName
    place: Place = ""


def allowed(state: State, act: LayDown, occasion: Occasion) -> Refusal | None:
    if occasion.by in holders(state, act.office, act.place):
        return None
    path = holding.path_of(state, act.office)
    return Refusal(path, "You do not hold this office.", "Nothing is left to do.")


def change(state: State, act: LayDown, occasion: Occasion) -> State:
    office = (act.office, act.place)
    return holding.end(state, office, occasion.by, occasion.time, "resigned")


CLAUSE = Clause(
    name="offices.lay_down",
    act=LayDown,
    who="Whoever holds the office.",
    rules=("bodies", "posts", "record.subject"),
    changes="The member does not hold the office any more.",
    allowed=allowed,
    change=change,
)
