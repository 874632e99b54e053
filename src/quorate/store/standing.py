"""What stands: one state of the whole, with the tree over the entries that made it."""

from __future__ import annotations

from dataclasses import dataclass, field

from quorate import organisation
from quorate.chapters.clause import Occasion
from quorate.chapters.state import EMPTY, State
from quorate.record.tree import Frontier


@dataclass(frozen=True, slots=True)
class Standing:
    """One state of the whole, with the tree over the entries that made it."""

    state: State = EMPTY
    tree: Frontier = field(default_factory=Frontier)

    def after(self, act: object, occasion: Occasion, leaf: bytes) -> Standing:
        """What stands after one more entry."""
        return Standing(organisation.apply(self.state, act, occasion), self.tree.append(leaf))
