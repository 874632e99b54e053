"""Ballot papers, and the election they belong to.

Candidates are numbered from 1 in the order of the paper, as in a .blt file. What a mark means,
and which papers are valid, is for the rule to say: a paper here is what the voter wrote.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

TELL_APART = "add what tells the two apart, such as a branch or a party"
"""What to do about a name that stands there twice."""

Marks = Literal["ranks", "crosses", "points"]
"""What a rule asks of a paper; it says how cells of a table and ratings are to be read."""


OVERVOTE = -1
"""Stands on a paper for candidates whom nobody knows: its file says only that they are too many."""


class NotCountable(ValueError):
    """An election that no rule can count; the message names the field."""


@dataclass(frozen=True, slots=True, init=False)
class Paper:
    """``weight`` papers that are marked just so.

    ``ranks``: the candidates at the first rank, at the second, and so on. Several numbers in one
    rank are equal; an empty rank was skipped. A bare number stands for a rank of its own:
    ``Paper(3, (2, 1))`` is ``Paper(3, ((2,), (1,)))``. Where a rule asks for crosses instead of
    an order, every number anywhere is a cross. Such a paper may also bear an ``OVERVOTE``.
    """

    weight: int
    ranks: tuple[tuple[int, ...], ...]

    def __init__(self, weight: int, ranks: Iterable[int | Iterable[int]]) -> None:
        object.__setattr__(self, "weight", weight)
        object.__setattr__(
            self,
            "ranks",
            tuple((rank,) if isinstance(rank, int) else tuple(rank) for rank in ranks),
        )

    @property
    def marks(self) -> frozenset[int]:
        """Every number that stands anywhere on the paper."""
        return frozenset(number for rank in self.ranks for number in rank)


@dataclass(frozen=True, slots=True)
class Sums:
    """Ballots with crosses of which nobody knows more than their sums: they were added up under
    encryption. ``ballots``: how many they are, ``blank``: how many of them mark nobody. ``votes``:
    for each candidate, in the order of the paper. None marks more than the rule allows.
    """

    ballots: int
    blank: int
    votes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Election:
    """``candidates``: names in the order of the paper. ``withdrawn``: numbers, from 1. ``sums``:
    ballots that are counted with the papers, where the rule only adds crosses up.

    ``in_order``: whether that order was stated; not so where a spreadsheet's answers stand in the
    alphabet's. It matters only where the order says which choice is yes (``choices``).
    """

    title: str
    seats: int
    candidates: tuple[str, ...]
    withdrawn: frozenset[int]
    papers: tuple[Paper, ...]
    in_order: bool = field(default=True, compare=False)
    sums: Sums | None = None

    def name(self, number: int) -> str:
        """The name of the candidate with this number."""
        return self.candidates[number - 1]

    @property
    def standing(self) -> tuple[int, ...]:
        """The numbers of the candidates who have not withdrawn, in the order of the paper."""
        every = range(1, len(self.candidates) + 1)
        return tuple(number for number in every if number not in self.withdrawn)


@dataclass(frozen=True, slots=True)
class Contest:
    """An election without a title, for callers that keep titles elsewhere."""

    names: tuple[str, ...]
    seats: int
    papers: tuple[Paper, ...]
    withdrawn: frozenset[int] = frozenset()
    sums: Sums | None = None

    def as_election(self) -> Election:
        """The same as an Election with an empty title."""
        return Election("", self.seats, self.names, self.withdrawn, self.papers, sums=self.sums)


def checked(election: Election) -> Election:
    """The election, if it can be counted. Raises NotCountable naming the field."""
    checked_candidates(election.seats, election.candidates, election.withdrawn)
    for place, paper in enumerate(election.papers, start=1):
        if paper.weight < 1:
            raise NotCountable(
                f"papers: paper {place} has the weight {paper.weight}, expected at least 1"
            )
    if election.sums is not None:
        _check_sums(election.sums, len(election.candidates))
    return election


def _check_sums(sums: Sums, candidates: int) -> None:
    if len(sums.votes) != candidates:
        raise NotCountable(f"sums: {len(sums.votes)} for {candidates} candidates")
    if not 0 <= sums.blank <= sums.ballots:
        raise NotCountable(f"sums: {sums.blank} blank of {sums.ballots} ballots")
    marked = sums.ballots - sums.blank
    for number, votes in enumerate(sums.votes, start=1):
        if not 0 <= votes <= marked:
            raise NotCountable(f"sums: {votes} for candidate {number}, from {marked} ballots")


def checked_candidates(seats: int, candidates: tuple[str, ...], withdrawn: frozenset[int]) -> None:
    """Raises NotCountable, naming the field, unless these can be an election."""
    if seats < 1:
        raise NotCountable(f"seats: expected at least 1, not {seats}")
    seen: set[str] = set()
    for number, name in enumerate(candidates, start=1):
        if not name.strip():
            raise NotCountable(f"candidates: candidate {number} has no name")
        if name in seen:
            raise NotCountable(f'candidates: two candidates are named "{name}"; {TELL_APART}')
        seen.add(name)
    for number in sorted(withdrawn):
        if not 1 <= number <= len(candidates):
            raise NotCountable(f"withdrawn: nobody has the number {number}")


def grouped(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """The same papers, equal ones put together, in the order of their first appearance."""
    weights: dict[tuple[tuple[int, ...], ...], int] = {}
    for paper in papers:
        weights[paper.ranks] = weights.get(paper.ranks, 0) + paper.weight
    return tuple(Paper(weight, ranks) for ranks, weight in weights.items())
