"""Ties between candidates, told apart by the stages of a count; places that nobody can fill.

Which stages tell, the earliest or the most recent first, is for each rule to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quorate.count.figures import some

Votes = Sequence[int]
"""The votes at the end of a stage, by candidate number."""


def earliest_first(history: Sequence[Votes]) -> Iterator[tuple[int, Votes]]:
    """Each stage's number, from 1, and its votes."""
    return enumerate(history, start=1)


def latest_first(history: Sequence[Votes]) -> Iterator[tuple[int, Votes]]:
    """The same from the most recent stage back."""
    return ((number, history[number - 1]) for number in range(len(history), 0, -1))


def told_apart(
    tied: list[int], stages: Iterable[tuple[int, Votes]], *, highest: bool
) -> tuple[list[int], int | None]:
    """Who of the tied had most votes (or fewest) at one stage after the other.

    Gives the one who is left, and the number of the stage that told; or the several whom no stage
    tells apart, and None.
    """
    best = max if highest else min
    left = tied
    for number, votes in stages:
        extreme = best(votes[candidate] for candidate in left)
        left = [candidate for candidate in left if votes[candidate] == extreme]
        if len(left) == 1:
            return left, number
    return left, None


def vacant(seats: int, candidates: int, places: int) -> tuple[str, ...]:
    """What a sheet remarks on ``places`` that stay empty, if any do."""
    if not places:
        return ()
    stay = "stays" if places == 1 else "stay"
    return (
        f"{some(seats, 'seats')} and {some(candidates, 'candidates')}: {places} {stay} vacant.",
    )
