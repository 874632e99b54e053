"""secret.box_grew: what was cast has gone into the box, a batch at a time.

The hash stands for all that is in the box: whoever sees it in the record can be shown no other. An
entry is made whether anything was cast or not, so that none tells that somebody voted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Count, Hash, Number
from quorate.chapters.secret.box_opened import next_batch
from quorate.chapters.secret.boxes import grown, not_grown, with_box
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class BoxGrew:
    """``of``: the election. ``head``: the hash of the box's last event. ``ballots``: how many are
    in it, replaced ones included."""

    of: Number
    head: Hash
    ballots: Count


def allowed(state: State, act: BoxGrew, occasion: Occasion) -> Refusal | None:
    return not_grown(state.secret.boxes[act.of], act.head, act.ballots)


def change(state: State, act: BoxGrew, occasion: Occasion) -> State:
    box = state.secret.boxes[act.of]
    election = state.elections.elections[act.of]
    calendar = state.calendar.strike(CLAUSE.name, act.of)
    calendar = calendar.add(*next_batch(box, election, occasion.time))
    heads = grown(box, act.head, act.ballots, occasion.sequence, occasion.time)
    return with_box(state._replace(calendar=calendar), replace(box, heads=heads))


CLAUSE = Clause(
    name="secret.box_grew",
    act=BoxGrew,
    who="Nobody: it falls due every few minutes while voting is open.",
    rules=("secret.batch_minutes",),
    changes="No ballot in the box can be taken out or changed any more without everybody seeing.",
    allowed=allowed,
    change=change,
    falls_due=True,
    from_box=True,
)
