"""Elections as Hypothesis draws them, for the tests of counting."""

from __future__ import annotations

from hypothesis import strategies as st

from quorate.count.papers import Election, Paper

SEED = bytes(range(32))


@st.composite
def orders(draw: st.DrawFn, candidates: int) -> tuple[tuple[int, ...], ...]:
    """Clear preferences for some of the candidates, perhaps none."""
    numbers = draw(st.permutations(range(1, candidates + 1)))
    return tuple((number,) for number in numbers[: draw(st.integers(0, candidates))])


def marks(candidates: int) -> st.SearchStrategy[tuple[tuple[int, ...], ...]]:
    """Anything that can stand on a paper: shared, skipped, repeated ranks, unknown numbers."""
    rank = st.lists(st.integers(0, candidates + 1), max_size=2).map(tuple)
    return st.lists(rank, max_size=candidates + 1).map(tuple)


@st.composite
def elections(draw: st.DrawFn, *, clear: bool = False, withdrawals: bool = True) -> Election:
    """``clear``: every paper is an order of preferences, without faults."""
    candidates = draw(st.integers(2, 6))
    ranks = orders(candidates) if clear else st.one_of(orders(candidates), marks(candidates))
    paper = st.builds(Paper, st.integers(1, 40), ranks)
    withdrawn = st.frozensets(st.integers(1, candidates), max_size=1)
    return Election(
        title="",
        seats=draw(st.integers(1, candidates)),
        candidates=tuple(f"<{number}>" for number in range(1, candidates + 1)),
        withdrawn=draw(withdrawn) if withdrawals else frozenset(),
        papers=tuple(draw(st.lists(paper, max_size=14))),
    )


def nobody_ranked(one: Election) -> bool:
    """Whether no paper ranks anybody standing, each once, and nobody else (V1)."""
    known = set(range(1, len(one.candidates) + 1))
    for paper in one.papers:
        numbers = [number for rank in paper.ranks for number in set(rank)]
        once = len(numbers) == len(set(numbers)) and set(numbers) <= known
        if once and set(numbers) - one.withdrawn:
            return False
    return True
