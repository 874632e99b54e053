"""A question put to the vote: yes, no, abstain, and the majority that it needs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Base = Literal["cast", "voting", "present", "seats"]


@dataclass(frozen=True, slots=True)
class Answer:
    """``base``: the number of which the majority is a share. ``needed``: votes for that carry it."""

    base: int
    needed: int
    carried: bool


def put(
    *,
    in_favour: int,
    against: int,
    abstained: int,
    present: int,
    seats: int,
    share: Fraction,
    of: Base,
    strictly: bool,
) -> Answer:
    """Whether the question is carried, in exact fractions.

    ``of``: "cast" is for and against, "voting" counts abstentions too. ``strictly``: more than the
    share, not just reaching it. With nobody for, nothing is carried.
    """
    base = {
        "cast": in_favour + against,
        "voting": in_favour + against + abstained,
        "present": present,
        "seats": seats,
    }[of]
    exact = share * base
    whole = exact.numerator // exact.denominator
    reached = whole if exact.denominator == 1 else whole + 1
    needed = max(1, whole + 1 if strictly else reached)
    return Answer(base, needed, in_favour >= needed)
