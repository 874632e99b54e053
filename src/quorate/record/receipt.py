"""Receipts: what proves, offline and to anyone, that an act stands in the record.

A receipt is one text file: words for people, then the entry's bytes, the proof (C2SP tlog-proof,
verbatim, so that other tools can check it), and, for whoever handed something in, the opening of
the entry's commitments: the text itself with its salt. Where the record's keys have been changed,
the entries that changed them follow, so that whoever holds an earlier key can go on from it to the
one that signed. Each part stands between a line
-----BEGIN NAME----- and a line -----END NAME-----. The words are for reading only: nothing is
proved by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from quorate import base64_text, commitments
from quorate.record import canonical, checkpoint, entry, keeper, key_chain, note, tree
from quorate.record.checkpoint import Checkpoint
from quorate.record.key_chain import Chain

_PROOF = "c2sp.org/tlog-proof@v1"
_BEGIN = re.compile(r"-----BEGIN (ENTRY|PROOF|OPENING|KEYS)-----")
_HASH = re.compile(r"[0-9a-f]{64}")
_DOMAINS = {commitments.DOCUMENT, commitments.PERSON, commitments.CHOICE}


class ReceiptRefused(Exception):
    """A receipt that proves nothing; says why in plain words."""


class BadOpening(Exception):
    """An opening that cannot be read; says what is damaged."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a commitment of the entry was made to. ``salt``: 32 bytes."""

    commitment: str
    domain: str
    salt: bytes
    payload: bytes


class Verified(NamedTuple):
    """What a receipt proves: this entry stands at its place in the record of ``origin``.

    ``size``, ``root``: of the record that its keeper signed. ``openings``: the things that the
    entry commits to, checked against it. ``keys_changed``: the entries at which the record's keys
    were changed since those that the reader holds.
    """

    origin: str
    size: int
    root: bytes
    entry: entry.Entry
    openings: tuple[Opening, ...]
    keys_changed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Proof:
    """A tlog-proof's parts, nothing checked yet but their form."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str


def proof_text(index: int, path: Sequence[bytes], signed_checkpoint: str) -> str:
    """A tlog-proof: the entry's index, its inclusion proof, the checkpoint."""
    lines = [_PROOF, f"index {index}", *(base64_text.write(node) for node in path), ""]
    return "\n".join(lines) + "\n" + signed_checkpoint


def write(
    words: str,
    entry_bytes: bytes,
    proof: str,
    openings: Sequence[Opening] = (),
    changes: Sequence[bytes] = (),
) -> str:
    """The receipt file. ``words``: what it is, for the person who keeps it. ``changes``: the
    entries that have changed the record's keys, below the checkpoint of the proof.

    Raises ValueError for words with a line that could be taken for the beginning of a part.
    """
    if any(line.startswith("-----") for line in words.splitlines()):
        raise ValueError("the words of a receipt have no line that starts with -----")
    parts = [words.rstrip() + "\n", _part("ENTRY", entry_bytes.decode("utf-8") + "\n")]
    parts.append(_part("PROOF", proof))
    parts.extend(_part("OPENING", write_opening(opening).decode() + "\n") for opening in openings)
    parts.extend(_part("KEYS", change.decode("utf-8") + "\n") for change in changes)
    return "\n".join(parts)


def write_opening(opening: Opening) -> bytes:
    """An opening as one line of canonical JSON, without the newline."""
    return canonical.encode(
        {
            "commitment": opening.commitment,
            "domain": opening.domain,
            "payload": base64_text.write(opening.payload),
            "salt": opening.salt.hex(),
        }
    )


def read_opening(line: bytes) -> Opening:
    """What ``write_opening`` wrote; whether it opens its commitment is not checked here.

    Raises BadOpening.
    """
    try:
        value = canonical.decode(line)
    except canonical.NotCanonical as error:
        raise BadOpening(str(error)) from None
    if not isinstance(value, dict) or value.keys() != {"commitment", "domain", "payload", "salt"}:
        raise BadOpening("an opening has just the names commitment, domain, payload and salt")
    commitment, domain, payload, salt = (
        value["commitment"],
        value["domain"],
        value["payload"],
        value["salt"],
    )
    if not isinstance(domain, str) or domain not in _DOMAINS:
        raise BadOpening(f"domain: one of {', '.join(sorted(_DOMAINS))}")
    if not isinstance(commitment, str) or not _HASH.fullmatch(commitment):
        raise BadOpening("commitment: 64 hex digits")
    if not isinstance(salt, str) or not _HASH.fullmatch(salt):
        raise BadOpening("salt: 64 hex digits")
    try:
        content = base64_text.read(payload) if isinstance(payload, str) else None
    except ValueError:
        content = None
    if content is None:
        raise BadOpening("payload: base64")
    return Opening(commitment, domain, bytes.fromhex(salt), content)


def verify(receipt: str, key: str) -> Verified:
    """What the receipt proves under the record's public key, or several with white space between
    them: then each has to have signed. A key from before a rotation is followed by what the receipt
    holds of it. Raises ReceiptRefused."""
    try:
        given = keeper.read_keys(key)
    except note.BadNote as error:
        raise ReceiptRefused(f"The public key cannot be used: {error}.") from None
    parts = _split(receipt)
    try:
        followed = key_chain.follow(given, (line.encode() for line in parts.changes))
    except key_chain.NotFollowed as error:
        raise ReceiptRefused(str(error)) from None
    try:
        signed = keeper.open_whole(_read_proof(parts.proof).checkpoint, followed.keys)
    except checkpoint.BadCheckpoint as error:
        raise ReceiptRefused(
            f"The receipt is damaged or of another record: {error}. If the record's key has been "
            "changed since, take the receipt from the server anew, or give --export."
        ) from None
    return _verified(parts, signed)._replace(keys_changed=followed.at)


