"""Instant run-off for one seat: the rule "instant-runoff/1".

1. A paper counts for its highest preference among the continuing candidates.
2. Whoever has more than half of the votes that still count for somebody is elected.
3. Else the candidate with fewest votes is excluded, one at a time, and their papers go on to the
   next preference for a continuing candidate; a paper without one no longer counts.
4. Of several with fewest votes, out goes who had fewest at the most recent stage at which they
   differed; if there is none, a lot decides.
5. The last candidate left is elected.

This is Robert's Rules' preferential voting (12th edition, 45:62 to 45:69), its tie-break stated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from quorate.count.bundles import BundledElection, Numbers, bundled
from quorate.count.lot import drawn_candidates
from quorate.count.moves import transfers
from quorate.count.papers import Election, NotCountable
from quorate.count.piles import NOBODY, Piles, open_to, sorted_by_first
from quorate.count.sheet import Action, Elected, Papers, Sheet, Stage, Tie, Transfer, listed
from quorate.count.ties import latest_first, told_apart

RULE = "instant-runoff/1"


@dataclass(slots=True, eq=False)
class _Count:
    """A count under way. Votes, in whole papers, by candidate number; place 0 is nobody's."""

    election: BundledElection
    seed: bytes | None
    papers: Papers
    piles: Piles
    continuing: set[int]
    votes: list[int]
    excluded: list[int] = field(default_factory=list)
    history: list[list[int]] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    elected: Elected | None = None


def count(election: Election, seed: bytes | None) -> Sheet:
    """Counts the election, which must be ``papers.checked``.

    Raises NotCountable for several seats, LotNeeded for a tie that no stage breaks without a seed.
    """
    return count_bundles(bundled(election), seed)


def count_bundles(election: BundledElection, seed: bytes | None) -> Sheet:
    """Counts the election as ``count`` does; it must be ``bundles.checked_bundles``."""
    if election.seats != 1:
        raise NotCountable(f"seats: {RULE} fills one seat, not {election.seats}")
    state = _first_stage(election, seed)
    while state.elected is None and state.continuing:
        _exclude_lowest(state)
    winner = state.elected
    return Sheet(
        rule=RULE,
        title=election.title,
        seats=1,
        quota=None,
        candidates=election.candidates,
        withdrawn=tuple(election.name(number) for number in sorted(election.withdrawn)),
        papers=state.papers,
        stages=tuple(state.stages),
        ties=tuple(state.ties),
        elections=(winner,) if winner else (),
        not_elected=_not_elected(state),
        remarks=() if winner else ("Nobody stands: the seat stays vacant.",),
    )


def _first_stage(election: BundledElection, seed: bytes | None) -> _Count:
    piles, papers = sorted_by_first(election)
    votes = [0] * (len(election.candidates) + 1)
    counted = np.flatnonzero(piles.holder > NOBODY)
    for candidate, number in _papers_by_holder(piles, counted, len(votes)).items():
        votes[candidate] = number
    state = _Count(election, seed, papers, piles, set(election.standing), votes)
    _end_stage(state, Action("first preferences", None, None, "First preferences are counted."), ())
    return state


def _end_stage(state: _Count, action: Action, moved: tuple[Transfer, ...]) -> None:
    """Closes a stage: who is elected by it (2 and 5), and the figures."""
    state.history.append(list(state.votes))
    names = state.election.candidates
    in_play = sum(state.votes)
    for candidate in sorted(state.continuing):
        how = ""
        if 2 * state.votes[candidate] > in_play:
            how = "more than half of the votes"
        elif len(state.continuing) == 1:
            how = "no other candidate was left"
        if how:
            votes = Decimal(state.votes[candidate])
            state.elected = Elected(names[candidate - 1], len(state.stages) + 1, votes, how)
    state.stages.append(
        Stage(
            number=len(state.stages) + 1,
            action=action,
            votes=tuple((name, Decimal(state.votes[c])) for c, name in enumerate(names, start=1)),
            nontransferable=Decimal(state.papers.valid - in_play),
            transfers=moved,
            elected=(state.elected.candidate,) if state.elected else (),
        )
    )


def _exclude_lowest(state: _Count) -> None:
    """3: the candidate with fewest votes is excluded."""
    candidate = _lowest(state)
    state.continuing.discard(candidate)
    state.excluded.append(candidate)
    votes, state.votes[candidate] = state.votes[candidate], 0
    papers = state.piles.held_by(candidate)
    state.piles.hand_on(papers, open_to(state.continuing, len(state.election.candidates)))
    moved = _papers_by_holder(state.piles, papers, len(state.votes))
    for to, number in moved.items():
        if to != NOBODY:
            state.votes[to] += number
    name = state.election.name(candidate)
    action = Action(
        "exclusion", name, Decimal(votes), f"{name} has the fewest votes, {votes}, and is excluded."
    )
    by_value = {(to, 1): number for to, number in moved.items()}
    _end_stage(state, action, transfers(state.election.candidates, by_value, votes, 1))


def _papers_by_holder(piles: Piles, which: Numbers, size: int) -> dict[int, int]:
    return piles.papers_by(piles.holder[which], which, size)


def _lowest(state: _Count) -> int:
    """3 and 4: who is excluded. Raises LotNeeded."""
    least = min(state.votes[c] for c in state.continuing)
    tied = sorted(c for c in state.continuing if state.votes[c] == least)
    if len(tied) == 1:
        return tied[0]
    names = tuple(state.election.name(c) for c in tied)
    left, number = told_apart(tied, latest_first(state.history), highest=False)
    if number is None:
        return _drawn(state, left, names)
    chosen = state.election.name(left[0])
    says = f"{listed(names)} were equal; {chosen} had the fewest votes of them at stage {number}."
    state.ties.append(Tie(len(state.stages) + 1, names, (chosen,), says))
    return left[0]


def _drawn(state: _Count, left: list[int], tied: tuple[str, ...]) -> int:
    """4: those equal at every stage, by lot; the last drawn is excluded."""
    number = len(state.stages) + 1
    label = f"{RULE} stage {number} exclusion"
    order = drawn_candidates(state.seed, label, left, state.election.candidates)
    chosen = state.election.name(order[-1])
    says = (
        f"{listed(tied)} were equal, and no earlier stage told "
        f"{listed(state.election.name(c) for c in left)} apart; a lot drew "
        f"{listed(state.election.name(c) for c in order)} in this order, so {chosen} is excluded."
    )
    state.ties.append(Tie(number, tied, (chosen,), says, label))
    return order[-1]


def _not_elected(state: _Count) -> tuple[str, ...]:
    """Best first: who is left, then the last excluded first."""
    winner = state.elected.candidate if state.elected else None
    still = sorted(state.continuing, key=lambda c: (-state.votes[c], c))
    names = [state.election.name(c) for c in (*still, *reversed(state.excluded))]
    return tuple(name for name in names if name != winner)
