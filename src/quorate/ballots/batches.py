"""Batches: ballots go into the box several at a time, in an order that tells nobody when they came.

The order of an archive's events is the order of the ballots, and of several by one credential the
last counts. So a batch is ordered by the ballots' hashes, but those of one credential stay as they
came: they take, in their order, the places that are theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple


class Waiting(NamedTuple):
    """A ballot that waits. ``hash``: its SHA-256, in hexadecimal. ``credential``: as the roll
    writes it."""

    hash: str
    credential: str


def in_order(waiting: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """The ballots of a batch, given as they came, as they go in."""
    come: defaultdict[str, list[Waiting]] = defaultdict(list)
    for one in reversed(waiting):
        come[one.credential].append(one)
    return tuple(come[one.credential].pop() for one in sorted(waiting))
