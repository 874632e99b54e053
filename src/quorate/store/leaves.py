"""The tree over the record in this process, for receipts and proofs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

from quorate.record import tree
from quorate.store import entries


@dataclass
class Leaves:
    """It grows with the record, when somebody asks for it. Several threads may use it at once."""

    levels: tree.Levels = field(default_factory=lambda: tree.levels(()))
    lock: Lock = field(default_factory=Lock)

    def begin(self, levels: tree.Levels) -> None:
        """Starts from this tree, which somebody has made sure of."""
        with self.lock:
            if self.levels.size < levels.size:
                self.levels = levels

    def grow(self, start: int, written: Iterable[bytes]) -> None:
        """Takes the entries from ``start`` on that were written just now, if it has come so far."""
        with self.lock:
            if self.levels.size == start:
                for data in written:
                    self.levels.append(tree.leaf_hash(data))

    def until(self, size: int) -> tree.Levels:
        """The tree over the first ``size`` entries at least: what is there stays as it is."""
        with self.lock:
            if self.levels.size < size:
                for _, data in entries.between(self.levels.size, size):
                    self.levels.append(tree.leaf_hash(data))
            return self.levels
