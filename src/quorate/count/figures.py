"""What the figures of a count sheet are, and how they are said: votes, points, pairs won."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

Figures = Literal["votes", "points", "pairwise wins"]
"""What a rule counts of each candidate. A pairwise win: so many others to whom more papers prefer
the candidate than the other way round; it is no number of votes."""


def figure(number: Decimal) -> str:
    """The decimal in plain digits, never with an exponent."""
    return format(number, "f")


def some(number: Decimal | int, what: str) -> str:
    """So many of them: "1 vote", "12.5 votes"; ``what``: the word for several, ending with s.

    Whole numbers that are no figures of a count have commas: "5,055 papers".
    """
    shown = f"{number:,}" if isinstance(number, int) else figure(number)
    return f"{shown} {what.removesuffix('s') if shown == '1' else what}"
