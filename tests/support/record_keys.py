"""Pairs of the record's keys, and the changes from one pair to another as a server makes them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quorate import note_keys
from quorate.chapters.keys import statement
from quorate.record import checkpoint, cosignature, keeper, note
from quorate.record.checkpoint import Checkpoint
from quorate.record.note import Key


@dataclass(frozen=True)
class Pair:
    """``signing``, ``public``: texts, the first of Ed25519, a second of ML-DSA-44."""

    signing: tuple[str, ...]
    public: tuple[str, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple(map(keeper.read_key, self.public))

    @property
    def given(self) -> str:
        """As a reader gives them."""
        return "\n".join(self.public)

    @property
    def first(self) -> Pair:
        """The key of Ed25519 alone, as older records have it."""
        return Pair(self.signing[:1], self.public[:1])

    def over(self, point: Checkpoint, *others: Pair, time: int = 1_700_000_000) -> str:
        """The checkpoint, signed by these and the others."""
        every = (*self.signing, *(key for other in others for key in other.signing))
        return keeper.sign(point, every, time)


def pair(name: str, origin: str = "small.example") -> Pair:
    """The pair of this name: the same each time."""
    seeds = [hashlib.sha256(f"{name}/{kind}".encode()).digest() for kind in keeper.KINDS]
    made = keeper.generate(origin, seeds)
    return Pair(tuple(signing for signing, _ in made), tuple(public for _, public in made))


def rotation(
    old: Pair, new: Pair, number: int = 1, origin: str = "small.example"
) -> dict[str, Any]:
    """The fields of keys.rotate from one pair to another."""
    said = statement.text(origin, number, "rotate", old.public, new.public)
    return {
        "number": number,
        "old": old.public,
        "new": new.public,
        "old_signatures": [statement.sign(key, said) for key in old.signing],
        "new_signatures": [statement.sign(key, said) for key in new.signing],
    }


def replacement(
    old: Pair, new: Pair, cosigned: str = "", number: int = 1, origin: str = "small.example"
) -> dict[str, Any]:
    """The fields of keys.replace, with the checkpoint that witnesses cosigned last."""
    said = statement.text(origin, number, "replace", old.public, new.public)
    return {
        "number": number,
        "old": old.public,
        "new": new.public,
        "new_signatures": [statement.sign(key, said) for key in new.signing],
        "size": checkpoint.read(cosigned).size if cosigned else 0,
        "checkpoint": cosigned,
    }


def cosigned(signed: str, signing_keys: Sequence[str], time: int = 1_700_000_000) -> str:
    """The checkpoint with these witnesses' lines."""
    text = note.text_of(signed)
    return signed + "".join(cosignature.cosign(text, key, time) for key in signing_keys)


def signatures_of(signed: str, keys: Sequence[Key]) -> set[str]:
    """Which of these keys signed the note."""
    _, lines = note.parts(signed)
    there = {(name, known) for name, known, _ in lines}
    return {key.text() for key in keys if (key.name, key.key_id) in there}


def kind(public: str) -> int:
    return note_keys.read_public(public, "verifier", note_keys.PUBLIC_BYTES).kind
