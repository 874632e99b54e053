"""Ballot papers, and the contest that they are for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """``weight`` papers that are just alike. ``ranks``: candidates in order of preference, by
    their numbers from 1; a number that is no candidate's is a mark for nobody."""

    weight: int
    ranks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """``names``: the candidates, numbered from 1 in this order. ``withdrawn``: numbers of those
    who stand on the paper and are out."""

    names: tuple[str, ...]
    seats: int
    papers: tuple[Paper, ...]
    withdrawn: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if self.seats < 1:
            raise ValueError("an election fills at least one seat")
        if len(set(self.names)) != len(self.names):
            raise ValueError("two candidates have the same name")
        if any(paper.weight < 1 for paper in self.papers):
            raise ValueError("a paper counts at least once")


@dataclass(frozen=True, slots=True)
class Valid:
    """A paper as it is counted: ``order`` holds different candidates who stand, best first."""

    weight: int
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """The valid papers, and how many were invalid for which reason."""

    valid: tuple[Valid, ...]
    invalid: tuple[tuple[str, int], ...]


BLANK = "no preference"
FOREIGN = "the first mark is for nobody who stands"


def sort_papers(contest: Contest) -> Sorted:
    """Valid papers by their order, like papers together; every paper is accounted for.

    A paper is read from its first preference on; it ends where a candidate is repeated or a mark
    is for nobody. Withdrawn candidates are passed over.
    """
    known = range(1, len(contest.names) + 1)
    valid: dict[tuple[int, ...], int] = {}
    invalid: dict[str, int] = {}
    for paper in contest.papers:
        order: list[int] = []
        marked: set[int] = set()
        for candidate in paper.ranks:
            if candidate not in known or candidate in marked:
                break
            marked.add(candidate)
            if candidate not in contest.withdrawn:
                order.append(candidate)
        if order:
            valid[tuple(order)] = valid.get(tuple(order), 0) + paper.weight
        else:
            reason = FOREIGN if paper.ranks and not marked else BLANK
            invalid[reason] = invalid.get(reason, 0) + paper.weight
    return Sorted(
        tuple(Valid(weight, order) for order, weight in sorted(valid.items())),
        tuple(sorted(invalid.items())),
    )
