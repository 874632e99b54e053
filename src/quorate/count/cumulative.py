"""Cumulative voting: the rule "cumulative/1".

A paper distributes up to as many points as there are seats, or as the election states, several to
one candidate if it likes. Every time a number stands on the paper is a point, in whatever rank. A
paper with more points is invalid as a whole; one with fewer is valid. Points for withdrawn
candidates are no points. Those with most points are elected. A tie for the last place is broken by
lot.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from quorate.count import crosses
from quorate.count.papers import OVERVOTE, Election, NotCountable, Paper
from quorate.count.sheet import Sheet, accounted

RULE = "cumulative/1"


@dataclass(frozen=True, slots=True)
class Terms:
    """``points``: how many a paper may give at most."""

    points: int


def count(election: Election, seed: bytes | None, terms: Terms | None = None) -> Sheet:
    """Counts the election by "cumulative/1". Raises LotNeeded, NotCountable."""
    most = election.seats if terms is None else terms.points
    if most < 1:
        raise NotCountable(f"points: expected at least 1, not {most}")
    votes = dict.fromkeys(election.standing, 0)
    invalid: dict[str, int] = {}
    for paper in election.papers:
        points = _points(election, paper)
        fault = _fault(election, paper, points, most)
        if fault is not None:
            invalid[fault] = invalid.get(fault, 0) + paper.weight
            continue
        for number, given in points.items():
            votes[number] += given * paper.weight
    read = sum(paper.weight for paper in election.papers)
    points_each = "one point" if most == 1 else f"up to {most} points"
    says = f"Points are counted; a paper could give {points_each}, several to one candidate."
    tally = crosses.Tally(votes, accounted(read, invalid), "points")
    return crosses.sheet(RULE, election, tally, seed, says)


def _points(election: Election, paper: Paper) -> Counter[int]:
    """Number of a candidate → points on the paper, without those who withdrew."""
    points = Counter(number for rank in paper.ranks for number in rank)
    for number in election.withdrawn:
        del points[number]
    return points


def _fault(election: Election, paper: Paper, points: Counter[int], most: int) -> str | None:
    if not paper.marks:
        return crosses.UNMARKED
    if OVERVOTE in paper.marks:
        return crosses.OVERVOTED
    if not points:
        return crosses.WITHDRAWN
    if not all(1 <= number <= len(election.candidates) for number in points):
        return crosses.NOBODY
    if points.total() > most:
        return "more than one point" if most == 1 else f"more than {most} points"
    return None
