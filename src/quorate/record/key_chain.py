"""Which keys sign a record of so many entries, for whoever holds one of them: from the keys that a
reader was given along every change that those before have signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quorate.chapters.keys import statement
from quorate.chapters.keys.remembers import Change, Keys
from quorate.chapters.keys.replace import Replace
from quorate.chapters.keys.rotate import Rotate
from quorate.note_keys import BadNote
from quorate.record import checkpoint, entry
from quorate.record.checkpoint import Checkpoint
from quorate.record.keeper import read_keys
from quorate.record.note import Key


class Link(NamedTuple):
    """From the entry ``entry`` on these keys are in force; -1 from the beginning."""

    entry: int
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """``changes``: of the keys, from those that the reader holds on. ``known``: whether the record
    has ever been signed by just what the reader holds. ``broken``: the first of the changes that
    the keys before it have not signed."""

    links: tuple[Link, ...]
    changes: tuple[Change, ...] = ()
    known: bool = True

    def at(self, size: int) -> tuple[Key, ...]:
        """The keys that sign a record of so many entries."""
        return [link for link in self.links if link.entry < size or link.entry < 0][-1].keys

    def open(self, signed: str) -> Checkpoint:
        """The checkpoint, if one of the keys that sign so many entries signed it. Raises
        BadCheckpoint."""
        return checkpoint.open_checkpoint(signed, *self.at(checkpoint.read(signed).size))

    @property
    def now(self) -> tuple[Key, ...]:
        return self.links[-1].keys

    @property
    def broken(self) -> Change | None:
        return next((change for change in self.changes if not change.agreed), None)


def chain(keys: Keys, given: Sequence[Key]) -> Chain:
    """The chain of a replayed record, seen by a reader who holds ``given``; whoever holds several
    vouches for all of them. Raises BadNote."""
    first = keys.changes[0].old if keys.changes else keys.named
    if not first:
        return Chain((Link(-1, tuple(given)),))
    links = [Link(-1, _read(first))]
    links += [Link(change.entry, _read(change.new)) for change in keys.changes]
    held = [number for number, link in enumerate(links) if set(link.keys) & set(given)]
    every = {key for link in links for key in link.keys}
    known = bool(held) and set(given) <= every
    return Chain(tuple(links), keys.changes[held[-1] :] if held else (), known)


def _read(texts: Iterable[str]) -> tuple[Key, ...]:
    return read_keys(" ".join(texts))


class Followed(NamedTuple):
    """The keys that a reader comes to, and at which entries they were changed on the way."""

    keys: tuple[Key, ...]
    at: tuple[int, ...] = ()


class NotFollowed(Exception):
    """The keys were replaced, and those that the reader holds have not signed it; says so."""


REPLACED = (
    "The record's key was replaced at entry {place:,} without the old one's signature. Compare the "
    "new key with the organisation by another way, and give that one."
)


def follow(given: tuple[Key, ...], entries: Iterable[bytes]) -> Followed:
    """Where these changes of the keys, entries of the record in their order, lead a reader who
    holds ``given``. Each is believed for the signature of the keys before it, or because the
    reader holds one of the new keys too. Raises NotFollowed."""
    keys, at = given, []
    for data in entries:
        read = _change(data)
        if read is None:
            continue
        held, old, new = ({key.text() for key in keys}, set(read.act.old), set(read.act.new))
        if not held & old or not held <= old | new:
            continue  # not a change of all that the reader asks for
        if old & new:
            continue  # no key follows itself: it would be believed for a key that it keeps
        vouched = bool(held & new)
        if isinstance(read.act, Replace) and not vouched:
            raise NotFollowed(REPLACED.format(place=read.occasion.sequence))
        if vouched or _agreed(read.act, keys[0].name):
            keys = _read(read.act.new)
            at.append(read.occasion.sequence)
    return Followed(keys, tuple(at))


def is_change(data: bytes) -> bool:
    """Whether these bytes may be an entry that changes the keys; most are told at a glance."""
    return b'"act":"keys.' in data and _change(data) is not None


def _change(data: bytes) -> entry.Entry | None:
    try:
        read = entry.read(data)
    except entry.BadEntry:
        return None
    return read if isinstance(read.act, Rotate | Replace) else None


def _agreed(act: Rotate, origin: str) -> bool:
    """Whether old and new keys have signed this rotation of the record of this name."""
    said = statement.text(origin, act.number, "rotate", act.old, act.new)
    try:
        return statement.signed_by(act.old, act.old_signatures, said) and statement.signed_by(
            act.new, act.new_signatures, said
        )
    except BadNote:
        return False


def changes_in(entries: Iterable[bytes]) -> tuple[bytes, ...]:
    """Those of the entries that change the keys."""
    return tuple(data for data in entries if is_change(data))
