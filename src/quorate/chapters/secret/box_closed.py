"""secret.box_closed: voting is over; the last batch is in, and the ballots that count are added up
or listed, still encrypted.

With too few ballots the box is never opened, and the same poll is held again at once; if too few
vote again, it is void, and can be called anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.calendar import HOUR, Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.elections.void import held_anew
from quorate.chapters.elections.waiting import with_election
from quorate.chapters.fields import BallotFile, Count, Hash, Number
from quorate.chapters.secret.boxes import grown, not_grown, with_box
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class BoxClosed:
    """``of``: the election. ``head``: the hash of the event after the tally. ``ballots``: how many
    are in the box; ``counted``: how many of them count, the last of each key. ``tally``: what they
    give, encrypted."""

    of: Number
    head: Hash
    ballots: Count
    counted: Count
    tally: BallotFile


def allowed(state: State, act: BoxClosed, occasion: Occasion) -> Refusal | None:
    box = state.secret.boxes[act.of]
    size = state.secret.registers[box.register].size
    if act.head == box.heads[-1].head or not_grown(box, act.head, act.ballots + 1):
        return Refusal(
            "secret.batch_minutes",
            f"The box held {box.heads[-1].ballots:,} ballots, and this is not the same gone on.",
            "State what the box holds.",
        )
    if act.counted > min(act.ballots, size) or (act.ballots > 0) != (act.counted > 0):
        return Refusal(
            "record.ballots",
            f"{act.counted:,} ballots cannot count of {act.ballots:,} by {size:,} keys.",
            "Count the last of each key.",
        )
    return None


def change(state: State, act: BoxClosed, occasion: Occasion) -> State:
    box = state.secret.boxes[act.of]
    election = state.elections.elections[act.of]._replace(closed=occasion.time)
    calendar = state.calendar.strike(CLAUSE.name, act.of).strike("secret.box_grew", act.of)
    few = act.counted < box.rules.fewest_ballots
    box = replace(
        box,
        heads=grown(box, act.head, act.ballots, occasion.sequence, occasion.time),
        closed=occasion.time,
        tally=act.tally,
        counted=act.counted,
        void="few" if few else "",
    )
    state = with_box(with_election(state._replace(calendar=calendar), election), box)
    if few and any(one.anew == act.of for one in state.elections.elections.values()):
        return with_election(state, election._replace(void=True))
    if few:
        return held_anew(state, election, occasion.time)
    due = Deadline(occasion.time + box.rules.open_hours * HOUR, "secret.void_box", act.of)
    return state._replace(calendar=state.calendar.add(due))


CLAUSE = Clause(
    name="secret.box_closed",
    act=BoxClosed,
    who="Nobody: it falls due when the poll closes.",
    rules=("secret.batch_minutes", "secret.fewest_ballots", "record.ballots"),
    changes="No ballot can be cast any more; the trustees can open the box. With too few ballots "
    "in it nobody does, and the poll is held again.",
    allowed=allowed,
    change=change,
    falls_due=True,
    from_box=True,
)
