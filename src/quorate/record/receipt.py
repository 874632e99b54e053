"""Receipts: what proves, offline and to anyone, that an act stands in the record.

A receipt is one text file: words for people, then the entry's bytes, the proof (C2SP tlog-proof,
verbatim, so that other tools can check it), and, for whoever handed something in, the opening of
the entry's commitments: the text itself with its salt.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quorate import commitments
from quorate.record import canonical, checkpoint, entry, note, tree

_PROOF = "c2sp.org/tlog-proof@v1"
_PARTS = ("ENTRY", "PROOF", "OPENING")
_PART = re.compile(r"^-----BEGIN ([A-Z]+)-----\n(.*?)^-----END \1-----\n", re.S | re.M)


class ReceiptRefused(Exception):
    """A receipt that proves nothing; says why in plain words."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a commitment of the entry was made to."""

    commitment: str
    domain: str
    salt: bytes
    payload: bytes


@dataclass(frozen=True, slots=True)
class Verified:
    """What a receipt proves: this entry stands at its place in the record of ``origin``.

    ``openings``: the things that the entry commits to, checked against it.
    """

    origin: str
    size: int
    root: bytes
    entry: entry.Entry
    openings: tuple[Opening, ...]


def proof_text(index: int, path: Sequence[bytes], signed_checkpoint: str) -> str:
    """A tlog-proof: the entry's index, its inclusion proof, the checkpoint."""
    lines = [_PROOF, f"index {index}", *(base64.b64encode(node).decode() for node in path), ""]
    return "\n".join(lines) + "\n" + signed_checkpoint


def write(words: str, entry_bytes: bytes, proof: str, openings: Sequence[Opening] = ()) -> str:
    """The receipt file. ``words``: what it is, for the person who keeps it."""
    parts = [words.rstrip() + "\n", _part("ENTRY", entry_bytes.decode("utf-8") + "\n")]
    parts.append(_part("PROOF", proof))
    for opening in openings:
        value = {
            "commitment": opening.commitment,
            "domain": opening.domain,
            "payload": base64.b64encode(opening.payload).decode(),
            "salt": opening.salt.hex(),
        }
        parts.append(_part("OPENING", canonical.encode(value).decode() + "\n"))
    return "\n".join(parts)


def _part(name: str, body: str) -> str:
    return f"-----BEGIN {name}-----\n{body}-----END {name}-----\n"


def verify(receipt: str, verifier_key: str) -> Verified:
    """What the receipt proves under the record's public key. Raises ReceiptRefused."""
    try:
        verifier = note.read_verifier(verifier_key)
    except note.BadNote as error:
        raise ReceiptRefused(f"The public key cannot be used: {error}.") from None
    return verify_with(receipt, verifier)


def verify_with(receipt: str, verifier: note.Verifier) -> Verified:
    """The same, with the key already read."""
    parts = _PART.findall(receipt)
    if [name for name, _ in parts][:2] != ["ENTRY", "PROOF"] or any(
        name != "OPENING" for name, _ in parts[2:]
    ):
        raise ReceiptRefused("This is no receipt: it needs an entry and a proof.")
    entry_bytes = parts[0][1].removesuffix("\n").encode()
    try:
        read = entry.read(entry_bytes)
        signed = check_proof(parts[1][1], entry_bytes, verifier)
    except (entry.BadEntry, checkpoint.BadCheckpoint) as error:
        raise ReceiptRefused(f"The receipt is damaged or of another record: {error}.") from None
    if read.occasion.sequence != _index(parts[1][1]):
        raise ReceiptRefused("The entry names another place than the proof.")
    opened = tuple(_opening(body) for _, body in parts[2:])
    committed = set(_texts(canonical.decode(entry_bytes)["body"]))
    for opening in opened:
        if opening.commitment not in committed:
            raise ReceiptRefused("The receipt opens something that is not in the entry.")
        if not commitments.opens(opening.commitment, opening.payload, opening.salt, opening.domain):
            raise ReceiptRefused("The text in the receipt is not the one that was handed in.")
    return Verified(signed.origin, signed.size, signed.root, read, opened)


def check_proof(proof: str, entry_bytes: bytes, verifier: note.Verifier) -> checkpoint.Checkpoint:
    """Checks a tlog-proof of the entry; gives its checkpoint. Raises ReceiptRefused and
    BadCheckpoint."""
    head, empty, signed = proof.partition("\n\n")
    lines = head.split("\n")
    if lines[0] != _PROOF or not empty:
        raise ReceiptRefused("The proof is not in the format of c2sp.org/tlog-proof@v1.")
    hashes = lines[3:] if len(lines) > 1 and lines[1].startswith("extra ") else lines[2:]
    try:
        path = [base64.b64decode(line, validate=True) for line in hashes]
    except (binascii.Error, ValueError):
        raise ReceiptRefused("A hash of the proof is damaged.") from None
    if any(len(node) != 32 for node in path):
        raise ReceiptRefused("A hash of the proof is damaged.")
    opened = checkpoint.open_checkpoint(signed, verifier)
    try:
        tree.check_inclusion(
            path, _index(proof), tree.leaf_hash(entry_bytes), opened.size, opened.root
        )
    except tree.ProofRefused as error:
        raise ReceiptRefused(f"The entry does not stand in this record: {error}.") from None
    return opened


def _index(proof: str) -> int:
    lines = proof.split("\n", 3)
    line = lines[2] if len(lines) > 2 and lines[1].startswith("extra ") else lines[1]
    number = line.removeprefix("index ")
    if not line.startswith("index ") or not number.isascii() or not number.isdigit():
        raise ReceiptRefused("The proof names no place.")
    if str(int(number)) != number:
        raise ReceiptRefused("The proof names no place.")
    return int(number)


def _opening(body: str) -> Opening:
    try:
        value = canonical.decode(body.removesuffix("\n").encode())
        return Opening(
            commitment=value["commitment"],
            domain=value["domain"],
            salt=bytes.fromhex(value["salt"]),
            payload=base64.b64decode(value["payload"], validate=True),
        )
    except (canonical.NotCanonical, KeyError, TypeError, ValueError):
        raise ReceiptRefused("The opening in the receipt is damaged.") from None


def _texts(value: Any) -> list[str]:
    """Every text in the entry's body, wherever it stands."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return []
