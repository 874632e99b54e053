"""secret.box_opened: the nominations are over, and the ballot box is there, with what is asked.

What stands in it follows from the record: who stands, how it is counted, the trustees' key, the
roll. So does the hash that is stated, to which everybody's box must begin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quorate.ballots.elections import fingerprint
from quorate.chapters.calendar import MINUTE, Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.elections.remembers import Election
from quorate.chapters.fields import Hash, Number
from quorate.chapters.secret.asked import asked, nobody_stands
from quorate.chapters.secret.boxes import setup_head, with_box
from quorate.chapters.secret.remembers import Box, Head
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class BoxOpened:
    """``of``: the election. ``head``: the hash of the box's first event, None where nobody
    stands."""

    of: Number
    head: Hash | None = None


def states(state: State, of: int) -> dict[str, Any]:
    """What the entry says."""
    election = state.elections.elections[of]
    if nobody_stands(election):
        return {"head": None}
    register = state.secret.registers[election.register]
    return {"head": setup_head(asked(state, election, register), register, election.opens)}


def allowed(state: State, act: BoxOpened, occasion: Occasion) -> Refusal | None:
    if states(state, act.of)["head"] != act.head:
        return Refusal(
            "secret.batch_minutes",
            "This is not the box that follows from the record.",
            "State what follows.",
        )
    return None


def change(state: State, act: BoxOpened, occasion: Occasion) -> State:
    election = state.elections.elections[act.of]
    state = state._replace(calendar=state.calendar.strike(CLAUSE.name, act.of))
    if act.head is None:
        closing = Deadline(election.closes, "elections.open_ballots", act.of)
        return state._replace(calendar=state.calendar.add(closing))
    register = state.secret.registers[election.register]
    data = asked(state, election, register)
    box = Box(
        election=act.of,
        register=register.number,
        rules=register.rules,
        asked=data.decode(),
        phi=fingerprint(data),
        opened=election.opens,
        heads=(Head(act.head, 0, occasion.sequence, occasion.time),),
    )
    closing = Deadline(election.closes, "secret.box_closed", act.of)
    calendar = state.calendar.add(closing, *next_batch(box, election, election.opens))
    return with_box(state._replace(calendar=calendar), box)


def next_batch(box: Box, election: Election, time: int) -> tuple[Deadline, ...]:
    """When the next batch goes in after ``time`` (ms); none where the box is closed before."""
    every = box.rules.batch_minutes * MINUTE
    due = box.opened + ((time - box.opened) // every + 1) * every
    return (Deadline(due, "secret.box_grew", box.election),) if due < election.closes else ()


CLAUSE = Clause(
    name="secret.box_opened",
    act=BoxOpened,
    who="Nobody: it falls due when the nominations end.",
    rules=("secret.batch_minutes",),
    changes="Ballots can be cast. Where nobody stands there is no box, and nobody is elected.",
    allowed=allowed,
    change=change,
    falls_due=True,
    states=states,
)
