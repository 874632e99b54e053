"""The promise that whoever casts a secret ballot is given at once: a note signed with the record's
key, that the ballot with this hash is in the box with the batch that is due then.

Its text is of five lines, the last a time in ms since 1970:

    ORIGIN
    quorate ballot promise
    election 7
    ballot SHA-256 in hexadecimal
    due 1795420056000

The second line is no number, so that no promise can be read as a checkpoint.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from quorate.ballots import archive
from quorate.chapters.plain import on
from quorate.chapters.secret.remembers import Box
from quorate.chapters.state import State
from quorate.record import keeper, note

_WHAT = "quorate ballot promise"
_TEXT = re.compile(
    r"(?P<origin>[^\n]+)\n"
    + _WHAT
    + r"\nelection (?P<election>[1-9][0-9]{0,12})\nballot (?P<ballot>[0-9a-f]{64})\n"
    r"due (?P<due>[1-9][0-9]{0,14})\n"
)


class BadPromise(Exception):
    """It is no promise, or not signed by the record's key; says which."""


class Promise(NamedTuple):
    """``ballot``: its SHA-256 in hexadecimal. ``due``: ms."""

    origin: str
    election: int
    ballot: str
    due: int


def sign(promise: Promise, signing_key: str) -> str:
    """The note."""
    return note.sign(
        f"{promise.origin}\n{_WHAT}\nelection {promise.election}\nballot {promise.ballot}\n"
        f"due {promise.due}\n",
        signing_key,
    )


def read(signed: str, public: Sequence[str]) -> Promise:
    """What the record's keys have promised, those of other types than Ed25519 apart. Raises
    BadPromise."""
    try:
        keys = [
            key for key in keeper.read_keys("\n".join(public)) if isinstance(key, note.Verifier)
        ]
        text = note.open_note(signed, keys).text
    except note.BadNote as error:
        raise BadPromise(f"It is not signed with the record's key: {error}.") from None
    found = _TEXT.fullmatch(text)
    if found is None:
        raise BadPromise("It is no promise about a ballot.")
    return Promise(found["origin"], int(found["election"]), found["ballot"], int(found["due"]))


def broken(promise: Promise, state: State, content: bytes | None) -> str | None:
    """How the promise was broken, by the record and its archive of the election (None where there
    is none); "" where it was kept, None while it is not due by this record.

    The box is complete at its last head: what is in the archive is what the record says.
    """
    box = state.secret.boxes.get(promise.election)
    if promise.origin != state.founding.origin:
        return f"It is of another record, {promise.origin}."
    if box is None:
        return f"The record knows no box of election {promise.election}."
    since = _first_since(box, promise.due)
    if since is None:
        return None
    if content is None:
        return "The box is missing from this export."
    try:
        read = archive.read(content)
    except archive.BadArchive as error:
        return f"The box cannot be read: {error}."
    ballots = [event.payload for event in read.events if event.type == "Ballot"]
    if promise.ballot in ballots[:since]:
        return ""
    return (
        f"The ballot was promised to be in the box by {_by(box, promise.due)}, and is not among "
        f"the {since} that were in it then."
    )


def _first_since(box: Box, due: int) -> int | None:
    """How many ballots the record says were in the box when it was due, or soon after. Once the box
    is closed nothing comes any more, whatever was promised: so a promise for later is due then."""
    last = box.heads[-1].ballots if box.closed is not None else None
    return next((head.ballots for head in box.heads[1:] if head.time >= due), last)


def _by(box: Box, due: int) -> str:
    over = box.closed is not None and due > box.closed
    return "a time after its close" if over else on(due)
