"""What an export states, read without the verifier: so it can be said whether a change of its
files changes its meaning.

An export is a set of statements, each made by bytes in its files:

    entry     at this place of the record stand these bytes
    hash      this is the hash at this place of this level of the tree
    signed    the keeper signed a record of this name, size and root: the signature is genuine
    behind    behind this commitment stands this payload, with this salt: and it opens it
    cosigned  this witness signed that size and root at that time: the signature is genuine
    nonsense  a file or a line that states nothing of these, though it stands where one belongs

Two exports mean the same if they state the same. What states nothing may be anything: README.txt;
record.vkey, once the reader has the key from elsewhere; the order of lines, and a line that stands
twice; a shorter tile beside the whole one, with the same hashes; the lines of keys that the reader
does not know; names of files in witnessed/; lines of a checkpoint after the root; files that belong
to no export.

A change **changes the meaning** unless the two state the same, save that a report may tell less or
more in two ways. Cosignatures may be gone, or others be there that witnesses truly made of this
history: that is less or more proof and no other history, and how many there have to be is for the
reader's policy. And the personal sheets may be gone, all of them with their file: most exports are
without, and list them as withheld.

An export that only **goes on** (the same history and more after it, rightly signed) states what was
stated; whether it may go on so is for the rules.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Files = Mapping[str, bytes]
"""An export: the path of each file in it, and what it holds."""

_TILE = re.compile(r"tile/(entries|\d{1,2})/((?:x\d{3}/)*)(\d{3})(?:\.p/(\d{1,3}))?")
_BEHIND = ("documents.jsonl", "people.jsonl")


@dataclass(frozen=True, slots=True)
class Keys:
    """``keeper`` and ``witnesses``: name and 32 bytes of public key of each."""

    keeper: tuple[str, bytes]
    witnesses: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """The statements of each kind. ``history``: the entries in their order, None where several
    stand at one place or a place is empty."""

    history: tuple[bytes, ...] | None
    hashes: frozenset[tuple[Any, ...]]
    signed: frozenset[tuple[Any, ...]]
    behind: frozenset[tuple[Any, ...]]
    cosigned: frozenset[tuple[Any, ...]]
    nonsense: frozenset[str]

    def changes(self, before: Stated) -> bool:
        """Whether the meaning is another than before."""
        same = (
            self.history == before.history
            and self.hashes == before.hashes
            and self.signed == before.signed
            and (self.behind == before.behind or self.behind == before.without_sheets)
            and self.nonsense == before.nonsense
        )
        return not same or not self._cosigned_as_it_is(before)

    def _cosigned_as_it_is(self, before: Stated) -> bool:
        """Whether what witnesses signed, more than before, is of this history."""
        return all(
            self.history is not None
            and int(size) <= len(self.history)
            and root == _root(self.history[: int(size)])
            for _, _, _, size, root in self.cosigned - before.cosigned
        )

    @property
    def without_sheets(self) -> frozenset[tuple[Any, ...]]:
        """What stands behind commitments, in an export without people.jsonl."""
        return frozenset(one for one in self.behind if one[0] != "people.jsonl")

    def goes_on(self, before: Stated) -> bool:
        """Whether it states all that was stated, of a longer record."""
        if self.history is None or before.history is None:
            return False
        size = len(before.history)
        return (
            len(self.history) > size
            and self.history[:size] == before.history
            and self.hashes >= before.hashes
            and self.behind == before.behind
            and self.nonsense == before.nonsense
            and self.cosigned <= before.cosigned
        )


def stated(files: Files, keys: Keys) -> Stated:
    """Everything that the files state."""
    found = _Found(keys)
    for path, data in files.items():
        if path.startswith("tile/"):
            found.tile(path, data)
        elif path == "checkpoint":
            found.checkpoint(path, data)
        elif path.startswith("witnessed/"):
            found.cosigned_note(path, data)
        elif path in _BEHIND:
            found.openings(path, data)
    return found.all()


class _Found:
    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.entries: dict[int, set[bytes]] = {}
        self.hashes: set[tuple[Any, ...]] = set()
        self.signed: set[tuple[Any, ...]] = set()
        self.behind: set[tuple[Any, ...]] = set()
        self.cosigned: set[tuple[Any, ...]] = set()
        self.nonsense: set[str] = set()

    def all(self) -> Stated:
        places = sorted(self.entries)
        whole = places == list(range(len(places))) and all(
            len(data) == 1 for data in self.entries.values()
        )
        return Stated(
            tuple(next(iter(self.entries[place])) for place in places) if whole else None,
            frozenset(self.hashes),
            frozenset(self.signed),
            frozenset(self.behind),
            frozenset(self.cosigned),
            frozenset(self.nonsense),
        )

    def tile(self, path: str, data: bytes) -> None:
        named = _TILE.fullmatch(path)
        if named is None:
            self.nonsense.add(path)
            return
        level, above, last, width = named.groups()
        first = int(above.replace("x", "").replace("/", "") + last) * 256
        wanted = 256 if width is None else int(width)
        held = list(_bundled(data) if level == "entries" else _hashed(data))
        if len(held) != wanted or None in held:
            self.nonsense.add(path)
        for place, one in enumerate(held, first):
            if one is not None and level == "entries":
                self.entries.setdefault(place, set()).add(one)
            elif one is not None:
                self.hashes.add((int(level), place, one))

    def checkpoint(self, path: str, data: bytes) -> None:
        says, signatures = _note(data)
        if says is None or not _kept(says, signatures, self.keys.keeper):
            self.nonsense.add(path)
        else:
            self.signed.add(tuple(says.split("\n")[:3]))

    def cosigned_note(self, path: str, data: bytes) -> None:
        says, signatures = _note(data)
        if says is None or not _kept(says, signatures, self.keys.keeper):
            self.nonsense.add(path)
            return
        for witness in self.keys.witnesses:
            time = _cosigned(says, signatures, witness)
            if time is not None:
                self.cosigned.add((witness[0], time, *says.split("\n")[:3]))

    def openings(self, path: str, data: bytes) -> None:
        if not data:
            self.nonsense.add(path)
        for line in data.removesuffix(b"\n").split(b"\n") if data else ():
            opened = _opened(line)
            if opened is None:
                self.nonsense.add(f"{path}: {line.decode('latin-1')}")
            else:
                self.behind.add((path, *opened))


def _root(entries: Sequence[bytes]) -> str:
    """The root over the entries, by RFC 6962, as a checkpoint writes it."""
    row = [hashlib.sha256(b"\x00" + data).digest() for data in entries]
    while len(row) > 1:
        pairs = [row[start : start + 2] for start in range(0, len(row), 2)]
        row = [
            hashlib.sha256(b"\x01" + b"".join(pair)).digest() if len(pair) == 2 else pair[0]
            for pair in pairs
        ]
    return base64.b64encode(row[0]).decode()


def _bundled(data: bytes) -> Iterator[bytes | None]:
    """The entries of a bundle; None for an end within one."""
    while data:
        size = int.from_bytes(data[:2], "big")
        one, data = data[2 : 2 + size], data[2 + size :]
        yield one if len(one) == size else None


def _hashed(data: bytes) -> Iterator[bytes | None]:
    for start in range(0, len(data), 32):
        one = data[start : start + 32]
        yield one if len(one) == 32 else None


def _note(data: bytes) -> tuple[str | None, Sequence[tuple[str, bytes]]]:
    """A note's text, and the name and bytes of each signature."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None, ()
    says, divided, lines = text.rpartition("\n\n")
    if not divided:
        return None, ()
    return f"{says}\n", [found for line in lines.split("\n") if (found := _signature(line))]


