"""lots.open_numbers: at the date all numbers that were handed in are opened, and make the seed.

Who committed and did not hand in is named. Too few numbers cancel the draw, and so does a public
source whose value was not entered until then. It stays visible; another may be called.

A number that was handed in and cannot be opened cancels the draw too: were the seed made of the
rest, whoever keeps the record could choose among as many seeds as there are ways to lose some. The
next draw has new numbers, which nobody knows when they are committed to; so losing one buys another
lot, never a better one, at the price of a fault that every check of the record names for ever. A
keeper who reads the sealed numbers before the end could still dislike a seed and pay that price:
therefore the next lot may be drawn from a public source, where the keeper has nothing to lose.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.elections.waiting import go_on
from quorate.chapters.fields import Number
from quorate.chapters.lots.call import elections_waiting, with_draw
from quorate.chapters.lots.remembers import Draw
from quorate.chapters.lots.seed import seed
from quorate.chapters.openings import Lost, Openings, first, not_as_sealed
from quorate.chapters.secret.drawing import drawn_trustee
from quorate.chapters.state import State

NUMBERS_AT_ONCE = 25
"""A number has up to 2,000 characters: so many of them always fit into one entry."""


@dataclass(frozen=True, slots=True)
class OpenNumbers:
    """``of``: the draw. ``lost``: members whose number was handed in and cannot be opened."""

    of: Number
    openings: Openings = ()
    lost: Lost = ()


def to_open(state: State, of: int) -> dict[str, str]:
    """The numbers handed in and not yet opened, by member."""
    draw = state.lots.draws[of]
    done = {*draw.numbers, *draw.lost}
    return first({m: draw.commitments[m] for m in draw.handed_in if m not in done}, NUMBERS_AT_ONCE)


def allowed(state: State, act: OpenNumbers, occasion: Occasion) -> Refusal | None:
    return not_as_sealed(to_open(state, act.of), act.openings, act.lost, "lots.source")


def change(state: State, act: OpenNumbers, occasion: Occasion) -> State:
    draw = state.lots.draws[act.of]
    opened = {opening.whose: opening.choice for opening in act.openings}
    draw = replace(
        draw,
        numbers=draw.numbers.update(opened),
        lost=tuple(sorted({*draw.lost, *act.lost})),
    )
    state = with_draw(state, draw)
    if to_open(state, act.of):
        return state
    state = state._replace(calendar=state.calendar.strike(CLAUSE.name, act.of))
    withheld = sorted(m for m in draw.commitments if m not in draw.handed_in)
    draw = replace(draw, withheld=tuple(withheld))
    if draw.lost or len(draw.numbers) < draw.participants:
        return with_draw(state, replace(draw, cancelled=occasion.time))
    return drawn(state, draw, seed(draw.numbers), occasion)


def drawn(state: State, draw: Draw, seed: str, occasion: Occasion) -> State:
    """The state in which the draw has its seed; the elections that waited for it go on."""
    state = with_draw(state, replace(draw, seed=seed, drawn=occasion.time))
    if draw.purpose == "trustee":
        return drawn_trustee(state, draw.of, draw.number, seed, occasion.time)
    for number in elections_waiting(state, draw.purpose, draw.of):
        state = go_on(state, number, occasion.time)
    return state


CLAUSE = Clause(
    name="lots.open_numbers",
    act=OpenNumbers,
    who="Nobody: it falls due when the time for handing in numbers is over.",
    rules=("lots.source", "lots.commit_hours"),
    changes="The draw has its seed, or is cancelled: for want of numbers, or because one that was "
    "handed in is lost.",
    allowed=allowed,
    change=change,
    falls_due=True,
    to_open=to_open,
)
