"""Ballot papers in columns: identical papers tied into bundles, a row of a matrix each.

A bundle is ``weight`` papers that are marked alike. Rules that only move papers about work on
whole columns of bundles at once; what a mark means is still for the rule to say, so nothing that
stood on a paper is lost: shared, skipped and repeated ranks have codes of their own.

A row's marks, from the first rank on, are

    n          candidate n, at the next rank
    -n         candidate n, sharing the rank of the mark to the left
    SKIPPED    a rank that was left empty
    NOBODY     a number that no candidate has (-NOBODY where it shares a rank)
    END        the paper ends here; every row ends with at least one

Two bundles may be marked alike: nothing depends on how papers are grouped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quorate.count.papers import Election, NotCountable, Paper, checked_candidates, grouped

END = 0
NOBODY = 32_766
SKIPPED = 32_767
MOST_CANDIDATES = 32_000
"""What an int16 holds beside the codes."""

_INT64 = 2**63

Numbers = NDArray[np.integer[Any]]
Weights = NDArray[Any]
"""int64, or Python integers (dtype object) where the sum of all does not fit into an int64."""


@dataclass(frozen=True, slots=True, eq=False)
class Bundles:
    """``marks``: int16, bundles × (places + 1). ``weights``: papers a bundle, at least 1 each.

    ``unclear``: the rows, ascending, that are more than a list of different candidates: with a
    shared, skipped or repeated rank or a number that nobody has.
    """

    marks: NDArray[np.int16]
    weights: Weights
    unclear: Numbers

    @property
    def papers(self) -> int:
        """How many papers there are in all bundles."""
        return int(self.weights.sum())


@dataclass(frozen=True, slots=True, eq=False)
class BundledElection:
    """An ``Election`` whose papers are in bundles; the other fields as there."""

    title: str
    seats: int
    candidates: tuple[str, ...]
    withdrawn: frozenset[int]
    bundles: Bundles
    in_order: bool = True

    def name(self, number: int) -> str:
        """The name of the candidate with this number."""
        return self.candidates[number - 1]

    @property
    def standing(self) -> tuple[int, ...]:
        """The numbers of the candidates who have not withdrawn, in the order of the paper."""
        every = range(1, len(self.candidates) + 1)
        return tuple(number for number in every if number not in self.withdrawn)

    def as_election(self) -> Election:
        """The same with papers for bundles. A number that nobody has comes back as 0."""
        papers = tuple(paper_of(self.bundles, row) for row in range(len(self.bundles.weights)))
        return Election(
            self.title, self.seats, self.candidates, self.withdrawn, papers, self.in_order
        )


def bundled(election: Election) -> BundledElection:
    """The election with its papers in bundles. Raises NotCountable for too many candidates."""
    return BundledElection(
        election.title,
        election.seats,
        election.candidates,
        election.withdrawn,
        bundles_of(election.papers, len(election.candidates)),
        election.in_order,
    )


def bundles_of(papers: Iterable[Paper], candidates: int) -> Bundles:
    """The papers of an election with so many candidates, alike ones in one bundle.

    Raises NotCountable for more than MOST_CANDIDATES.
    """
    if candidates > MOST_CANDIDATES:
        raise NotCountable(f"candidates: expected at most {MOST_CANDIDATES}, not {candidates}")
    tied = grouped(papers)
    rows = [_row(paper, candidates) for paper in tied]
    marks = np.zeros((len(rows), max(map(len, rows), default=0) + 1), np.int16)
    for row, line in zip(rows, marks, strict=True):
        line[: len(row)] = row
    unclear = [place for place, row in enumerate(rows) if not _clear(row)]
    weights = weights_of([paper.weight for paper in tied])
    return Bundles(marks, weights, np.array(unclear, np.int64))


def joined(parts: list[Bundles]) -> Bundles:
    """The bundles of all parts, of which there is at least one."""
    widest = max(part.marks.shape[1] for part in parts)
    marks = [np.pad(part.marks, ((0, 0), (0, widest - part.marks.shape[1]))) for part in parts]
    starts = np.cumsum([0, *(len(part.weights) for part in parts)])
    unclear = [part.unclear + start for part, start in zip(parts, starts, strict=False)]
    weights = np.concatenate([part.weights for part in parts])
    return Bundles(np.concatenate(marks), weights, np.concatenate(unclear))


def paper_of(bundles: Bundles, row: int) -> Paper:
    """The bundle in this row as a paper, its weight that of the bundle."""
    ranks: list[list[int]] = []
    for mark in bundles.marks[row].tolist():
        if mark == END:
            break
        if mark == SKIPPED:
            ranks.append([])
        elif mark > 0:
            ranks.append([_number(mark)])
        else:
            ranks[-1].append(_number(-mark))
    return Paper(int(bundles.weights[row]), ranks)


def weights_of(weights: list[int]) -> Weights:
    """The weights as an array in which sums over any of them are exact."""
    return np.array(weights, np.int64 if sum(weights) < _INT64 else object)


def checked_bundles(election: BundledElection) -> BundledElection:
    """The election, if it can be counted. Raises NotCountable naming the field."""
    checked_candidates(election.seats, election.candidates, election.withdrawn)
    return election


def _row(paper: Paper, candidates: int) -> list[int]:
    row: list[int] = []
    for rank in paper.ranks:
        codes = [number if 1 <= number <= candidates else NOBODY for number in rank]
        row += [codes[0], *(-code for code in codes[1:])] if codes else [SKIPPED]
    return row


def _clear(row: list[int]) -> bool:
    return all(END < mark < NOBODY for mark in row) and len(set(row)) == len(row)


def _number(mark: int) -> int:
    return 0 if mark == NOBODY else mark
