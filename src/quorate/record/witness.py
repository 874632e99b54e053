"""What a witness answers: C2SP tlog-witness, "add-checkpoint".

A witness keeps of each record the last checkpoint that it cosigned, and cosigns the next only if
the record has grown from it. It sees no entry. This part decides; `witness_folder` keeps.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from quorate import base64_text
from quorate.record import checkpoint, note, tree
from quorate.record.checkpoint import Checkpoint

MOST_PROOF = 63
MOST_REQUEST = note.MAX_NOTE + 4096

BAD_REQUEST = 400
NOT_ITS_KEY = 403
UNKNOWN_LOG = 404
ANOTHER_SIZE = 409
INCONSISTENT = 422


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the size that the witness is thought to have cosigned last, the proof that the
    record grew from it, and the new checkpoint as its keeper signed it."""

    old: int
    proof: tuple[bytes, ...]
    signed: str


@dataclass(frozen=True, slots=True)
class Refused:
    """``status``: the answer's, as the protocol gives it; ``said``: its body."""

    status: int
    said: str


def read(body: bytes) -> Asked | Refused:
    """The request in this body."""
    if len(body) > MOST_REQUEST:
        return Refused(BAD_REQUEST, "the request is too long\n")
    try:
        head, divided, signed = body.decode().partition("\n\n")
    except UnicodeDecodeError:
        return Refused(BAD_REQUEST, "the request is not UTF-8\n")
    first, *lines = head.split("\n")
    old = checkpoint.read_number(first.removeprefix("old "))
    if not divided or not first.startswith("old ") or old is None:
        return Refused(BAD_REQUEST, "the request begins with: old SIZE\n")
    if len(lines) > MOST_PROOF:
        return Refused(BAD_REQUEST, f"a proof has {MOST_PROOF} lines at most\n")
    try:
        return Asked(old, tuple(base64_text.read(line) for line in lines), signed)
    except ValueError:
        return Refused(BAD_REQUEST, "a line of the proof is not base64\n")


def origin_of(asked: Asked) -> str | Refused:
    """Which record the checkpoint names, its signature not yet checked."""
    try:
        return checkpoint.read(asked.signed).origin
    except checkpoint.BadCheckpoint as error:
        return Refused(BAD_REQUEST, f"{error}\n")


def decide(
    asked: Asked, keys: Collection[note.Key], last: Checkpoint | None
) -> Checkpoint | Refused:
    """The checkpoint to be cosigned, or why it is not.

    ``keys``: the record's own, under the name it goes by; none for a record that this witness does
    not know. ``last``: the checkpoint of this record that it cosigned last.
    """
    if not keys:
        return Refused(UNKNOWN_LOG, "this witness does not know that record\n")
    try:
        note.open_note(asked.signed, tuple(keys))
        new = checkpoint.read(asked.signed)
    except (note.BadNote, checkpoint.BadCheckpoint) as error:
        return Refused(NOT_ITS_KEY, f"{error}\n")
    if asked.old > new.size:
        return Refused(BAD_REQUEST, "a record does not shrink\n")
    if asked.old != (0 if last is None else last.size):
        return Refused(ANOTHER_SIZE, f"{0 if last is None else last.size}\n")
    return _grown(asked, new, last)


def _grown(asked: Asked, new: Checkpoint, last: Checkpoint | None) -> Checkpoint | Refused:
    """The new checkpoint, if it continues the last."""
    if new.size == 0 and new.root != tree.EMPTY_ROOT:
        return Refused(INCONSISTENT, "an empty record has the root of nothing\n")
    if last is None or last.size == 0:
        if asked.proof:
            return Refused(INCONSISTENT, "everything continues nothing: no proof is needed\n")
        return new
    try:
        tree.check_consistency(asked.proof, last.size, last.root, new.size, new.root)
    except tree.ProofRefused as error:
        return Refused(INCONSISTENT, f"{error}\n")
    return new


def write(old: int, proof: Collection[bytes], signed: str) -> bytes:
    """The request, as a keeper sends it."""
    lines = [f"old {old}", *(base64_text.write(node) for node in proof)]
    return ("\n".join(lines) + f"\n\n{signed}").encode()
