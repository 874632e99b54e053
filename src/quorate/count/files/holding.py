"""What a format can hold of the papers of an election, in words that name a paper.

Sources: preflib.org, "Data format": .soc are strict orders of all candidates, .soi strict orders
of some, .toc orders of all with ties, .toi orders of some with ties.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quorate.count.figures import some
from quorate.count.files.ballot_file import Format
from quorate.count.papers import OVERVOTE, Election, Marks, Paper


class CannotWrite(ValueError):
    """An election that a format cannot hold; the message says what of it."""


_MOST_NAMED = 4
_HOLD_ALL = ".blt, .abif and .csv"


def check_held(election: Election, format: Format, marks: Marks = "ranks") -> None:
    """Raises CannotWrite where the format's definition leaves no room for some of the papers.

    ``marks``: what they bear.
    """
    if marks != "ranks" and format in ("soc", "soi", "toc", "toi"):
        raise CannotWrite(f"papers: .{format} is for orders, not {marks}; {_HOLD_ALL} hold them")
    if many := sum(paper.weight for paper in election.papers if OVERVOTE in paper.marks):
        raise CannotWrite(
            f"papers: .{format} cannot say that too many were marked and not whom, as "
            f"{some(many, 'papers')} {'does' if many == 1 else 'do'}; count the file itself"
        )
    if format in ("abif", "soc", "soi", "toc", "toi"):
        _all(election, _without_gaps, f".{format} has no skipped ranks", ".blt and .csv have them")
    for whether, says, instead in _NEEDS.get(format, ()):
        _all(election, whether, f".{format} is for {says}", instead)


def in_words(election: Election, paper: Paper) -> str:
    """A paper's ranks with names: "Ada, then nobody, then Bo and Cy as equals"."""
    ranks = [_rank(election, rank) for rank in paper.ranks]
    shown = ranks[:_MOST_NAMED] + (["…"] if len(ranks) > _MOST_NAMED else [])
    return f'"{", then ".join(shown)}"' if shown else "a paper without a mark"


def _rank(election: Election, rank: tuple[int, ...]) -> str:
    names = [
        election.name(n) if 1 <= n <= len(election.candidates) else f"number {n}" for n in rank
    ]
    return f"{' and '.join(names)}{' as equals' if len(names) > 1 else ''}" if names else "nobody"


def _all(
    election: Election, whether: Callable[[Election, Paper], bool], says: str, instead: str
) -> None:
    """Raises CannotWrite, with the first of them and their number, unless all papers are so."""
    others = [paper for paper in election.papers if not whether(election, paper)]
    if others:
        many = sum(paper.weight for paper in others)
        are = "is" if many == 1 else "are"
        raise CannotWrite(
            f"papers: {says}; {some(many, 'papers')} {are} not like that, the first: "
            f"{in_words(election, others[0])} ({instead})"
        )


def _without_gaps(election: Election, paper: Paper) -> bool:
    return all(paper.ranks)


def _strict(election: Election, paper: Paper) -> bool:
    numbers = [number for rank in paper.ranks for number in rank]
    return all(len(rank) == 1 for rank in paper.ranks) and len(set(numbers)) == len(numbers)


def _complete(election: Election, paper: Paper) -> bool:
    return paper.marks == frozenset(range(1, len(election.candidates) + 1))


_Need = tuple[Callable[[Election, Paper], bool], str, str]

_NEEDS: Mapping[Format, tuple[_Need, ...]] = {
    "soc": (
        (_strict, "orders without equals", ".toc and .toi have them"),
        (_complete, "papers that rank every candidate", ".soi is for others"),
    ),
    "soi": ((_strict, "orders without equals", ".toi has them"),),
    "toc": ((_complete, "papers that rank every candidate", ".toi is for others"),),
}
