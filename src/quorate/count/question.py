"""A question put to a meeting: yes, no, abstain, and the majority that it needs.

The majority is an exact share of a whole that the rulebook names: the votes for and against
("cast"), those and the abstentions ("voting"), those present ("present"), all seats or members
("seats"), or all who could vote ("eligible"). Nothing is carried without a single vote in favour,
whatever the share.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from quorate.count.figures import some

Whole = Literal["cast", "voting", "present", "seats", "eligible"]

_WHOLES: dict[Whole, str] = {
    "cast": "cast",
    "voting": "cast with abstentions",
    "present": "present",
    "seats": "seats",
    "eligible": "eligible",
}
_PARTS = {3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth", 10: "tenth"}
_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Answer:
    """``base``: the whole in votes; ``needed``: the least number of votes in favour.

    ``sentence``: the arithmetic in plain words.
    """

    in_favour: int
    base: int
    needed: int
    carried: bool
    sentence: str


def put(
    *,
    in_favour: int,
    against: int,
    abstained: int,
    present: int,
    seats: int,
    share: Fraction,
    of: Whole,
    strictly: bool,
) -> Answer:
    """Whether the question is carried, with the arithmetic in plain words.

    ``strictly``: more than the share is needed, not just the share itself. ``present`` may be
    below the number of votes, when somebody voted and left; the share is then of those present.
    ``seats``: how many seats there are, or how many could vote. Raises ValueError for a negative
    number, a share outside 0 < share ≤ 1, an unknown whole, and more votes than seats or people
    who could vote where these are the whole.
    """
    numbers = {
        "in_favour": in_favour,
        "against": against,
        "abstained": abstained,
        "present": present,
        "seats": seats,
    }
    for name, number in numbers.items():
        if number < 0:
            raise ValueError(f"{name}: expected a number from 0, not {number}")
    if not 0 < share <= 1:
        raise ValueError(f"share: expected more than 0 and at most 1, not {share}")
    bases = {
        "cast": in_favour + against,
        "voting": in_favour + against + abstained,
        "present": present,
        "seats": seats,
        "eligible": seats,
    }
    if of not in bases:
        raise ValueError(f"of: expected one of {', '.join(bases)}, not {of}")
    if of in ("seats", "eligible") and bases["voting"] > seats:
        raise ValueError(f"{of}: {some(bases['voting'], 'votes')} for {seats} {_WHOLES[of]}")
    base = bases[of]
    needed = votes_needed(share, base, strictly=strictly)
    demand = f"{'more than ' if strictly else ''}{share_in_words(share)}, {needed}, "
    demand += "was needed" if needed == 1 else "were needed"
    outcome = "carried" if in_favour >= needed else "not carried"
    sentence = f"{_part(in_favour, base, of)}; {demand}: {outcome}."
    return Answer(in_favour, base, needed, in_favour >= needed, sentence)


def votes_needed(share: Fraction, base: int, *, strictly: bool) -> int:
    """The least whole number, from 1, that reaches the share of ``base`` (or exceeds it)."""
    exact = share * base
    floor = exact.numerator // exact.denominator
    if strictly or exact.denominator != 1:
        floor += 1
    return max(floor, 1)


def share_in_words(share: Fraction) -> str:
    """The share as one says it: "two thirds", "half"; rarer ones in figures."""
    if share == 1:
        return "all"
    if share == Fraction(1, 2):
        return "half"
    part = _PARTS.get(share.denominator)
    if part is None:
        return f"{share.numerator}/{share.denominator}"
    return f"{_NUMBERS[share.numerator]} {part}{'s' if share.numerator > 1 else ''}"


def percentage(part: int, whole: int) -> str:
    """A share such as "72.8 %": to one decimal, halves rounded up."""
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10} %"


def _part(in_favour: int, base: int, of: Whole) -> str:
    if base == 0:
        return f"{in_favour} in favour, of 0 {_WHOLES[of]}"
    return f"{in_favour} of {base} {_WHOLES[of]} is {percentage(in_favour, base)}"
