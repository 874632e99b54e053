"""lots.hand_in: who committed to a number hands it in; it stays sealed until all are opened.

So whoever holds theirs back does so without knowing anybody else's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number, SealedNumber
from quorate.chapters.lots.call import with_draw
from quorate.chapters.plain import on
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class HandInNumber:
    """``number``: the number with its salt, which must be what was committed to."""

    draw: Number
    number: SealedNumber


def allowed(state: State, act: HandInNumber, occasion: Occasion) -> Refusal | None:
    draw = state.lots.draws.get(act.draw)
    if draw is None or occasion.by not in draw.commitments:
        return Refusal("lots.source", "You have not committed to a number.", "Wait for the draw.")
    if occasion.time < draw.commit_until:
        return Refusal(
            "lots.commit_hours",
            f"Numbers are handed in after {on(draw.commit_until)}, when nobody commits any more.",
            "Keep yours to yourself until then.",
        )
    if occasion.time >= draw.reveal_until or draw.seed is not None:
        return Refusal("lots.commit_hours", "The numbers have been opened.", "It is too late.")
    if draw.commitments[occasion.by] != act.number:
        return Refusal("lots.source", "It is not the number you committed to.", "Check it.")
    if occasion.by in draw.handed_in:
        return Refusal("lots.source", "You have handed it in.", "Nothing is left to do.")
    return None


def change(state: State, act: HandInNumber, occasion: Occasion) -> State:
    draw = state.lots.draws[act.draw]
    return with_draw(state, replace(draw, handed_in=draw.handed_in.set(occasion.by, None)))


CLAUSE = Clause(
    name="lots.hand_in",
    act=HandInNumber,
    who="Whoever committed to a number.",
    rules=("lots.source", "lots.commit_hours"),
    changes="The number is in, sealed; it will be opened with all others.",
    allowed=allowed,
    change=change,
)
