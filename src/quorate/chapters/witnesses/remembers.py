"""What the chapter on witnesses remembers: who is to cosign the record, for whom.

What they have cosigned is not here: a cosignature is over the record, and so cannot stand in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from immutables import Map

from quorate.chapters.copies import copied_quickly


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness, of a ``branch`` (code) or of another ``organisation`` (its name); the other is "".

    ``keys``: its public keys as texts. ``url``: where it is asked. ``named``: ms, by ``by``.
    """

    name: str
    keys: tuple[str, ...]
    url: str
    branch: str
    organisation: str
    named: int
    by: str


@copied_quickly
class Witnesses(NamedTuple):
    """``now``: name → witness."""

    now: Map[str, Witness] = Map()

    def of_branches(self) -> tuple[Witness, ...]:
        """In the order of their names."""
        return self._those(branch=True)

    def of_others(self) -> tuple[Witness, ...]:
        """Those of other organisations, in the order of their names."""
        return self._those(branch=False)

    def _those(self, *, branch: bool) -> tuple[Witness, ...]:
        return tuple(
            self.now[name] for name in sorted(self.now) if bool(self.now[name].branch) == branch
        )
