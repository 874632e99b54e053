"""Where a record names the commitments to its texts and sheets: the entry, and its act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Named(NamedTuple):
    """Where the record names a commitment."""

    entry: int
    act: str


@dataclass(frozen=True, slots=True)
class Names:
    """Commitments, each with the place where the record names it first.

    They are kept by the act (act → commitment → entry): a record of a million admissions names a
    million sheets, and a number beside each takes a third of what a ``Named`` would.
    """

    by_act: dict[str, dict[str, int]] = field(default_factory=dict)

    def note(self, commitment: str, entry: int, act: str) -> None:
        """Takes the place down, unless an earlier one is known."""
        for places in self.by_act.values():
            if commitment in places:
                return
        self.by_act.setdefault(act, {})[commitment] = entry

    def find(self, commitment: str) -> Named | None:
        """The place, if the record names it."""
        for act, places in self.by_act.items():
            entry = places.get(commitment)
            if entry is not None:
                return Named(entry, act)
        return None

    def __contains__(self, commitment: object) -> bool:
        return any(commitment in places for places in self.by_act.values())

    def places(self) -> Iterator[tuple[str, Named]]:
        """Every commitment, and where it is named first."""
        for act, places in self.by_act.items():
            for commitment, entry in places.items():
                yield commitment, Named(entry, act)
