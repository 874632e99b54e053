"""An election that waited for a lot goes on."""

from __future__ import annotations

from dataclasses import replace

from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import Occasion
from quorate.chapters.elections.remembers import Election
from quorate.chapters.state import State


def with_election(state: State, election: Election) -> State:
    """The state with what is new about this election."""
    elections = state.elections.elections.set(election.number, election)
    return replace(state, elections=replace(state.elections, elections=elections))


def go_on(state: State, election: int, on: Occasion) -> State:
    """The state in which the election is to be counted now."""
    deadline = Deadline(on.time, "elections.declare", election)
    return replace(state, calendar=state.calendar.add(deadline))
