"""Reading an order of preferences off a paper, as far as it is clear.

A preference is clear if its rank names exactly one candidate of the election who stands nowhere
before on the paper. Reading stops at the first rank that is not clear: skipped, shared by
several, a number that nobody has, or a candidate repeated. Withdrawn candidates are passed over
as if their names were not on the paper.
"""

from __future__ import annotations

from typing import Protocol

from quorate.count.papers import Election, Paper

Preferences = tuple[int, ...]

UNMARKED = "no mark"
NO_FIRST = "no first preference"
TWO_FIRST = "more than one first preference"
NOBODY = "first preference for nobody standing"
WITHDRAWN = "preferences for withdrawn candidates only"


class Candidates(Protocol):
    """Who is on the paper, and who of them has withdrawn: any kind of election."""

    @property
    def candidates(self) -> tuple[str, ...]: ...
    @property
    def withdrawn(self) -> frozenset[int]: ...


def read_papers(election: Election) -> tuple[dict[Preferences, int], dict[str, int]]:
    """The valid papers (preferences → weight) and the invalid ones (reason → weight)."""
    valid: dict[Preferences, int] = {}
    invalid: dict[str, int] = {}
    for paper in election.papers:
        order, reason = read_paper(election, paper)
        if reason is None:
            valid[order] = valid.get(order, 0) + paper.weight
        else:
            invalid[reason] = invalid.get(reason, 0) + paper.weight
    return valid, invalid


def read_paper(election: Candidates, paper: Paper) -> tuple[Preferences, str | None]:
    """The clear preferences for candidates standing, and why the paper is invalid (or None)."""
    order: list[int] = []
    for rank in paper.ranks:
        candidates = tuple(number for number in rank if number not in election.withdrawn)
        if rank and not candidates:
            continue
        if len(candidates) != 1 or candidates[0] in order:
            break
        if not 1 <= candidates[0] <= len(election.candidates):
            break
        order.append(candidates[0])
    return tuple(order), None if order else _fault(election, paper)


def _fault(election: Candidates, paper: Paper) -> str:
    """Why a paper without a single clear preference is invalid."""
    if not paper.marks:
        return UNMARKED
    if paper.marks <= election.withdrawn:
        return WITHDRAWN
    for rank in paper.ranks:
        candidates = [number for number in rank if number not in election.withdrawn]
        if rank and not candidates:
            continue
        if not candidates:
            return NO_FIRST
        return TWO_FIRST if len(candidates) > 1 else NOBODY
    return NO_FIRST
