"""An election goes on: what is new about it is kept, and it is counted when nothing is missing."""

from __future__ import annotations

from quorate.chapters.calendar import Deadline
from quorate.chapters.elections.remembers import Election
from quorate.chapters.state import State


def with_election(state: State, election: Election) -> State:
    """The state with what is new about this election."""
    elections = state.elections.elections.set(election.number, election)
    return state._replace(elections=state.elections._replace(elections=elections))


def go_on(state: State, election: int, time: int) -> State:
    """The state in which the election is to be counted, as of ``time`` (ms).

    The count of a poll belongs to the instant of its close: wherever the lane is late, it comes
    before whatever fell due after that.
    """
    deadline = Deadline(time, "elections.declare", election)
    return state._replace(calendar=state.calendar.add(deadline))
