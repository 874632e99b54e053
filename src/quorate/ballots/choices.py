"""What a voter chooses, as the votes of a question, and back.

Candidates are numbered from 1, in the order of the question's answers. Marks are the numbers of
those that are marked. Ranks are the candidates at the first rank, at the second, and so on; several
at one rank are equal, and an empty rank was skipped.

In a homomorphic question each answer's vote is 1 or 0, and where blank is allowed its vote goes
first. In a ranked one each answer's vote is its rank, from 1; 0 is one that is not ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quorate.ballots.questions import Homomorphic

MOST_RANKED = 30
"""So many answers fit into an element of Ed25519, each with a number of 0..255 (section 5.2.1)."""

Ranks = tuple[tuple[int, ...], ...]


def of_marks(question: Homomorphic, marks: Iterable[int]) -> tuple[int, ...]:
    """The votes of somebody who marks these; nobody is a blank vote where the question has one.
    Raises ValueError for what it does not allow."""
    marked = frozenset(marks)
    answers = range(1, len(question.answers) + 1)
    if not marked <= frozenset(answers):
        raise ValueError("a mark for nobody")
    blank = question.allows_blank and not marked
    if not blank and len(marked) not in question.values:
        raise ValueError(f"{len(marked)} marks, where {question.min} to {question.max} are allowed")
    votes = tuple(int(number in marked) for number in answers)
    return (int(blank), *votes) if question.allows_blank else votes


def marks(question: Homomorphic, votes: Sequence[int]) -> frozenset[int]:
    """Who is marked; nobody on a blank ballot."""
    answers = votes[1:] if question.allows_blank else votes
    return frozenset(number for number, vote in enumerate(answers, 1) if vote)


def of_ranks(candidates: int, ranks: Sequence[Iterable[int]]) -> tuple[int, ...]:
    """The votes of somebody who ranks so; a candidate who stands twice counts where they stand
    first. Raises ValueError for nobody's number, and more than 255 ranks."""
    votes = [0] * candidates
    if len(ranks) > 255:
        raise ValueError("there are 255 ranks at most")
    for rank, equal in enumerate(ranks, 1):
        for number in equal:
            if not 1 <= number <= candidates:
                raise ValueError("a rank for nobody")
            votes[number - 1] = votes[number - 1] or rank
    return tuple(votes)


def ranks(votes: Sequence[int]) -> Ranks:
    """The ranks, up to the last that anybody has; none on a blank ballot."""
    at: dict[int, list[int]] = {}
    for number, rank in enumerate(votes, 1):
        if rank:
            at.setdefault(rank, []).append(number)
    return tuple(tuple(at.get(rank, ())) for rank in range(1, max(at, default=0) + 1))
