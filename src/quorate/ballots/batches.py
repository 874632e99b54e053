"""Batches: ballots go into the box several at a time, in an order that tells nobody when they came.

The order of an archive's events is the order of the ballots, and of several by one credential the
last counts. So a batch is ordered by the ballots' hashes, but those of one credential stay as they
came: they take, in their order, the places that are theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256

from quorate.ballots import writing
from quorate.ballots.door import Admitted
from quorate.ballots.writing import End


def in_order(waiting: Sequence[Admitted]) -> tuple[Admitted, ...]:
    """The ballots of a batch, given as they came, as they go in."""
    by_hash = sorted(waiting, key=lambda one: sha256(one.data).digest())
    come: defaultdict[str, list[Admitted]] = defaultdict(list)
    for one in reversed(waiting):
        come[one.credential].append(one)
    return tuple(come[one.credential].pop() for one in by_hash)


def put_in(end: End, batch: Iterable[Admitted]) -> tuple[bytes, End]:
    """What the archive grows by, and its new end."""
    grown = []
    for one in batch:
        written, end = writing.ballot(end, one.data)
        grown.append(written)
    return b"".join(grown), end