def _signature(line: str) -> tuple[str, bytes] | None:
    words = line.split(" ")
    if len(words) != 3 or words[0] != "\u2014":
        return None
    try:
        return words[1], base64.b64decode(words[2])
    except ValueError:
        return None


def _kept(says: str, signatures: Sequence[tuple[str, bytes]], keeper: tuple[str, bytes]) -> bool:
    """Whether the keeper signed it."""
    its_id = _id(keeper, b"\x01")
    return any(
        signer == keeper[0] and data[:4] == its_id and _genuine(keeper, data[4:], says)
        for signer, data in signatures
    )


def _cosigned(
    says: str, signatures: Sequence[tuple[str, bytes]], witness: tuple[str, bytes]
) -> int | None:
    """When the witness cosigned, if it did."""
    its_id = _id(witness, b"\x04")
    for signer, data in signatures:
        time = int.from_bytes(data[4:12], "big")
        message = f"cosignature/v1\ntime {time}\n{says}"
        if signer == witness[0] and data[:4] == its_id and _genuine(witness, data[12:], message):
            return time
    return None


def _id(key: tuple[str, bytes], kind: bytes) -> bytes:
    return hashlib.sha256(key[0].encode() + b"\n" + kind + key[1]).digest()[:4]


def _genuine(key: tuple[str, bytes], signature: bytes, message: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key[1]).verify(signature, message.encode())
    except InvalidSignature:
        return False
    return True


def _opened(line: bytes) -> tuple[str, str, str, bytes] | None:
    """Commitment, domain, salt and payload of a line, if the commitment is theirs."""
    try:
        value = json.loads(line)
        payload, salt = base64.b64decode(value["payload"]), bytes.fromhex(value["salt"])
        domain, commitment = str(value["domain"]), str(value["commitment"])
    except (ValueError, KeyError, TypeError):
        return None
    made = hashlib.sha256(domain.encode() + b"\x00" + salt + payload).hexdigest()
    return (commitment, domain, value["salt"], payload) if made == commitment else None
