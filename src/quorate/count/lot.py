"""Lots: an order drawn from a seed, that anyone can draw again.

The place of an item is given by hex SHA-256 of the text "quorate/draw/v1", the seed in hex, the
label and the item, each ended by a newline; the lowest comes first. With a shell:
printf 'quorate/draw/v1\\nSEED\\nLABEL\\nITEM\\n' | sha256sum
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


class LotNeeded(Exception):
    """A tie has to be broken by lot, and no seed is given. ``candidates``: who is tied."""

    def __init__(self, candidates: Sequence[str]) -> None:
        super().__init__(f"a lot is needed between {', '.join(candidates)}")
        self.candidates = tuple(candidates)


def drawn_order(seed: bytes, label: str, items: Sequence[str]) -> list[str]:
    """The items in the order drawn. ``label`` makes draws from one seed independent."""

    def place(item: str) -> str:
        text = f"quorate/draw/v1\n{seed.hex()}\n{label}\n{item}\n"
        return hashlib.sha256(text.encode()).hexdigest()

    return sorted(items, key=lambda item: (place(item), item))
