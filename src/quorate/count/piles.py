"""Sorting bundles of papers into piles, a candidate each, and moving them on.

This is what a counting agent does with paper: sort by the first preference, and take a pile to
hand its papers on to the next preference that is still open. The rule says whose pile, when, and
at what value; here papers are only held. Each move touches the papers that move and no others.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quorate.count.bundles import BundledElection, Bundles, Numbers, Weights, paper_of
from quorate.count.preferences import UNMARKED, WITHDRAWN, read_paper
from quorate.count.sheet import Papers, accounted

NOBODY = 0
"""Holds papers without a further preference."""
INVALID = -1
"""Holds papers that the rule does not count."""


@dataclass(slots=True, eq=False)
class Piles:
    """Where each bundle lies. All arrays are parallel to the bundles.

    ``marks``: all rows end to end, clear preferences only, each row ending with 0. ``at``: the
    place in ``marks`` of the preference that counts now. ``holder``: that candidate, or NOBODY,
    or INVALID.
    """

    marks: NDArray[np.int16]
    weights: Weights
    at: NDArray[np.int64]
    holder: NDArray[np.int16]

    def held_by(self, candidate: int) -> Numbers:
        """The bundles in the candidate's pile."""
        return np.flatnonzero(self.holder == candidate)

    def hand_on(self, which: Numbers, still_open: NDArray[np.bool_]) -> NDArray[np.int16]:
        """Moves these bundles to their next preference that is open; to whom each went.

        ``still_open``: by candidate number; its place 0 must be True: nobody takes the rest.
        """
        at = self.at[which] + 1
        to = self.marks[at]
        passing = np.flatnonzero(~still_open[to])
        while len(passing):
            at[passing] += 1
            found = self.marks[at[passing]]
            to[passing] = found
            passing = passing[~still_open[found]]
        self.at[which] = at
        self.holder[which] = to
        return to

    def papers_by(self, key: Numbers, which: Numbers, size: int) -> dict[int, int]:
        """How many papers of the bundles ``which`` have each key, ascending; keys < ``size``.

        ``key``: parallel to ``which``. Exact: see ``bundles.weights_of``.
        """
        sums = np.zeros(size, self.weights.dtype)
        np.add.at(sums, key, self.weights[which])
        some = np.flatnonzero(sums)
        return dict(zip(some.tolist(), map(int, sums[some].tolist()), strict=True))


def open_to(candidates: Collection[int], numbers: int) -> NDArray[np.bool_]:
    """For ``Piles.hand_on``: open are these of so many candidates, and nobody."""
    still_open = np.zeros(numbers + 1, np.bool_)
    still_open[[0, *candidates]] = True
    return still_open


def sorted_by_first(election: BundledElection) -> tuple[Piles, Papers]:
    """The papers by first preference for a candidate standing, and the account of all papers.

    A paper counts as far as ``preferences`` reads it.
    """
    bundles = election.bundles
    marks, invalid = _clear_marks(election)
    rows, width = marks.shape
    piles = Piles(
        marks.reshape(-1),
        bundles.weights,
        np.arange(rows, dtype=np.int64) * width - 1,
        np.zeros(rows, np.int16),
    )
    clear = np.ones(rows, np.bool_)
    clear[bundles.unclear] = False
    piles.hand_on(np.arange(rows), open_to(election.standing, len(election.candidates)))
    without = piles.held_by(NOBODY)
    of_clear = without[clear[without]]
    bare = marks[of_clear, 0] == 0
    for reason, which in ((UNMARKED, of_clear[bare]), (WITHDRAWN, of_clear[~bare])):
        if len(which):
            papers = int(bundles.weights[which].sum())
            invalid[reason] = invalid.get(reason, 0) + papers
    piles.holder[without] = INVALID
    return piles, accounted(bundles.papers, invalid)


def _clear_marks(election: BundledElection) -> tuple[NDArray[np.int16], dict[str, int]]:
    """The marks, each unclear row cut down to its clear preferences; why some have none."""
    bundles: Bundles = election.bundles
    invalid: dict[str, int] = {}
    if not len(bundles.unclear):
        return bundles.marks, invalid
    marks: NDArray[Any] = bundles.marks.copy()
    marks[bundles.unclear] = 0
    for row in bundles.unclear.tolist():
        paper = paper_of(bundles, row)
        order, fault = read_paper(election, paper)
        marks[row, : len(order)] = order
        if fault is not None:
            invalid[fault] = invalid.get(fault, 0) + paper.weight
    return marks, invalid
