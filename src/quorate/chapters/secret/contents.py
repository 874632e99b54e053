"""What the entries about a box state of the ballots in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quorate.ballots import box as boxes
from quorate.ballots import writing
from quorate.chapters.secret.boxes import end_of, hash_of
from quorate.chapters.secret.remembers import Box


def grew(box: Box, batch: Sequence[str]) -> dict[str, Any]:
    """The act's fields besides its subject. ``batch``: the SHA-256 of each ballot that goes into
    the box, in their order."""
    end = writing.after_ballots(end_of(box), batch)
    return {"head": end.last, "ballots": box.heads[-1].ballots + len(batch)}


def closed(box: Box, batch: Sequence[str], tally: bytes, counted: int) -> dict[str, Any]:
    """The same. ``batch``: what still goes in. ``tally``: of all that is in the box then;
    ``counted``: how many ballots are in it."""
    end = boxes.close(writing.after_ballots(end_of(box), batch), tally, counted)
    return {
        "head": end.last,
        "ballots": box.heads[-1].ballots + len(batch),
        "counted": counted,
        "tally": hash_of(tally),
    }
