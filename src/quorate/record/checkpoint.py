"""Checkpoints: C2SP tlog-checkpoint. What the keeper of a record signs: its name, its length, and
the root of the tree over all its entries."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from quorate.record import note


class BadCheckpoint(Exception):
    """A checkpoint that cannot be used; says why in plain words."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """``origin``: the record's name. ``size``: number of entries. ``root``: 32 bytes."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The note's text: origin, size, base64 root, a line each."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def sign(checkpoint: Checkpoint, signing_key: str) -> str:
    """The signed note."""
    return note.sign(checkpoint.text(), signing_key)


def read(signed: str) -> Checkpoint:
    """What a signed note says, its signature not yet checked. Raises BadCheckpoint."""
    text = signed.partition("\n\n")[0]
    lines = text.split("\n")
    if len(lines) < 3 or not lines[0]:
        raise BadCheckpoint("a checkpoint has three lines: origin, size, root")
    if not lines[1].isascii() or not lines[1].isdigit() or str(int(lines[1])) != lines[1]:
        raise BadCheckpoint("the checkpoint's size is no number")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except (binascii.Error, ValueError):
        raise BadCheckpoint("the checkpoint's root is not base64") from None
    if len(root) != 32 or base64.b64encode(root).decode() != lines[2]:
        raise BadCheckpoint("the checkpoint's root is not a hash")
    return Checkpoint(lines[0], int(lines[1]), root)


def open_checkpoint(signed: str, verifier: note.Verifier) -> Checkpoint:
    """The checkpoint, if the record's own key signed it. Raises BadCheckpoint."""
    try:
        note.open_note(signed, (verifier,))
    except note.BadNote as error:
        raise BadCheckpoint(str(error)) from None
    checkpoint = read(signed)
    if checkpoint.origin != verifier.name:
        raise BadCheckpoint(
            f"the checkpoint is of {checkpoint.origin}, the key is of {verifier.name}"
        )
    return checkpoint
