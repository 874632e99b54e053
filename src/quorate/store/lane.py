"""The write lane: one writer at a time, as in a meeting.

Whoever takes the lane catches up with entries that others wrote, lets fall due what is due,
decides, appends, and signs a checkpoint, all in one transaction of the database. Acts that wait
together are written together, in the order in which they came; those that belong together, as the
lines of a file do, are written all or none. Nothing is answered before the database has committed,
so a receipt, once given, holds through any crash.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django.db import connection, transaction

from quorate import organisation
from quorate.chapters.clause import RULEBOOK, Occasion, Refusal, Signed
from quorate.chapters.fields import Opening
from quorate.chapters.state import State
from quorate.organisation import BadAct, FieldFault
from quorate.record import checkpoint, entry, keeper, tree
from quorate.record.uncollected import uncollected
from quorate.store import (
    answered,
    ballot_door,
    ballot_files,
    checkpoints,
    entries,
    erasing,
    keeping,
    key_changes,
    record_keys,
    standing_kept,
)
from quorate.store.asking import ask, put
from quorate.store.ballot_files import BallotFile
from quorate.store.clock import Clock, Ticking
from quorate.store.following import BrokenRecord, follow
from quorate.store.growing import Growing
from quorate.store.halted import Halted
from quorate.store.handing_in import HandedIn, Kept
from quorate.store.leaves import Leaves
from quorate.store.models import Answered
from quorate.store.one_address import Addresses
from quorate.store.place import Place
from quorate.store.standing import Standing

T = TypeVar("T")

GROUP = 500
"""So many acts at most are written in one transaction."""

_LOCK = 0x51554F52
"""The advisory lock on PostgreSQL; SQLite's BEGIN IMMEDIATE needs none."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was put into the database with an act: its entry, what stands behind its commitments,
    and the checkpoint over it."""

    data: bytes
    kept: tuple[Kept, ...]
    signed: checkpoints.Signed


@dataclass(frozen=True, slots=True)
class Recorded:
    """An act that stands in the record. ``again``: it had been handed in under its key before; else
    ``written`` just now."""

    sequence: int
    time: int
    again: bool = False
    written: Written | None = None


class KeyUsed(Exception):
    """The idempotency key was used before for something else."""


Failure = KeyUsed | BadAct
"""What is wrong with an act apart from the rules, and is known in the lane only."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Of acts that belong together nothing is recorded, because of the one at ``place``, from 0."""

    place: int
    because: Refusal | Failure


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
    _taken: bool = False
    _turn: threading.Condition = field(default_factory=threading.Condition)
    """Guards ``_queue`` and ``_taken``: whether somebody has the lane."""

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
        with self._turn:
            self._queue.extend(waiting)
        while not self._answered(waiting):
            try:
                self._serve()
            finally:
                self._leave()
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

    def _answered(self, waiting: list[_Waiting]) -> bool:
        """Waits until somebody has written the acts (True), or the lane is this thread's (False).

        Whoever is answered goes at once, and does not wait for the group that is written next.
        """
        with self._turn:
            self._turn.wait_for(lambda: not self._taken or all(one.done for one in waiting))
            answered = all(one.done for one in waiting)
            self._taken = self._taken or not answered
            return answered

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Within the block the lane is this thread's."""
        with self._turn:
            self._turn.wait_for(lambda: not self._taken)
            self._taken = True
        try:
            yield
        finally:
            self._leave()

    def _leave(self) -> None:
        with self._turn:
            self._taken = False
            self._turn.notify_all()

    def _serve(self) -> None:
        """Writes the acts that wait, in one group, and answers them."""
        with self._turn:
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
            _with_written(one.handed_in, answer, writing.written, signed)
            for one, answer in zip(group, answers, strict=True)
        ]

    def _written(self, writing: _Writing) -> None:
        """The transaction is committed."""
        self.standing = writing.standing
        self.leaves.grow(writing.begun.state.size, writing.written.values())

    @contextmanager
    def _transaction(self, group: Sequence[_Waiting]) -> Iterator[_Writing]:
        """Within the block nobody else writes, and everything that others wrote is there."""
        self._start()
        if self.broken is not None:
            raise self.broken
        with transaction.atomic():
            if connection.vendor == "postgresql":
                ask("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            addresses = Addresses(self.place.sealing_key)
            addresses.ask_about(one.handed_in for one in group)
            begun = follow(self.standing, self.place)
            yield _Writing(self.place, begun, begun, self.clock, addresses, self.leaves)


@dataclass
class _Writing:
    """One group of entries on its way into the database. ``begun``: what stood before it;
    ``written``: place → bytes."""

    place: Place
    begun: Standing
    standing: Standing
    clock: Ticking
    addresses: Addresses
    leaves: Leaves
    written: dict[int, bytes] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    files: list[BallotFile] = field(default_factory=list)
    growing: Growing = field(default_factory=Growing)
    erased: dict[str, str] = field(default_factory=dict)
    answered: list[Answered] = field(default_factory=list)
    by_key: dict[tuple[str, str], Answered] = field(default_factory=dict)

    def answer(self, handed_in: HandedIn, request: str) -> Recorded | Refusal | Failure:
        earlier = self._earlier(handed_in) if handed_in.key else None
        if earlier is not None:
            if earlier.request != request:
                return KeyUsed("This idempotency key was used for another act.")
            return Recorded(earlier.sequence, self._time_of(earlier.sequence), again=True)
        self.fall_due()
        occasion = self._occasion(handed_in.by, handed_in.signed)
        refusal = organisation.decide(self.standing.state, handed_in.act, occasion)
        if refusal is not None:
            return refusal
        refusal = key_changes.refusal(self.place, self.standing, self.leaves, handed_in.act)
        if refusal is not None:
            return refusal
        beside = ballot_door.beside((*self.files, *self.growing.tallies, *handed_in.files))
        refusal = ballot_door.refusal(self.standing.state, handed_in.act, handed_in.by, beside)
        if refusal is not None:
            return refusal
        if address := self.addresses.taken(self.standing.state, handed_in):
            what = f"a member has the address {address} already"
            return BadAct(organisation.clause_of(handed_in.act).name, (FieldFault("person", what),))
        self._append(handed_in.act, occasion)
        self.kept.extend(handed_in.kept)
        self.files.extend(handed_in.files)
        self.addresses.recorded(handed_in)
        if handed_in.key:
            row = answered.row(handed_in, request, occasion.sequence)
            self.answered.append(row)
            self.by_key[handed_in.by, handed_in.key] = row
        return Recorded(occasion.sequence, occasion.time)

    def _time_of(self, sequence: int) -> int:
        """When (ms) the entry was recorded, which may still be on its way into the database."""
        data = self.written.get(sequence)
        return entry.read(entries.there(sequence) if data is None else data).occasion.time

    def fall_due(self) -> None:
        while True:
            occasion = self._occasion(RULEBOOK)
            due = organisation.fallen_due(self.standing.state, occasion.time)
            if due is None:
                return
            act = organisation.falling_due(
                self.standing.state, due, self._openings, self.growing.states
            )
            refusal = organisation.decide(self.standing.state, act, occasion)
            if refusal is not None:
                raise RuntimeError(f"{due.act} {due.of} fell due but: {refusal.because}")
            self._append(act, occasion)

    def flush(self) -> checkpoints.Signed | None:
        """Puts the group into the database, with a checkpoint over it; None where it is empty."""
        if not self.written:
            return None
        put("store_recordentry (sequence, data)", self.written.items())
        keeping.keep(self.place.sealing_key, self.kept)
        ballot_files.keep((*self.files, *self.growing.tallies))
        self.growing.keep()
        Answered.objects.bulk_create(self.answered)
        erasing.erase(self.erased)
        size = self.standing.state.size
        point = checkpoint.Checkpoint(self.place.origin, size, self.standing.tree.root())
        public = key_changes.signing(self.place, self.begun.state, self.standing.state)
        keys = record_keys.signing(self.place, public)
        note = keeper.sign(point, keys, self.standing.state.time // 1000)
        signed = checkpoints.Signed(size, note)
        checkpoints.keep(signed)
        checkpoints.forget_lines(self.begun.state.size, size)
        return signed

    def _occasion(self, by: str, signed: Signed | None = None) -> Occasion:
        state = self.standing.state
        return Occasion(state.size, self.clock.now(state.time), by, signed)

    def _append(self, act: object, occasion: Occasion) -> None:
        data = entry.write(occasion, act)
        self.erased |= dict(organisation.erased_with(self.standing.state, act, occasion))
        self.written[occasion.sequence] = data
        self.standing = self.standing.after(act, occasion, tree.leaf_hash(data))

    def _earlier(self, handed_in: HandedIn) -> Answered | None:
        slot = (handed_in.by, handed_in.key)
        if slot in self.by_key:
            return self.by_key[slot]
        return Answered.objects.filter(by=handed_in.by, key=handed_in.key).first()

    def _openings(self, wanted: Mapping[str, str]) -> tuple[Opening, ...]:
        waiting = {kept.commitment: kept for kept in self.kept}
        return tuple(_opened(keeping.openings(self.place.sealing_key, wanted, waiting)))


def _with_written(
    handed_in: HandedIn,
    answer: Recorded | Refusal | Failure,
    written: Mapping[int, bytes],
    signed: checkpoints.Signed | None,
) -> Recorded | Refusal | Failure:
    """The answer with what was put into the database for it just now."""
    if not isinstance(answer, Recorded) or answer.again or signed is None:
        return answer
    data = written[answer.sequence]
    return replace(answer, written=Written(data, handed_in.kept, signed))


def _opened(found: Mapping[str, tuple[bytes, bytes]]) -> Iterator[Opening]:
    for whose, (salt, choice) in found.items():
        yield Opening(whose, choice.decode("utf-8", "replace"), salt.hex())