def verify_in(receipt: str, chain: Chain) -> Verified:
    """The same, under the keys that sign a record of so many entries. Raises ReceiptRefused."""
    parts = _split(receipt)
    try:
        signed = chain.open(_read_proof(parts.proof).checkpoint)
    except checkpoint.BadCheckpoint as error:
        raise ReceiptRefused(f"The receipt is damaged or of another record: {error}.") from None
    return _verified(parts, signed)


def changes_of(receipt: str) -> tuple[str, tuple[bytes, ...]]:
    """Which record the receipt says that it is of, and the changes of its keys that it holds;
    nothing is checked. Raises ReceiptRefused."""
    parts = _split(receipt)
    try:
        origin = checkpoint.read(_read_proof(parts.proof).checkpoint).origin
    except checkpoint.BadCheckpoint as error:
        raise ReceiptRefused(f"The receipt is damaged: {error}.") from None
    return origin, tuple(line.encode() for line in parts.changes)


def _verified(parts: _Parts, signed: Checkpoint) -> Verified:
    """What it proves under this checkpoint. Raises ReceiptRefused."""
    proof, entry_bytes = _read_proof(parts.proof), parts.entry.encode()
    try:
        tree.check_inclusion(
            proof.path, proof.index, tree.leaf_hash(entry_bytes), signed.size, signed.root
        )
    except tree.ProofRefused as error:
        raise ReceiptRefused(f"The entry does not stand in this record: {error}.") from None
    try:
        read = entry.read(entry_bytes)
    except entry.BadEntry as error:
        raise ReceiptRefused(f"The entry cannot be read: {error}.") from None
    if read.occasion.sequence != proof.index:
        raise ReceiptRefused("The entry names another place than the proof.")
    committed = set(_texts(canonical.decode(entry_bytes)["body"]))
    openings = tuple(_opened(line, committed) for line in parts.openings)
    return Verified(signed.origin, signed.size, signed.root, read, openings)


def _opened(line: str, committed: set[str]) -> Opening:
    try:
        opening = read_opening(line.encode())
    except BadOpening as error:
        raise ReceiptRefused(f"The opening in the receipt is damaged: {error}.") from None
    if opening.commitment not in committed:
        raise ReceiptRefused("The receipt opens something that is not in the entry.")
    if not commitments.opens(opening.commitment, opening.payload, opening.salt, opening.domain):
        raise ReceiptRefused("The text in the receipt is not the one that was handed in.")
    return opening


def _read_proof(proof: str) -> _Proof:
    head, _, signed = proof.partition("\n\n")
    first, *lines = head.split("\n")
    if first != _PROOF or not signed:
        raise ReceiptRefused(f"The proof is not in the format of {_PROOF}.")
    if lines and lines[0].startswith("extra "):
        _base64(lines.pop(0).removeprefix("extra "), "The proof's extra line")
    place = lines.pop(0) if lines else ""
    index = checkpoint.read_number(place.removeprefix("index "))
    if not place.startswith("index ") or index is None:
        raise ReceiptRefused("The proof names no place.")
    path = tuple(_base64(line, "A hash of the proof") for line in lines)
    if any(len(node) != tree.HASH_BYTES for node in path):
        raise ReceiptRefused("A hash of the proof is damaged.")
    return _Proof(index, path, signed)


def _base64(text: str, what: str) -> bytes:
    try:
        return base64_text.read(text)
    except ValueError:
        raise ReceiptRefused(f"{what} is damaged.") from None


def _part(name: str, body: str) -> str:
    return f"-----BEGIN {name}-----\n{body}-----END {name}-----\n"


class _Parts(NamedTuple):
    """A receipt's parts; all but the proof are one line each."""

    entry: str
    proof: str
    openings: tuple[str, ...]
    changes: tuple[str, ...]


def _split(receipt: str) -> _Parts:
    """Its parts. Raises ReceiptRefused."""
    parts = list(_parts(receipt))
    names = [name for name, _ in parts]
    openings, changes = (["OPENING"] * names.count("OPENING"), ["KEYS"] * names.count("KEYS"))
    if names != ["ENTRY", "PROOF", *openings, *changes]:
        raise ReceiptRefused("This is no receipt: it needs an entry, a proof, and then openings.")
    single = [(name, body.removesuffix("\n")) for name, body in parts]
    return _Parts(
        single[0][1],
        parts[1][1],
        tuple(body for name, body in single if name == "OPENING"),
        tuple(body for name, body in single if name == "KEYS"),
    )


def _parts(receipt: str) -> Iterator[tuple[str, str]]:
    """Every part's name and body. Words stand before the first part only."""
    _check_text(receipt)
    name, words = "", True
    body: list[str] = []
    for line in receipt.split("\n"):
        begins = _BEGIN.fullmatch(line)
        if name and line == f"-----END {name}-----":
            yield name, "".join(body)
            name, body = "", []
        elif name and not line.startswith("-----"):
            body.append(line + "\n")
        elif begins and not name:
            name, words = begins[1], False
        elif name or line.startswith("-----") or (line and not words):
            raise ReceiptRefused("The receipt is damaged: its parts are not as they were written.")
    if name:
        raise ReceiptRefused(f"The receipt is cut off in its part {name}.")


def _check_text(receipt: str) -> None:
    try:
        receipt.encode("utf-8")
    except UnicodeEncodeError:
        raise ReceiptRefused("The receipt is no well-formed text.") from None


def _texts(value: Any) -> list[str]:
    """Every text in the entry's body, wherever it stands."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return []
