"""The write lane: one writer at a time, as in a meeting.

Whoever takes the lane catches up with entries that others wrote, lets fall due what is due,
decides, appends, and signs a checkpoint, all in one transaction of the database. Acts that wait
together are written together, in the order in which they came; those that belong together, as the
lines of a file do, are written all or none. Nothing is answered before the database has committed,
so a receipt, once given, holds through any crash.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import connection, transaction

from quorate import organisation
from quorate.chapters.clause import Refusal
from quorate.chapters.state import State
from quorate.organisation import BadAct
from quorate.record.uncollected import uncollected
from quorate.store import (
    answered,
    ballot_door,
    standing_kept,
)
from quorate.store.asking import at_once, say
from quorate.store.clock import Clock, Ticking
from quorate.store.following import BrokenRecord, follow
from quorate.store.halted import Halted
from quorate.store.handing_in import HandedIn
from quorate.store.leaves import Leaves
from quorate.store.one_address import Addresses
from quorate.store.place import Place
from quorate.store.recorded import Failure, KeyUsed, Recorded, Stopped
from quorate.store.standing import Standing
from quorate.store.turns import Turns
from quorate.store.writing import Writing, with_written

T = TypeVar("T")

GROUP = 500
"""So many acts at most are written in one transaction."""

_LOCK = 0x51554F52
"""The advisory lock on PostgreSQL; SQLite's BEGIN IMMEDIATE needs none."""


@dataclass(slots=True, eq=False)
class _Waiting:
    """``request``: digest of what was asked under an idempotency key, "" where there is none."""

    handed_in: HandedIn
    request: str
    answer: Recorded | Refusal | None = None
    failure: BaseException | None = None
    done: bool = False


