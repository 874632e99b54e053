"""Sharing out seats: so many members a delegate, or a divisor method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction


def per_members(members: Mapping[str, int], per: int, *, minimum: int) -> dict[str, int]:
    """A seat for every ``per`` members or part of that number, and at least ``minimum``."""
    if per < 1:
        raise ValueError("at least one member a delegate")
    return {code: max(minimum, -(-count // per)) for code, count in members.items()}


def sainte_lague(members: Mapping[str, int], seats: int, *, minimum: int) -> dict[str, int]:
    """Sainte-Laguë (Webster): the next seat goes to the highest members ÷ (2 × seats + 1)."""
    return _by_divisors(members, seats, minimum, lambda held: 2 * held + 1)


def dhondt(members: Mapping[str, int], seats: int, *, minimum: int) -> dict[str, int]:
    """D'Hondt (Jefferson): the next seat goes to the highest members ÷ (seats + 1)."""
    return _by_divisors(members, seats, minimum, lambda held: held + 1)


def _by_divisors(
    members: Mapping[str, int], seats: int, minimum: int, divisor: Callable[[int], int]
) -> dict[str, int]:
    """Seats one after the other; everyone has ``minimum`` first, even beyond ``seats``.

    Equal quotients go to more members, then to the first name.
    """
    shares = dict.fromkeys(members, minimum)
    for _ in range(seats - minimum * len(shares)):
        best = min(
            shares,
            key=lambda code: (
                -Fraction(members[code], divisor(shares[code])),
                -members[code],
                code,
            ),
            default=None,
        )
        if best is None:
            break
        shares[best] += 1
    return shares
