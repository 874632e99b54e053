"""A group of acts on its way into the database: what is due has fallen due, each is decided and
appended, and a checkpoint signed over all of them.

The lane (``lane``) says whose turn it is, and what is one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from quorate import organisation
from quorate.chapters.clause import RULEBOOK, Occasion, Refusal, Signed
from quorate.chapters.fields import Opening
from quorate.organisation import BadAct, FieldFault
from quorate.record import checkpoint, entry, keeper, tree
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
)
from quorate.store.answered import Answer
from quorate.store.asking import at_once, put
from quorate.store.ballot_files import BallotFile
from quorate.store.clock import Ticking
from quorate.store.growing import Growing
from quorate.store.handing_in import HandedIn, Kept
from quorate.store.leaves import Leaves
from quorate.store.one_address import Addresses
from quorate.store.place import Place
from quorate.store.recorded import Failure, KeyUsed, Recorded, Written
from quorate.store.standing import Standing


@dataclass
class Writing:
    """One group of entries on its way into the database. ``begun``: what stood before it;
    ``written``: place → bytes. ``by_key``: what was answered to those who now ask again."""

    place: Place
    begun: Standing
    standing: Standing
    clock: Ticking
    addresses: Addresses
    leaves: Leaves
    by_key: dict[tuple[str, str], Answer]
    written: dict[int, bytes] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    files: list[BallotFile] = field(default_factory=list)
    growing: Growing = field(default_factory=Growing)
    erased: dict[str, str] = field(default_factory=dict)
    answered: list[Answer] = field(default_factory=list)

    def answer(self, handed_in: HandedIn, request: str) -> Recorded | Refusal | Failure:
        earlier = self.by_key.get((handed_in.by, handed_in.key))
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
            answer = answered.answer(handed_in, request, occasion.sequence)
            self.answered.append(answer)
            self.by_key[handed_in.by, handed_in.key] = answer
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
        ballot_files.keep((*self.files, *self.growing.tallies))
        self.growing.keep()
        with at_once():
            put("store_recordentry (sequence, data)", self.written.items())
            keeping.keep(self.place.sealing_key, self.kept)
            answered.keep(self.answered)
            signed = self._signed()
            checkpoints.keep(signed)
            checkpoints.forget_lines(self.begun.state.size, signed.size)
        erasing.erase(self.erased)
        return signed

    def _signed(self) -> checkpoints.Signed:
        """The checkpoint over the record with the group."""
        size = self.standing.state.size
        point = checkpoint.Checkpoint(self.place.origin, size, self.standing.tree.root())
        public = key_changes.signing(self.place, self.begun.state, self.standing.state)
        keys = record_keys.signing(self.place, public)
        return checkpoints.Signed(size, keeper.sign(point, keys, self.standing.state.time // 1000))

    def _occasion(self, by: str, signed: Signed | None = None) -> Occasion:
        state = self.standing.state
        return Occasion(state.size, self.clock.now(state.time), by, signed)

    def _append(self, act: object, occasion: Occasion) -> None:
        data = entry.write(occasion, act)
        self.erased |= dict(organisation.erased_with(self.standing.state, act, occasion))
        self.written[occasion.sequence] = data
        self.standing = self.standing.after(act, occasion, tree.leaf_hash(data))

    def _openings(self, wanted: Mapping[str, str]) -> tuple[Opening, ...]:
        waiting = {kept.commitment: kept for kept in self.kept}
        return tuple(_opened(keeping.openings(self.place.sealing_key, wanted, waiting)))


def with_written(
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
