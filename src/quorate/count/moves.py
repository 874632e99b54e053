"""What a stage of a transferable vote moved, as the count sheet states it.

Votes are integers of some unit, a power of ten to a vote, so that they have a fixed number of
decimal places.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal, Inexact, Rounded
from functools import cache, lru_cache

from quorate.count.sheet import Transfer

NEXT = "next available preference"
NO_NEXT = "no further preference for a continuing candidate"
FRACTIONS = "fractions that the rule ignores"

_EXACT = Context(prec=1_000, traps=[Inexact, Rounded])
"""Nothing is ever rounded: a figure that would have to be is an error."""


@lru_cache(maxsize=4_096)  # a sheet states the same figures at stage after stage
def as_decimal(units: int, unit: int) -> Decimal:
    """So many units, ``unit`` of them a vote, as a decimal with all its places; exact."""
    return Decimal(units).scaleb(-_places(unit), _EXACT)


@cache
def _places(unit: int) -> int:
    return len(str(unit)) - 1


def transfers(
    names: tuple[str, ...], moved: Mapping[tuple[int, int], int], votes: int, unit: int
) -> tuple[Transfer, ...]:
    """What became of ``votes`` units: by candidate in the order of the paper, high values first.

    ``moved``: (candidate's number, or 0 for nobody; value of a paper in units) → papers. What
    those do not account for are fractions that were ignored.
    """
    in_order = sorted(moved.items(), key=lambda item: (item[0][0] == 0, item[0][0], -item[0][1]))
    stated = [
        Transfer(
            to=names[to - 1] if to else None,
            papers=papers,
            value=as_decimal(value, unit),
            votes=as_decimal(papers * value, unit),
            why=NEXT if to else NO_NEXT,
        )
        for (to, value), papers in in_order
    ]
    ignored = votes - sum(papers * value for (_, value), papers in moved.items())
    if ignored:
        nothing = as_decimal(0, unit)
        stated.append(Transfer(None, 0, nothing, as_decimal(ignored, unit), FRACTIONS))
    return tuple(stated)
