"""One place by Schulze's method: the rule "schulze/1".

Source: M. Schulze, A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method, Social Choice and Welfare 36 (2011), section 2, with the strength of
a link measured by winning votes (section 2.1): the papers that prefer a to b, if these are more
than those that prefer b to a, and nothing otherwise.

A path is as strong as its weakest link. A candidate is a winner if, for each other candidate,
the strongest path to them is at least as strong as the
strongest path back. Several winners: by lot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quorate.count.pairwise import Matrix, Pair, matrix_of, sheet_of, stated, winner_of
from quorate.count.papers import Election
from quorate.count.sheet import Sheet

RULE = "schulze/1"


def count(election: Election, seed: bytes | None) -> Sheet:
    """Counts the election by "schulze/1". Raises LotNeeded, NotCountable for several seats."""
    matrix = matrix_of(election)
    paths = strongest_paths(matrix.numbers, {p: matrix.prefer[p] for p in matrix.defeats()})
    best = [a for a in matrix.numbers if not beaten_by(matrix, paths, a)]
    winners, ties = winner_of(
        election, best, seed, RULE, "have paths to each other that are equally strong"
    )
    others = sorted(
        (number for number in matrix.numbers if number not in winners),
        key=lambda number: (len(beaten_by(matrix, paths, number)), number),
    )
    how = "the strongest path to each other candidate is stronger than the path back"
    pairwise = stated(election, matrix, {}, paths)
    return sheet_of(RULE, election, matrix, winners + others, ties, how, pairwise)


def strongest_paths(numbers: Iterable[int], links: Mapping[Pair, int]) -> dict[Pair, int]:
    """(a, b) → how strong the strongest path from a to b is, 0 without one."""
    numbers = tuple(numbers)
    paths = {(a, b): links.get((a, b), 0) for a in numbers for b in numbers if a != b}
    for between in numbers:
        for a in numbers:
            for b in numbers:
                if len({a, b, between}) == 3:
                    through = min(paths[a, between], paths[between, b])
                    paths[a, b] = max(paths[a, b], through)
    return paths


def beaten_by(matrix: Matrix, paths: Mapping[Pair, int], candidate: int) -> list[int]:
    """Whose path to the candidate is stronger than the candidate's path to them."""
    return [
        other
        for other in matrix.numbers
        if other != candidate and paths[other, candidate] > paths[candidate, other]
    ]
