"""Shares and majorities as exact fractions: "2/3", "3%", "1/2"."""

from __future__ import annotations

import re
from fractions import Fraction

_FRACTION = re.compile(r"(\d{1,6})/(\d{1,6})", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,4}))?\s?%", re.ASCII)


def read_share(text: object) -> Fraction:
    """A share of the whole, 0 < share ≤ 1, from "2/3" or "3%". Raises ValueError."""
    if isinstance(text, Fraction):
        share = text
    elif not isinstance(text, str):
        raise ValueError('expected a share in quotation marks, such as "2/3" or "3%"')
    elif (match := _FRACTION.fullmatch(text.strip())) and int(match[2]):
        share = Fraction(int(match[1]), int(match[2]))
    elif match := _PERCENT.fullmatch(text.strip()):
        share = Fraction(f"{match[1]}.{match[2] or 0}") / 100
    else:
        raise ValueError(f'expected a share such as "2/3" or "3%", not "{text}"')
    if not 0 < share <= 1:
        raise ValueError(f'a share lies above nothing and up to the whole, not "{text}"')
    return share


def read_number_or_share(said: object) -> int | Fraction:
    """A number of them, 0 or more, or a share as above. Raises ValueError."""
    if not isinstance(said, int) or isinstance(said, bool):
        return read_share(said)
    if not 0 <= said <= 100_000:
        raise ValueError(f"expected a number from 0 to 100,000, not {said}")
    return said


def write_share(share: Fraction) -> str:
    """The share as a rulebook writes it: "3%" where that is exact and short, else "2/3"."""
    percent = share * 100
    if percent.denominator == 1 and share.denominator > 6:
        return f"{percent.numerator}%"
    return f"{share.numerator}/{share.denominator}"


def needed(share: Fraction, whole: int, *, more_than: bool) -> int:
    """The smallest number that is at least ``share`` of ``whole`` (or strictly more than it)."""
    floor, rest = divmod(share.numerator * whole, share.denominator)
    return floor + 1 if more_than or rest else floor
