"""One place by ranked pairs: the rule "ranked-pairs/1".

Source: T. N. Tideman, Independence of clones as a criterion for voting rules, Social Choice and
Welfare 4 (1987), with defeats ranked by winning votes. Defeats are locked one after the other, the
strongest first: more papers for it, then fewer against it. One that would close a circle with
those locked before is left out. Whom no locked defeat hits is elected.

Equal defeats that contradict each other are taken in an order drawn by lot (as T. M. Zavist and
Tideman do, Social Choice and Welfare 6, 1989): candidates are drawn; defeats by those drawn earlier
go first, and of the same candidate's those over candidates drawn later. Several whom no locked
defeat hits: by lot.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from quorate.count.lot import drawn_candidates
from quorate.count.pairwise import Matrix, Pair, matrix_of, sheet_of, stated, winner_of
from quorate.count.papers import Election
from quorate.count.sheet import Sheet, Tie, listed

RULE = "ranked-pairs/1"


@dataclass(slots=True)
class _Locking:
    """``locked``: defeats that stand. ``left_out``: the others, and why."""

    locked: set[Pair] = field(default_factory=set)
    left_out: dict[Pair, str] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)


def count(election: Election, seed: bytes | None) -> Sheet:
    """Counts the election by "ranked-pairs/1". Raises LotNeeded, NotCountable."""
    matrix = matrix_of(election)
    locking = _Locking()
    strongest = sorted(matrix.defeats(), key=lambda pair: _rank(matrix, pair))
    for _, equal in groupby(strongest, key=lambda pair: _rank(matrix, pair)):
        _lock(election, matrix, locking, list(equal), seed)
    hit = {b for _, b in locking.locked}
    best = [number for number in matrix.numbers if number not in hit]
    winners, ties = winner_of(election, best, seed, RULE, "are hit by no locked defeat")
    others = sorted(
        (number for number in matrix.numbers if number not in winners),
        key=lambda number: (len(_before(locking.locked, number)), number),
    )
    pairwise = stated(election, matrix, locking.left_out)
    return sheet_of(
        RULE,
        election,
        matrix,
        winners + others,
        (*locking.ties, *ties),
        "no locked defeat hits them",
        pairwise,
    )


def _rank(matrix: Matrix, pair: Pair) -> tuple[int, int]:
    a, b = pair
    return -matrix.prefer[a, b], matrix.prefer[b, a]


def _lock(
    election: Election, matrix: Matrix, locking: _Locking, equal: list[Pair], seed: bytes | None
) -> None:
    """Locks equally strong defeats, except those that close a circle."""
    free: list[Pair] = []
    for a, b in equal:
        if _leads(locking.locked, b, a):
            locking.left_out[a, b] = "it would close a circle with stronger defeats"
        else:
            free.append((a, b))
    together = locking.locked | set(free)
    if not any(_leads(together, b, a) for a, b in free):
        locking.locked = together
        return
    for a, b in _drawn(election, matrix, locking, free, seed):
        if _leads(locking.locked, b, a):
            locking.left_out[a, b] = "it would close a circle with defeats that a lot put before it"
        else:
            locking.locked.add((a, b))


def _drawn(
    election: Election, matrix: Matrix, locking: _Locking, equal: list[Pair], seed: bytes | None
) -> list[Pair]:
    """The equal defeats in an order drawn by lot. Raises LotNeeded."""
    involved = sorted({number for pair in equal for number in pair})
    for_it, against = matrix.prefer[equal[0]], matrix.prefer[equal[0][1], equal[0][0]]
    label = f"{RULE} defeats of {for_it} to {against}"
    order = drawn_candidates(seed, label, involved, election.candidates)
    names = tuple(election.name(number) for number in involved)
    drawn = tuple(election.name(number) for number in order)
    says = (
        f"Defeats of {for_it} to {against} between {listed(names)} are equally strong and "
        f"contradict each other; a lot drew {listed(drawn)} in this order."
    )
    locking.ties.append(Tie(1, names, drawn[:1], says, label))
    return sorted(equal, key=lambda pair: (order.index(pair[0]), -order.index(pair[1])))


def _leads(locked: Iterable[Pair], start: int, end: int) -> bool:
    """Whether locked defeats lead from one candidate to the other."""
    return start in _before(locked, end)


def _before(locked: Iterable[Pair], candidate: int) -> set[int]:
    """From whom locked defeats lead to the candidate."""
    pairs = list(locked)
    found: set[int] = set()
    new = {candidate}
    while new:
        new = {a for a, b in pairs if b in new} - found
        found |= new
    return found
