"""Papers of Condorcet's rules as short texts, and the pairs that they compare, by definition."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings

from quorate.count.papers import Election, Paper
from quorate.count.sheet import Sheet

quick = settings(max_examples=100, deadline=None)
Matrix = dict[tuple[str, str], int]


def ranked(*papers: tuple[int, str], candidates: str = "ABCDE", seats: int = 1) -> Election:
    """Papers such as (3, "A BC"): three with A first, B and C equal second."""
    marked = (
        Paper(n, [[candidates.index(letter) + 1 for letter in rank] for rank in order.split()])
        for n, order in papers
    )
    return Election("", seats, tuple(candidates), frozenset(), tuple(marked))


def strict(*papers: tuple[int, str], candidates: str = "ABCDE") -> Election:
    return ranked(*((n, " ".join(order)) for n, order in papers), candidates=candidates)


def for_one_seat(one: Election) -> Election:
    return replace(one, seats=1)


def preferred(one: Election) -> Matrix:
    """How many papers prefer a to b, from each paper for itself."""
    standing = [one.name(number) for number in one.standing]
    matrix = {(a, b): 0 for a in standing for b in standing if a != b}
    for paper in one.papers:
        numbers = [number for rank in paper.ranks for number in set(rank)]
        if len(numbers) != len(set(numbers)) or not set(numbers) <= set(
            range(1, len(one.candidates) + 1)
        ):
            continue
        place = {one.name(number): at for at, rank in enumerate(paper.ranks) for number in rank}
        for a, b in matrix:
            if place.get(a, 99) < place.get(b, 99):
                matrix[a, b] += paper.weight
    return matrix


def stated_matrix(sheet: Sheet) -> Matrix:
    assert sheet.pairwise is not None
    names = sheet.pairwise.candidates
    return {
        (a, b): sheet.pairwise.prefer[i][j]
        for i, a in enumerate(names)
        for j, b in enumerate(names)
        if a != b
    }
