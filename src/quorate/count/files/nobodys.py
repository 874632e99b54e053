"""Papers that bear a number that nobody has. No file can hold it, and one such paper would keep all
the others from being taken away; so it is written as what it counts for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quorate.count.papers import Paper
from quorate.count.rules import RULES

_IN_PAIRS = ("schulze/1", "ranked-pairs/1", "debian/1")
"""Here, and where a paper bears crosses or points, such a paper counts for nobody at all; elsewhere
it counts up to that number, as up to a rank that was skipped."""


def as_counted(rule: str, candidates: int, papers: Iterable[Paper]) -> Iterator[Paper]:
    """The papers, of so many candidates; those with such a number as this rule reads them."""
    cut = RULES[rule].marks == "ranks" and rule not in _IN_PAIRS
    known = frozenset(range(1, candidates + 1))
    for paper in papers:
        if paper.marks <= known:
            yield paper
            continue
        clear = next(n for n, rank in enumerate(paper.ranks) if not known.issuperset(rank))
        yield Paper(paper.weight, paper.ranks[:clear] if cut else ())
