"""Seats shared out between branches or lists, exactly.

Divisor methods give one seat after the other to the highest quotient members ÷ divisor; with a
minimum, every branch holds that many seats before the first is shared out, which is the divisor
method's result among those that respect the minimum (Balinski and Young, Fair Representation).
The minimum may be another for each branch.
Hare-Niemeyer gives each the whole part of its quota and the rest to the largest remainders.

Equal quotients (or remainders) go by ``ties``: LARGER_FIRST (more members first, then the first
by code), an order stated beforehand (InOrder), or a lot (ByLot).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from quorate.count.figures import some
from quorate.count.lot import drawn_order


class CannotApportion(ValueError):
    """Seats that cannot be shared out as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class LargerFirst:
    """Equal ones: more members first, then the first by code."""


@dataclass(frozen=True, slots=True)
class InOrder:
    """Equal ones in this order, which names every branch."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ByLot:
    """Equal ones by a lot from this seed, labelled "apportionment seat N"."""

    seed: bytes


Ties = LargerFirst | InOrder | ByLot
LARGER_FIRST = LargerFirst()

Minimum = int | Mapping[str, int]
"""The seats that every branch has at least, or those that each has, by its code."""


@dataclass(frozen=True, slots=True)
class Award:
    """Seat number ``seat`` of the house goes to ``code`` for its quotient.

    ``passed_over``: others with this quotient that got no seat for it, because none was left.
    """

    seat: int
    code: str
    quotient: Fraction
    passed_over: tuple[str, ...]


def sainte_lague(
    members: Mapping[str, int], seats: int, *, minimum: Minimum, ties: Ties = LARGER_FIRST
) -> dict[str, int]:
    """Branch → seats with the divisors 1, 3, 5, … Raises CannotApportion."""
    return _tally(members, minimum, divisor_awards(members, seats, odd, minimum, ties))


def dhondt(
    members: Mapping[str, int], seats: int, *, minimum: Minimum, ties: Ties = LARGER_FIRST
) -> dict[str, int]:
    """Branch → seats with the divisors 1, 2, 3, … Raises CannotApportion."""
    return _tally(members, minimum, divisor_awards(members, seats, whole, minimum, ties))


def odd(held: int) -> int:
    """Sainte-Laguë's divisor for a branch that holds so many seats."""
    return 2 * held + 1


def whole(held: int) -> int:
    """D'Hondt's divisor for a branch that holds so many seats."""
    return held + 1


def divisor_awards(
    members: Mapping[str, int],
    seats: int,
    divisor: Callable[[int], int],
    minimum: Minimum,
    ties: Ties,
) -> Iterator[Award]:
    """The seats above the minimum, one after the other; ``divisor``: of the seats held so far.

    Raises CannotApportion.
    """
    left = seats_above_minimum(members, seats, minimum)
    held = _minimums(members, minimum)
    queue = [(-Fraction(size, divisor(held[code])), code) for code, size in members.items()]
    heapq.heapify(queue)
    while left:
        best = queue[0][0]
        equal: list[str] = []
        while queue and queue[0][0] == best:
            equal.append(heapq.heappop(queue)[1])
        ordered = _in_order(equal, members, ties, seats - left + 1)
        passed_over = tuple(ordered[left:])
        for code in ordered[:left]:
            held[code] += 1
            heapq.heappush(queue, (-Fraction(members[code], divisor(held[code])), code))
            yield Award(seats - left + 1, code, -best, passed_over)
            left -= 1


def hare_niemeyer(
    members: Mapping[str, int], seats: int, *, minimum: int, ties: Ties = LARGER_FIRST
) -> dict[str, int]:
    """Branch → seats by largest remainders of the Hare quota.

    Branches whose quota is below the minimum get the minimum and leave the sharing, with their
    members and seats; that is repeated until the quota of every other reaches it.
    Raises CannotApportion.
    """
    shares = dict.fromkeys(members, minimum)
    sharing, left = above_minimum(members, seats, minimum)
    if not sharing:
        return shares
    total = sum(sharing.values())
    quotas = {code: Fraction(size * left, total) for code, size in sharing.items()}
    remainders: dict[Fraction, list[str]] = {}
    for code, quota in quotas.items():
        shares[code] = quota.numerator // quota.denominator
        remainders.setdefault(quota - shares[code], []).append(code)
    over = left - sum(shares[code] for code in sharing)
    for remainder in sorted(remainders, reverse=True):
        for code in _in_order(remainders[remainder], members, ties, seats - over + 1)[:over]:
            shares[code] += 1
            over -= 1
    return shares


