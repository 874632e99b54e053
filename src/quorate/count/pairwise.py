"""Comparing candidates in pairs: the matrix that the Condorcet rules share.

A paper prefers a candidate to those at later ranks and to those it does not rank. Candidates in
one rank, and those not ranked, are equal to each other; an empty rank changes nothing. Withdrawn
candidates are passed over. A paper is invalid that ranks nobody standing, ranks a candidate in two
ranks, or bears a number that nobody has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from quorate.count.lot import drawn_candidates
from quorate.count.papers import Election, NotCountable
from quorate.count.sheet import (
    Action,
    Defeat,
    Elected,
    Pairwise,
    Papers,
    Sheet,
    Stage,
    Tie,
    accounted,
    listed,
)

UNMARKED = "no mark"
WITHDRAWN = "preferences for withdrawn candidates only"
NOBODY = "a mark for nobody standing"
TWICE = "a candidate ranked twice"

Ranking = tuple[frozenset[int], ...]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Matrix:
    """``prefer``: (a, b) → papers that prefer a to b, for all pairs of ``numbers``."""

    numbers: tuple[int, ...]
    prefer: Mapping[Pair, int]
    papers: Papers

    def defeats(self, among: Iterable[int] | None = None) -> list[Pair]:
        """(a, b) for each a that more papers prefer to b than the other way round."""
        numbers = self.numbers if among is None else tuple(sorted(among))
        return [
            (a, b)
            for a in numbers
            for b in numbers
            if a != b and self.prefer[a, b] > self.prefer[b, a]
        ]


def matrix_of(election: Election) -> Matrix:
    """Counts every pair of candidates standing. Raises NotCountable for several seats."""
    if election.seats != 1:
        raise NotCountable(f"seats: a Condorcet rule fills one seat, not {election.seats}")
    numbers = election.standing
    prefer = {(a, b): 0 for a in numbers for b in numbers if a != b}
    rankings: dict[Ranking, int] = {}
    invalid: dict[str, int] = {}
    for paper in election.papers:
        ranking = read_ranking(election, paper.ranks)
        if isinstance(ranking, str):
            invalid[ranking] = invalid.get(ranking, 0) + paper.weight
        else:
            rankings[ranking] = rankings.get(ranking, 0) + paper.weight
    for ranking, papers in rankings.items():
        below = set(numbers)
        for rank in ranking:
            below -= rank
            for a in rank:
                for b in below:
                    prefer[a, b] += papers
    read = sum(paper.weight for paper in election.papers)
    return Matrix(numbers, prefer, accounted(read, invalid))


def read_ranking(election: Election, ranks: Iterable[Iterable[int]]) -> Ranking | str:
    """The ranks with candidates standing in them, or why the paper is invalid."""
    marks = [frozenset(rank) for rank in ranks]
    every = [number for rank in marks for number in rank]
    if not every:
        return UNMARKED
    if not all(1 <= number <= len(election.candidates) for number in every):
        return NOBODY
    if len(every) != len(set(every)):
        return TWICE
    standing = tuple(left for rank in marks if (left := rank - election.withdrawn))
    return standing or WITHDRAWN


def stated(
    election: Election,
    matrix: Matrix,
    dropped: Mapping[Pair, str],
    paths: Mapping[Pair, int] | None = None,
) -> Pairwise:
    """The matrix and the defeats for the count sheet, the strongest first.

    ``dropped``: defeats that the rule does not use, and why. ``paths``: strengths of paths.
    """
    strongest = sorted(matrix.defeats(), key=lambda pair: (*_weakness(matrix, pair), pair))
    return Pairwise(
        candidates=tuple(election.name(number) for number in matrix.numbers),
        prefer=_rows(matrix.numbers, matrix.prefer),
        defeats=tuple(
            Defeat(
                election.name(a),
                election.name(b),
                matrix.prefer[a, b],
                matrix.prefer[b, a],
                dropped.get((a, b)),
            )
            for a, b in strongest
        ),
        paths=None if paths is None else _rows(matrix.numbers, paths),
    )


def winner_of(
    election: Election, best: list[int], seed: bytes | None, rule: str, why: str
) -> tuple[list[int], tuple[Tie, ...]]:
    """Who of the best is elected: the only one, or by lot; nobody if there is none.

    ``why``: why several are best, as a sentence's end. Raises LotNeeded.
    """
    if len(best) <= 1:
        return best, ()
    label = f"{rule} winner"
    order = drawn_candidates(seed, label, best, election.candidates)
    names = tuple(election.name(number) for number in sorted(best))
    says = (
        f"{listed(names)} {why}; a lot drew {listed(election.name(n) for n in order)} in this "
        f"order, so {election.name(order[0])} is elected."
    )
    return order[:1], (Tie(1, names, (election.name(order[0]),), says, label),)


def sheet_of(
    rule: str,
    election: Election,
    matrix: Matrix,
    ranked: list[int],
    ties: tuple[Tie, ...],
    how: str,
    pairwise: Pairwise,
    remarks: tuple[str, ...] = (),
) -> Sheet:
    """The count sheet: the first of ``ranked`` is elected, the others follow best first.

    The figures of its only stage are not votes, but pairwise wins: how many others each candidate
    defeats.
    """
    beaten = dict.fromkeys(matrix.numbers, 0)
    for a, _ in matrix.defeats():
        beaten[a] += 1
    elected = ranked[:1]
    says = (
        "Candidates are compared in pairs. The figures are pairwise wins: how many others each "
        "candidate is preferred to by more papers than the other way round."
    )
    stage = Stage(
        number=1,
        action=Action("count", None, None, says),
        votes=tuple(
            (name, Decimal(beaten.get(number, 0)))
            for number, name in enumerate(election.candidates, start=1)
        ),
        nontransferable=Decimal(0),
        transfers=(),
        elected=tuple(election.name(number) for number in elected),
    )
    return Sheet(
        rule=rule,
        title=election.title,
        seats=1,
        quota=None,
        candidates=election.candidates,
        withdrawn=tuple(election.name(number) for number in sorted(election.withdrawn)),
        papers=matrix.papers,
        stages=(stage,),
        ties=ties,
        elections=tuple(
            Elected(
                election.name(n), 1, Decimal(beaten[n]), "a lot between equals" if ties else how
            )
            for n in elected
        ),
        not_elected=tuple(election.name(number) for number in ranked[1:]),
        remarks=remarks,
        pairwise=pairwise,
        figures="pairwise wins",
    )


def _weakness(matrix: Matrix, pair: Pair) -> tuple[int, int]:
    """Sorts strong defeats first: more papers for it, then fewer against it."""
    a, b = pair
    return -matrix.prefer[a, b], matrix.prefer[b, a]


def _rows(numbers: tuple[int, ...], figures: Mapping[Pair, int]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(0 if a == b else figures[a, b] for b in numbers) for a in numbers)
