"""Checkpoints: C2SP tlog-checkpoint. What the keeper of a record signs: its name, its length, and
the root of the tree over all its entries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quorate import base64_text
from quorate.record import note

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


class BadCheckpoint(Exception):
    """A checkpoint that cannot be used; says why in plain words."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """``origin``: the record's name. ``size``: number of entries. ``root``: 32 bytes.

    ``extensions``: further lines, each non-empty; the specification advises against them and this
    program writes none of its own.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The note's text: origin, size, base64 root and any extensions, a line each."""
        lines = (self.origin, str(self.size), base64_text.write(self.root), *self.extensions)
        return "\n".join(lines) + "\n"


def sign(checkpoint: Checkpoint, *signing_keys: str) -> str:
    """The signed note. Raises BadCheckpoint for what no reader would take, BadNote for a key."""
    text = checkpoint.text()
    if read_text(text) != checkpoint:
        raise BadCheckpoint("origin and extensions are a line each")
    return note.sign(text, *signing_keys)


def read(signed: str) -> Checkpoint:
    """What a signed note says, its signature not yet checked. Raises BadCheckpoint."""
    try:
        return read_text(note.text_of(signed))
    except note.BadNote as error:
        raise BadCheckpoint(str(error)) from None


def open_checkpoint(signed: str, *keys: note.Key) -> Checkpoint:
    """The checkpoint, if one of these keys of the record signed it. Raises BadCheckpoint."""
    try:
        checkpoint = read_text(note.open_note(signed, keys).text)
    except note.BadNote as error:
        raise BadCheckpoint(str(error)) from None
    for key in keys:
        if checkpoint.origin != key.name:
            raise BadCheckpoint(
                f"the checkpoint is of {checkpoint.origin}, the key is of {key.name}"
            )
    return checkpoint


def read_number(text: str) -> int | None:
    """A size or index as the formats write it: ASCII digits, no leading zero, below 10^19.

    None for any other text.
    """
    return int(text) if _NUMBER.fullmatch(text) else None


def read_text(text: str) -> Checkpoint:
    """What the text of a note says. Raises BadCheckpoint."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 3 or not all(lines):
        raise BadCheckpoint("a checkpoint has three lines: origin, size, root")
    origin, number, coded, *extensions = lines
    size = read_number(number)
    if size is None:
        raise BadCheckpoint("the checkpoint's size is no number")
    try:
        root = base64_text.read(coded)
    except ValueError:
        raise BadCheckpoint("the checkpoint's root is not base64") from None
    if len(root) != 32:
        raise BadCheckpoint("the checkpoint's root is not a hash")
    return Checkpoint(origin, size, root, tuple(extensions))