def per_members(
    members: Mapping[str, int],
    per: int,
    *,
    minimum: int,
    part: Literal["counts", "rounds"] = "counts",
) -> dict[str, int]:
    """A seat for every ``per`` members, but at least ``minimum``.

    ``part``: a part of ``per`` members counts as a whole, or rounds (a half rounds up).
    Raises CannotApportion.
    """
    if per < 1:
        raise CannotApportion(f"members per delegate: expected at least 1, not {per}")
    _numbers_checked(members, minimum)
    if part == "counts":
        return {code: max(minimum, -(-size // per)) for code, size in members.items()}
    return {code: max(minimum, (2 * size + per) // (2 * per)) for code, size in members.items()}


def above_minimum(
    members: Mapping[str, int], seats: int, minimum: int
) -> tuple[dict[str, int], int]:
    """Whose Hare quota reaches the minimum when the others have left with it, and their seats.

    Raises CannotApportion.
    """
    left = seats
    seats_above_minimum(members, seats, minimum)
    sharing = dict(members)
    while below := _below_minimum(sharing, left, minimum):
        for code in below:
            del sharing[code]
        left -= minimum * len(below)
    return sharing, left


def seats_above_minimum(members: Mapping[str, int], seats: int, minimum: Minimum) -> int:
    """How many seats are left when each has the minimum. Raises CannotApportion."""
    _numbers_checked(members, minimum)
    taken = sum(_minimums(members, minimum).values())
    left = seats - taken
    if left < 0:
        are = "is" if seats == 1 else "are"
        each = f"at least {minimum} each" if isinstance(minimum, int) else "the minimum of each"
        raise CannotApportion(
            f"seats: {len(members)} with {each} need {taken}, and there {are} {seats}"
        )
    if left and not any(members.values()):
        raise CannotApportion(f"members: nobody to share {some(left, 'seats')} between")
    return left


def _minimums(members: Mapping[str, int], minimum: Minimum) -> dict[str, int]:
    """Branch → the seats that it has at least; none where the mapping does not name it."""
    if isinstance(minimum, int):
        return dict.fromkeys(members, minimum)
    return {code: minimum.get(code, 0) for code in members}


def _numbers_checked(members: Mapping[str, int], minimum: Minimum) -> None:
    for code, size in members.items():
        if size < 0:
            raise CannotApportion(f"{code}: expected a number of members from 0, not {size}")
    least = minimum if isinstance(minimum, int) else min(minimum.values(), default=0)
    if least < 0:
        raise CannotApportion(f"minimum: expected a number from 0, not {least}")


def _below_minimum(sharing: Mapping[str, int], left: int, minimum: int) -> list[str]:
    """Whose quota of the ``left`` seats is below the minimum; everyone's, if nobody has members."""
    total = sum(sharing.values())
    return [code for code, size in sharing.items() if size * left < minimum * total or not total]


def _tally(members: Mapping[str, int], minimum: Minimum, awards: Iterator[Award]) -> dict[str, int]:
    shares = _minimums(members, minimum)
    for award in awards:
        shares[award.code] += 1
    return shares


def _in_order(codes: list[str], members: Mapping[str, int], ties: Ties, seat: int) -> list[str]:
    if len(codes) == 1:
        return codes
    match ties:
        case LargerFirst():
            return sorted(codes, key=lambda code: (-members[code], code))
        case InOrder(stated):
            missing = sorted(set(codes) - set(stated))
            if missing:
                raise CannotApportion(f"ties: the stated order does not name {missing[0]}")
            return sorted(codes, key=stated.index)
        case ByLot(seed):
            return drawn_order(seed, f"apportionment seat {seat}", sorted(codes))
