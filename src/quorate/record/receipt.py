"""Receipts: what proves, offline and to anyone, that an act stands in the record.

A receipt is one text file: words for people, then the entry's bytes, the proof (C2SP tlog-proof,
verbatim, so that other tools can check it), and, for whoever handed something in, the opening of
the entry's commitments: the text itself with its salt. Each part stands between a line
-----BEGIN NAME----- and a line -----END NAME-----. The words are for reading only: nothing is
proved by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from quorate import base64_text, commitments
from quorate.record import canonical, checkpoint, entry, note, tree

_PROOF = "c2sp.org/tlog-proof@v1"
_BEGIN = re.compile(r"-----BEGIN (ENTRY|PROOF|OPENING)-----")
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


@dataclass(frozen=True, slots=True)
class Verified:
    """What a receipt proves: this entry stands at its place in the record of ``origin``.

    ``size``, ``root``: of the record that its keeper signed. ``openings``: the things that the
    entry commits to, checked against it.
    """

    origin: str
    size: int
    root: bytes
    entry: entry.Entry
    openings: tuple[Opening, ...]


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


def write(words: str, entry_bytes: bytes, proof: str, openings: Sequence[Opening] = ()) -> str:
    """The receipt file. ``words``: what it is, for the person who keeps it.

    Raises ValueError for words with a line that could be taken for the beginning of a part.
    """
    if any(line.startswith("-----") for line in words.splitlines()):
        raise ValueError("the words of a receipt have no line that starts with -----")
    parts = [words.rstrip() + "\n", _part("ENTRY", entry_bytes.decode("utf-8") + "\n")]
    parts.append(_part("PROOF", proof))
    parts.extend(_part("OPENING", write_opening(opening).decode() + "\n") for opening in openings)
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


def verify(receipt: str, verifier_key: str) -> Verified:
    """What the receipt proves under the record's public key. Raises ReceiptRefused."""
    try:
        verifier = note.read_verifier(verifier_key)
    except note.BadNote as error:
        raise ReceiptRefused(f"The public key cannot be used: {error}.") from None
    return verify_with(receipt, verifier)


def verify_with(receipt: str, verifier: note.Verifier) -> Verified:
    """The same, with the key already read."""
    written, proof, opening_lines = _split(receipt)
    entry_bytes = written.encode()
    signed = check_proof(proof, entry_bytes, verifier)
    try:
        read = entry.read(entry_bytes)
    except entry.BadEntry as error:
        raise ReceiptRefused(f"The entry cannot be read: {error}.") from None
    if read.occasion.sequence != _read_proof(proof).index:
        raise ReceiptRefused("The entry names another place than the proof.")
    committed = set(_texts(canonical.decode(entry_bytes)["body"]))
    return Verified(
        signed.origin,
        signed.size,
        signed.root,
        read,
        tuple(_opened(line, committed) for line in opening_lines),
    )


def check_proof(proof: str, entry_bytes: bytes, verifier: note.Verifier) -> checkpoint.Checkpoint:
    """Checks a tlog-proof of the entry; gives its checkpoint. Raises ReceiptRefused."""
    read = _read_proof(proof)
    try:
        signed = checkpoint.open_checkpoint(read.checkpoint, verifier)
    except checkpoint.BadCheckpoint as error:
        raise ReceiptRefused(f"The receipt is damaged or of another record: {error}.") from None
    try:
        tree.check_inclusion(
            read.path, read.index, tree.leaf_hash(entry_bytes), signed.size, signed.root
        )
    except tree.ProofRefused as error:
        raise ReceiptRefused(f"The entry does not stand in this record: {error}.") from None
    return signed


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


def _split(receipt: str) -> tuple[str, str, list[str]]:
    """Entry, proof and openings; entry and openings are one line each. Raises ReceiptRefused."""
    parts = list(_parts(receipt))
    names = [name for name, _ in parts]
    if names[:2] != ["ENTRY", "PROOF"] or not set(names[2:]) <= {"OPENING"}:
        raise ReceiptRefused("This is no receipt: it needs an entry, a proof, and then openings.")
    single = [body.removesuffix("\n") for name, body in parts if name != "PROOF"]
    return single[0], parts[1][1], single[1:]


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