@dataclass
class Lane:
    """The write lane of one process; several processes on one database share its order."""

    place: Place
    clock: Ticking = field(default_factory=Clock)
    standing: Standing = field(default_factory=Standing)
    leaves: Leaves = field(default_factory=Leaves)
    started_from: int = 0
    """So many entries came from a snapshot when this process started, and were not replayed."""
    broken: BrokenRecord | None = None
    """What somebody has found who read the record again: nothing goes on from it."""
    _queue: list[_Waiting] = field(default_factory=list)
    _guard: threading.Lock = field(default_factory=threading.Lock)
    """Of ``_queue``."""
    _turns: Turns = field(default_factory=Turns)

    def submit(self, handed_in: HandedIn) -> Recorded | Refusal:
        """Records the act, or gives the rules' refusal; nothing in between.

        Raises Halted when the lane is, KeyUsed, BadAct where a new member's address
        is taken, or the database's error; then nothing of the act is there.
        """
        return self.submit_all([handed_in])[0]

    def submit_all(self, acts: Iterable[HandedIn]) -> list[Recorded | Refusal]:
        """Records several acts in their order; a refusal of one does not stop the others."""
        waiting = self._waiting(acts)
        for act in (one.handed_in for one in waiting if ballot_door.takes(one.handed_in)):
            state = self.now().state
            ballot_door.look_at(state, self.clock.now(state.time), act)
        with self._guard:
            self._queue.extend(waiting)
        while self._turns.take(lambda: all(one.done for one in waiting)):
            try:
                self._serve()
            finally:
                self._turns.leave()
        for one in waiting:
            if one.failure is not None:
                raise one.failure
        return [one.answer for one in waiting if one.answer is not None]

    def submit_together(self, acts: Iterable[HandedIn]) -> list[Recorded] | Stopped:
        """Records several acts in their order, in one transaction: all of them, or none.

        Others wait meanwhile. Raises Halted or the database's error; then nothing is there.
        """
        return self._together(acts, write=True)

    def try_together(self, acts: Iterable[HandedIn]) -> list[Recorded] | Stopped:
        """What ``submit_together`` would answer now; nothing is recorded."""
        return self._together(acts, write=False)

    def now(self) -> Standing:
        """What stands now, entries of other processes and what fell due included."""
        if self.standing.state.size == 0:
            with self._alone():  # at the start one thread reads the record, for all
                self._start()
        if self.broken is not None:
            raise self.broken
        latest = follow(self.standing, self.place)
        if latest is not self.standing:
            with self._alone():
                if latest.state.size > self.standing.state.size:
                    self.standing = latest
        try:
            time = self.clock.now(latest.state.time)
            if organisation.fallen_due(self.standing.state, time) is not None:
                self.let_fall_due()
        except Halted:  # reading goes on; writing says what is wrong
            pass
        return self.standing

    def _start(self) -> None:
        """Starts from the snapshot that is kept, or replays the whole record. The lane is this
        thread's."""
        if self.standing.state.size == 0:
            begun = standing_kept.start(self.place, self.leaves)
            self.standing = follow(begun, self.place, started=True)
            self.started_from = begun.state.size

    def let_fall_due(self) -> None:
        """Records what has fallen due, whoever was watching."""
        with self._alone():
            self._write([])

    def aside(self, put: Callable[[State, int], T]) -> T:
        """Puts something beside the record, in its order: nobody writes meanwhile, and what is due
        has fallen due. ``put``: of the state and the time (ms)."""
        with self._alone():
            with self._transaction([]) as writing:
                writing.fall_due()
                writing.flush()
                state = writing.standing.state
                found = put(state, self.clock.now(state.time))
            self._written(writing)
        return found

    def _waiting(self, acts: Iterable[HandedIn]) -> list[_Waiting]:
        key = self.place.sealing_key
        return [_Waiting(act, answered.digest(key, act) if act.key else "") for act in acts]

    def _together(self, acts: Iterable[HandedIn], *, write: bool) -> list[Recorded] | Stopped:
        group = self._waiting(acts)
        with self._alone():
            with self._transaction(group) as writing:
                recorded = []
                for place, one in enumerate(group):
                    answer = writing.answer(one.handed_in, one.request)
                    if not isinstance(answer, Recorded):
                        return Stopped(place, answer)  # nothing has been put into the database
                    recorded.append(answer)
                if write:
                    writing.fall_due()
                    writing.flush()
            if write:
                self.standing = writing.standing
            return recorded

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Within the block the lane is this thread's."""
        self._turns.take()
        try:
            yield
        finally:
            self._turns.leave()

    def _serve(self) -> None:
        """Writes the acts that wait, in one group, and answers them."""
        with self._guard:
            group, self._queue = self._queue[:GROUP], self._queue[GROUP:]
        try:
            with uncollected():
                answers = self._write(group)
        except BaseException as failure:
            for one in group:
                one.failure, one.done = failure, True
            if not isinstance(failure, Exception):
                raise
            return
        for one, answer in zip(group, answers, strict=True):
            if isinstance(answer, KeyUsed | BadAct):
                one.failure = answer
            else:
                one.answer = answer
            one.done = True

    def _write(self, group: list[_Waiting]) -> list[Recorded | Refusal | Failure]:
        with self._transaction(group) as writing:
            answers = [writing.answer(one.handed_in, one.request) for one in group]
            # What falls due at the very instant of the last act (a vote that was closed is opened)
            # is recorded with it, so that no record ends in between.
            writing.fall_due()
            signed = writing.flush()
        self._written(writing)
        return [
            with_written(one.handed_in, answer, writing.written, signed)
            for one, answer in zip(group, answers, strict=True)
        ]

    def _written(self, writing: Writing) -> None:
        """The transaction is committed."""
        self.standing = writing.standing
        self.leaves.grow(writing.begun.state.size, writing.written.values())

    @contextmanager
    def _transaction(self, group: Sequence[_Waiting]) -> Iterator[Writing]:
        """Within the block nobody else writes, and everything that others wrote is there."""
        self._start()
        if self.broken is not None:
            raise self.broken
        with transaction.atomic():
            with at_once():
                if connection.vendor == "postgresql":
                    say("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
                asked = [one.handed_in for one in group]
                addresses = Addresses(self.place.sealing_key)
                addresses.ask_about(asked)
                answers = answered.earlier(asked)
                begun = follow(self.standing, self.place)
            yield Writing(self.place, begun, begun, self.clock, addresses, self.leaves, answers)
