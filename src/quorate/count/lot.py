"""Lots, drawn from a seed so that anyone can draw them again.

Each item's ticket is the SHA-256 of four lines, joined by a newline, without one at the end:

    quorate-lot/1
    the seed in lower-case hexadecimal
    the label: what is drawn for
    the item

The items come out in ascending order of their tickets. To draw again by hand:

    printf 'quorate-lot/1\\n%s\\n%s\\n%s' "$SEED" "$LABEL" "$ITEM" | sha256sum

The label keeps two lots from one seed apart. Where a count draws a lot, the items are the
candidates' numbers on the paper, so that neither names nor the order of papers matter, and the
sheet states the label.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

DOMAIN = "quorate-lot/1"


class LotNeeded(Exception):
    """A tie that the rule breaks by lot, and no seed was given.

    ``candidates``: the names of those tied, in the order of the paper. ``label``: of the lot.
    ``elected``: who was elected before the tie came up, in order; no lot can undo that.
    """

    def __init__(
        self, candidates: tuple[str, ...], label: str, elected: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"A lot is needed between {', '.join(candidates)} ({label}).")
        self.candidates = candidates
        self.label = label
        self.elected = elected


def ticket(seed: bytes, label: str, item: str) -> str:
    """The item's ticket, hex. Raises ValueError for an empty seed or a label of several lines."""
    if not seed:
        raise ValueError("seed: expected at least one byte")
    if "\n" in label:
        raise ValueError("label: expected a single line")
    text = "\n".join((DOMAIN, seed.hex(), label, item))
    return hashlib.sha256(text.encode()).hexdigest()


def drawn_order(seed: bytes, label: str, items: Sequence[str]) -> list[str]:
    """The items in the order in which they are drawn. Raises ValueError for a repeated item."""
    if len(set(items)) != len(items):
        raise ValueError("items: expected each item once")
    return sorted(items, key=lambda item: ticket(seed, label, item))


def drawn_candidates(
    seed: bytes | None,
    label: str,
    numbers: Sequence[int],
    names: Sequence[str],
    elected: Sequence[int] = (),
) -> list[int]:
    """Tied candidates in the order drawn; ``names``: of all candidates, in the paper's order.

    ``elected``: candidates who are elected already. Raises LotNeeded without a seed.
    """
    if seed is None:
        raise LotNeeded(
            tuple(names[number - 1] for number in sorted(numbers)),
            label,
            tuple(names[number - 1] for number in elected),
        )
    return [int(item) for item in drawn_order(seed, label, [str(n) for n in sorted(numbers)])]
