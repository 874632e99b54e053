"""Whose turn it is in a count by "ers97/1": to be elected, transferred from, excluded.

Ties go by the earliest point at which the candidates had unequal votes, a point being the first
stage or the transfer of a batch, and then by lot. The first drawn counts as ahead.
"""

from __future__ import annotations

from itertools import groupby

from quorate.count.ers97_votes import RULE, Votes, as_votes
from quorate.count.figures import figure
from quorate.count.lot import drawn_candidates
from quorate.count.sheet import Tie, listed


def deem_elected(votes: Votes) -> None:
    """5.1.7, 5.3.13, 5.4.9: in descending order of votes, who has the quota or (b) the active vote
    divided by one more than the places not yet filled. 5.6.2: equal ones for too few places."""
    while votes.places and votes.continuing:
        most = max(votes.of[candidate] for candidate in votes.continuing)
        reached = most >= votes.quota
        if not reached and most * (votes.places + 1) < votes.active:
            return
        equal = sorted(c for c in votes.continuing if votes.of[c] == most)
        chosen = equal if len(equal) <= votes.places else _ahead(votes, equal)
        if not chosen:
            return
        for candidate in sorted(chosen, key=votes.standing):
            how = "reached the quota" if reached else _active_vote_in_words(votes)
            votes.elect(candidate, how)


def next_surplus(votes: Votes) -> int | None:
    """5.2.2 and 5.2.3: whose surplus is transferred now; None if there is none, or all wait."""
    surpluses = {c: votes.surplus(c) for c in votes.elected_numbers if votes.surplus(c)}
    if not surpluses or _may_wait(votes, sum(surpluses.values())):
        return None
    largest = max(surpluses.values())
    return _first(votes, [c for c, surplus in surpluses.items() if surplus == largest])


def bulk(votes: Votes) -> tuple[int, ...]:
    """5.2.5: two or more to be excluded together, as many as possible, fewest votes first."""
    groups = _groups(votes)
    return groups[-1] if groups else ()


def lowest(votes: Votes) -> int:
    """5.2.5: the candidate with fewest votes. Raises LotNeeded."""
    fewest = min(votes.of[candidate] for candidate in votes.continuing)
    return _last(votes, [c for c in votes.continuing if votes.of[c] == fewest])


def _may_wait(votes: Votes, surpluses: int) -> bool:
    """5.2.2(a) and (b): the surpluses cannot change who is excluded next."""
    ascending = sorted(votes.of[candidate] for candidate in votes.continuing)
    return surpluses <= ascending[1] - ascending[0] or bool(_groups(votes))


def _groups(votes: Votes) -> list[tuple[int, ...]]:
    """5.2.5: those with fewest votes, two or more, who could be excluded together; small first."""
    ascending = sorted(votes.continuing, key=votes.standing, reverse=True)
    groups = []
    for size in range(2, len(ascending) - votes.places + 1):
        below, above = ascending[:size], votes.of[ascending[size]]
        splits_equals = votes.of[below[-1]] == above
        total = sum(votes.of[candidate] for candidate in below) + votes.surpluses
        if total <= above and not splits_equals:
            groups.append(tuple(below))
    return groups


def _ahead(votes: Votes, equal: list[int]) -> list[int]:
    """5.6.2: of more equal ones than places, those who were ahead earlier; perhaps none."""
    ordered = sorted(equal, key=lambda c: _earlier(votes, c), reverse=True)
    chosen: list[int] = []
    for _, same in groupby(ordered, key=lambda c: _earlier(votes, c)):
        together = list(same)
        if len(chosen) + len(together) > votes.places:
            break
        chosen += together
    names = tuple(votes.election.name(candidate) for candidate in equal)
    elected = tuple(votes.election.name(candidate) for candidate in chosen)
    outcome = (
        f"{listed(elected)} had more at the earliest point at which they differed"
        if elected
        else "they were equal at every earlier point, so none of them is deemed elected yet"
    )
    says = (
        f"{listed(names)} have {figure(as_votes(votes.of[equal[0]]))} votes each and there is not "
        f"a place for all; {outcome} (5.6.2)."
    )
    votes.ties.append(Tie(votes.stage, names, elected, says))
    return chosen


def _first(votes: Votes, equal: list[int]) -> int:
    """5.2.3: who had the most votes at the earliest point of difference, then the first drawn."""
    if len(equal) == 1:
        return equal[0]
    best = max(_earlier(votes, candidate) for candidate in equal)
    left = sorted(c for c in equal if _earlier(votes, c) == best)
    if len(left) == 1:
        return _told_apart(votes, equal, left[0], "most", "5.2.3")
    order = _drawn(votes, left, "surplus")
    return _by_lot(votes, equal, order, order[0], "transferred first (5.2.3)", "surplus")


def _last(votes: Votes, equal: list[int]) -> int:
    """5.2.5: who had the fewest votes at the earliest point of difference, then the last drawn."""
    if len(equal) == 1:
        return equal[0]
    worst = min(_earlier(votes, candidate) for candidate in equal)
    left = sorted(c for c in equal if _earlier(votes, c) == worst)
    if len(left) == 1:
        return _told_apart(votes, equal, left[0], "fewest", "5.2.5")
    order = _drawn(votes, left, "exclusion")
    return _by_lot(votes, equal, order, order[-1], "excluded (5.2.5)", "exclusion")


def _earlier(votes: Votes, candidate: int) -> list[int]:
    """The candidate's votes at every point so far, the earliest first."""
    return [point[candidate] for point in votes.history]


def _told_apart(votes: Votes, equal: list[int], chosen: int, what: str, clause: str) -> int:
    names = tuple(votes.election.name(candidate) for candidate in sorted(equal))
    name = votes.election.name(chosen)
    says = (
        f"{listed(names)} were equal; {name} had the {what} votes of them at the earliest point "
        f"at which they differed ({clause})."
    )
    votes.ties.append(Tie(votes.stage, names, (name,), says))
    return chosen


def _drawn(votes: Votes, left: list[int], what: str) -> list[int]:
    label = f"{RULE} stage {votes.stage} {what}"
    names = votes.election.candidates
    return drawn_candidates(votes.seed, label, left, names, votes.elected_numbers)


def _by_lot(
    votes: Votes, equal: list[int], order: list[int], chosen: int, outcome: str, what: str
) -> int:
    names = tuple(votes.election.name(candidate) for candidate in sorted(equal))
    name = votes.election.name(chosen)
    says = (
        f"{listed(names)} were equal, and no earlier point told "
        f"{listed(votes.election.name(c) for c in sorted(order))} apart; a lot drew "
        f"{listed(votes.election.name(c) for c in order)} in this order, so {name} is {outcome}."
    )
    votes.ties.append(Tie(votes.stage, names, (name,), says, f"{RULE} stage {votes.stage} {what}"))
    return chosen


def _active_vote_in_words(votes: Votes) -> str:
    return (
        f"reached the total active vote, {figure(as_votes(votes.active))}, divided by "
        f"{votes.places + 1}, with {votes.places} {'place' if votes.places == 1 else 'places'} "
        "to be filled"
    )
