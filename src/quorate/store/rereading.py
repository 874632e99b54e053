"""Holding the entries in the database against the tree, without replaying them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from quorate.record import tree
from quorate.store import entries
from quorate.store.following import BrokenRecord


def reread(grown: tree.Levels, size: int, pause: Callable[[], None] = lambda: None) -> None:
    """Reads the first ``size`` entries again. Raises BrokenRecord naming the first that is missing
    or is not the one whose hash is in the tree. ``pause`` is called now and then."""
    coming, at = entries.between(0, size), 0
    while together := list(islice(coming, entries.BATCH)):
        for place, (sequence, data) in enumerate(together, at):
            if sequence != place or tree.leaf_hash(data) != grown.hashes(0, place, place + 1):
                raise BrokenRecord(f"entry {place} is not the one that was signed")
        at += len(together)
        pause()
    if at != size:
        raise BrokenRecord(f"entry {at} is missing")
