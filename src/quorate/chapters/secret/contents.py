"""What the entries about a box state of the ballots in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

from quorate.ballots import box as boxes
from quorate.ballots import writing
from quorate.ballots.elections import read_election
from quorate.chapters.secret.boxes import end_of, hash_of
from quorate.chapters.secret.remembers import Box


class Stated(NamedTuple):
    """The act's fields besides its subject, and the tally that they name, if they do."""

    fields: dict[str, Any]
    tally: bytes | None = None


def grew(box: Box, batch: Sequence[bytes]) -> Stated:
    """``batch``: what goes into the box, in its order."""
    end = _after(box, batch)
    return Stated({"head": end.last, "ballots": box.heads[-1].ballots + len(batch)})


def closed(box: Box, before: Iterable[bytes], batch: Sequence[bytes]) -> Stated:
    """``before``: what is in the box, ``batch``: what still goes in."""
    election = read_election(box.asked.encode())
    made = boxes.close(_after(box, batch), election, chain(before, batch))
    return Stated(
        {
            "head": made.end.last,
            "ballots": box.heads[-1].ballots + len(batch),
            "counted": made.counted,
            "tally": hash_of(made.tally),
        },
        made.tally,
    )


def _after(box: Box, batch: Sequence[bytes]) -> writing.End:
    end = end_of(box)
    for data in batch:
        end = writing.ballot(end, data)[1]
    return end
