"""Ballots that are let in at the same time are written in one transaction, beside the record.

None is answered before the database has committed it, so a promise, once given, holds through any
crash.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from quorate.ballots.door import Admitted, too_many
from quorate.chapters.state import State
from quorate.store import ballot_boxes
from quorate.store.lane import Lane

Open = Callable[[State, int, int], object]
"""Raises unless voting is open: of the state, the time (ms) and the election."""


@dataclass(slots=True, eq=False)
class Coming:
    """A ballot whose proofs hold. ``most``: so many of its credential are let in. ``state``: in
    which it was let in."""

    election: int
    hash: str
    ballot: Admitted
    most: int
    state: State | None = None
    failure: BaseException | None = None

    @property
    def done(self) -> bool:
        return self.state is not None or self.failure is not None


class LettingIn:
    """Of one process. No two ballots of one credential are let in at the same time."""

    def __init__(self) -> None:
        self._coming: list[Coming] = []
        self._guard = threading.Lock()
        self._writing = threading.Lock()

    def let_in(self, lane: Lane, one: Coming, is_open: Open) -> State:
        """The state in which the ballot is in the database; it stays there if it was there. Raises
        what ``is_open`` does, NotAdmitted, Halted, the database's error; then nothing of it is."""
        with self._guard:
            self._coming.append(one)
        with self._writing:  # who waited here was written meanwhile, or writes all who came since
            if not one.done:
                with self._guard:
                    group, self._coming = self._coming, []
                _write(lane, group, is_open)
        if one.failure is not None:
            raise one.failure
        assert one.state is not None
        return one.state


def _write(lane: Lane, group: list[Coming], is_open: Open) -> None:
    try:
        state = lane.aside(lambda state, time: _put(state, time, group, is_open))
    except BaseException as failure:
        for one in group:
            one.failure = failure
        if not isinstance(failure, Exception):
            raise
        return
    for one in group:
        if one.failure is None:
            one.state = state


def _put(state: State, time: int, group: list[Coming], is_open: Open) -> State:
    by_election: defaultdict[tuple[int, int], list[Coming]] = defaultdict(list)
    for one in group:
        by_election[one.election, one.most].append(one)
    for (election, most), those in by_election.items():
        try:
            is_open(state, time, election)
        except Exception as closed:
            for one in those:
                one.failure = closed
            continue
        out = ballot_boxes.let_wait(election, {one.hash: one.ballot for one in those}, most)
        for one in those:
            if one.hash in out:
                one.failure = too_many(most)
    return state
