"""Single transferable vote by Meek's method: the rule "meek-prf/1".

Source: the Reference Meek Rule of the Proportional Representation Foundation (prfound.org), whose
steps (B.2.a and so on) are named below: what Hill, Wichmann and Woodall published as Algorithm 123
(1987), stated for computers in nine decimals, keep values rounded up, the quota truncated and
0.000000001 added.

It is not New Zealand's procedure (Local Electoral Regulations 2001, schedule 1A), though that has
the same arithmetic: there somebody is excluded before the iteration has ended where the surplus is
below 0.0001 (clause 13), and ties end with a stated generator of pseudo-random numbers (part 5).
The Reference Rule leaves ties to the election; here they go by the earliest stage, which is clause
40 there, then by a lot that anyone can draw again.

Each elected candidate keeps a share of every vote that comes to them, the keep value, and passes
on the rest; iterations lower the keep values until nobody elected has more than the quota.
A stage of the sheet is a round of the Rule: it ends when somebody is elected, or when so little
surplus is left that somebody has to be excluded.

Ties for exclusion (step B.3: all within the surplus of the lowest): out goes who was behind at
the earliest stage at which they differed, else a lot decides.

Votes and keep values are integers, in units of 0.000000001.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from quorate.count.bundles import BundledElection, bundled
from quorate.count.figures import figure
from quorate.count.lot import drawn_candidates
from quorate.count.moves import as_decimal
from quorate.count.papers import Election
from quorate.count.piles import sorted_by_first
from quorate.count.routes import Level, Routes, lead_on, levels_of, routes_of
from quorate.count.sheet import Action, Elected, Papers, Sheet, Stage, Tie, listed
from quorate.count.ties import earliest_first, told_apart, vacant

RULE = "meek-prf/1"
UNIT = 1_000_000_000
"""Nine decimal places."""
OMEGA = 1_000
"""Step A: an iteration has ended when the surplus is below 0.000001."""
MOST_IN_INT64 = 9_000_000_000
"""Up to so many papers, an int64 holds everything that an array does: a share of one paper times
a keep value is at most 10^18, all votes together are at most 9 · 10^18, and 2^63 is more than
9.2 · 10^18. Beyond, arrays hold Python's integers. Products with votes in them (quota and keep
values) are always Python's."""


@dataclass(slots=True, eq=False)
class _Count:
    """A count under way. ``keep`` and ``votes``: by candidate number, in units."""

    election: BundledElection
    seed: bytes | None
    papers: Papers
    routes: Routes
    hopeful: set[int]
    keep: list[int]
    votes: list[int]
    quota: int = 0
    surplus: int = 0
    elected: list[Elected] = field(default_factory=list)
    winners: list[int] = field(default_factory=list)
    excluded: list[int] = field(default_factory=list)
    history: list[list[int]] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    @property
    def vacancies(self) -> int:
        return self.election.seats - len(self.winners)

    @property
    def complete(self) -> bool:
        """Step B.1: all seats are filled, or no more candidates than vacancies are left."""
        return len(self.hopeful) <= self.vacancies or not self.vacancies


def count(election: Election, seed: bytes | None) -> Sheet:
    """Counts the election, which must be ``papers.checked``.

    Raises LotNeeded for a tie that no stage breaks, without a seed.
    """
    return count_bundles(bundled(election), seed)


def count_bundles(election: BundledElection, seed: bytes | None) -> Sheet:
    """Counts the election as ``count`` does; it must be ``bundles.checked_bundles``."""
    state = _begin(election, seed)
    _distribute(state, _levels(state))
    says = "First preferences are counted."
    _end_stage(state, Action("first preferences", None, None, says), _winners(state))
    while not state.complete:
        if state.stages[-1].elected:
            _pass_on_surpluses(state)
        else:
            _exclude_lowest(state)
    return Sheet(
        rule=RULE,
        title=election.title,
        seats=election.seats,
        quota=state.stages[0].quota,
        candidates=election.candidates,
        withdrawn=tuple(election.name(number) for number in sorted(election.withdrawn)),
        papers=state.papers,
        stages=tuple(state.stages),
        ties=tuple(state.ties),
        elections=tuple(state.elected),
        not_elected=_not_elected(state),
        remarks=_remarks(state),
    )


def quota_of(votes: int, seats: int) -> int:
    """Step B.2.b, in units: votes ÷ (seats + 1), truncated to nine decimals, + 0.000000001."""
    return votes // (seats + 1) + 1


def keep_value(keep: int, quota: int, votes: int) -> int:
    """Step B.2.f, in units: keep × quota, rounded up, then ÷ votes, rounded up."""
    return _divided_up(_divided_up(keep * quota, UNIT) * UNIT, votes)


def _begin(election: BundledElection, seed: bytes | None) -> _Count:
    """Step A. Withdrawn candidates keep nothing."""
    piles, papers = sorted_by_first(election)
    numbers = len(election.candidates)
    keep = [0] * (numbers + 1)
    for candidate in election.standing:
        keep[candidate] = UNIT
    return _Count(
        election,
        seed,
        papers,
        routes_of(piles, numbers),
        hopeful=set(election.standing),
        keep=keep,
        votes=[0] * (numbers + 1),
    )


def _levels(state: _Count) -> list[Level]:
    small = state.papers.valid <= MOST_IN_INT64
    return levels_of(state.routes, np.int64 if small else object)


def _distribute(state: _Count, levels: list[Level]) -> None:
    """Steps B.2.a, b and d: everybody's votes, the quota, and the surplus of those elected.

    A paper's weight is 1; each candidate in its order takes that times their keep value, rounded
    up, and leaves the rest. The same happens to all papers of a route.
    """
    dtype = levels[0].papers.dtype if levels else np.int64
    keep = np.array(state.keep, dtype)
    votes = np.zeros(len(state.keep), dtype)
    left = np.zeros(len(state.routes.before), dtype)
    left[0] = UNIT
    for level in levels:
        arriving = left[level.before]
        kept = -(-arriving * keep[level.candidates] // UNIT)
        left[level.nodes] = arriving - kept
        np.add.at(votes, level.candidates, level.papers * kept)
    state.votes = list(map(int, votes.tolist()))
    state.quota = quota_of(sum(state.votes), state.election.seats)
    state.surplus = max(0, sum(state.votes[c] - state.quota for c in state.winners))


def _iterate(state: _Count) -> tuple[int, list[int]]:
    """Step B.2: iterates until somebody reaches the quota, or little surplus is left.

    How many iterations it took, and who reached the quota.
    """
    levels = _levels(state)
    before: int | None = None
    iterations = 0
    while True:
        iterations += 1
        _distribute(state, levels)
        reached = _winners(state)
        if reached or state.surplus < OMEGA or (before is not None and state.surplus >= before):
            return iterations, reached
        before = state.surplus
        for candidate in state.winners:
            state.keep[candidate] = keep_value(
                state.keep[candidate], state.quota, state.votes[candidate]
            )


def _winners(state: _Count) -> list[int]:
    """Step B.2.c: the hopeful candidates at the quota or above.

    They are never more than the vacancies: seats + 1 times the quota is more than all votes.
    """
    return [c for c in state.hopeful if state.votes[c] >= state.quota]


def _end_stage(state: _Count, action: Action, reached: list[int]) -> None:
    """Closes a stage: who is elected by it, and the figures."""
    state.history.append(list(state.votes))
    names = state.election.candidates
    keep = tuple((state.election.name(c), _decimal(state.keep[c])) for c in state.winners)
    chosen = _elect(state, reached, "reached the quota")
    if state.vacancies and state.complete:
        rest = list(state.hopeful)
        chosen += _elect(state, rest, "no more candidates than vacancies were left")
    total = state.papers.valid * UNIT
    state.stages.append(
        Stage(
            number=len(state.stages) + 1,
            action=action,
            votes=tuple((name, _decimal(state.votes[c])) for c, name in enumerate(names, start=1)),
            nontransferable=_decimal(total - sum(state.votes)),
            transfers=(),
            elected=tuple(state.election.name(c) for c in chosen),
            quota=_decimal(state.quota),
            keep=keep,
        )
    )


def _elect(state: _Count, candidates: list[int], how: str) -> list[int]:
    """Most votes are named first; equal ones as they were ahead, then as on the paper."""
    ordered = sorted(candidates, key=lambda c: _by_votes(state, c))
    for candidate in ordered:
        state.hopeful.discard(candidate)
        state.winners.append(candidate)
        name, votes = state.election.name(candidate), _decimal(state.votes[candidate])
        state.elected.append(Elected(name, len(state.stages) + 1, votes, how))
    if not state.complete:
        for candidate in ordered:
            lead_on(state.routes, candidate, state.hopeful, state.winners)
    return ordered


def _pass_on_surpluses(state: _Count) -> None:
    """A round that follows an election."""
    names = listed(state.election.name(c) for c in state.winners)
    iterations, reached = _iterate(state)
    says = f"Of the votes of {names}, what is above the quota is passed on{_told(iterations)}."
    _end_stage(state, Action("surplus", None, None, says), reached)


def _exclude_lowest(state: _Count) -> None:
    """Step B.3, and the round that follows it (B.4), unless the count is then complete."""
    candidate = _lowest(state)
    votes = _decimal(state.votes[candidate])
    state.hopeful.discard(candidate)
    state.excluded.append(candidate)
    state.keep[candidate] = 0
    lead_on(state.routes, candidate, state.hopeful, state.winners)
    name = state.election.name(candidate)
    says = f"{name} has the fewest votes, {figure(votes)}, and is excluded"
    reached: list[int] = []
    if state.complete:
        # The Rule distributes no more votes. The sheet shows where they would go.
        _distribute(state, _levels(state))
    else:
        iterations, reached = _iterate(state)
        says += f"; the votes are distributed anew{_told(iterations)}"
    _end_stage(state, Action("exclusion", name, votes, f"{says}."), reached)


def _lowest(state: _Count) -> int:
    """Step B.3: who is excluded. Raises LotNeeded."""
    least = min(state.votes[c] for c in state.hopeful)
    tied = sorted(c for c in state.hopeful if state.votes[c] <= least + state.surplus)
    if len(tied) == 1:
        return tied[0]
    names = tuple(state.election.name(c) for c in tied)
    left, number = told_apart(tied, earliest_first(state.history), highest=False)
    if number is None:
        return _drawn(state, left, names)
    chosen = state.election.name(left[0])
    says = (
        f"{listed(names)} were equal, or no further apart than the surplus; {chosen} had the "
        f"fewest votes of them at stage {number}, the earliest that tells."
    )
    state.ties.append(Tie(len(state.stages) + 1, names, (chosen,), says))
    return left[0]


def _drawn(state: _Count, left: list[int], tied: tuple[str, ...]) -> int:
    """Those equal at every stage, by lot: the last drawn is excluded."""
    number = len(state.stages) + 1
    label = f"{RULE} stage {number} exclusion"
    order = drawn_candidates(state.seed, label, left, state.election.candidates, state.winners)
    chosen = state.election.name(order[-1])
    says = (
        f"{listed(tied)} were equal, and no stage told "
        f"{listed(state.election.name(c) for c in left)} apart; a lot drew "
        f"{listed(state.election.name(c) for c in order)} in this order, so {chosen} is excluded."
    )
    state.ties.append(Tie(number, tied, (chosen,), says, label))
    return order[-1]


def _by_votes(state: _Count, candidate: int) -> tuple[list[int], int]:
    """Sorts the most votes first, at this stage, then at the earliest ones, then the paper."""
    votes = [state.votes, *state.history]
    return [-one[candidate] for one in votes], candidate


def _not_elected(state: _Count) -> tuple[str, ...]:
    still = sorted(state.hopeful, key=lambda c: _by_votes(state, c))
    return tuple(state.election.name(c) for c in (*still, *reversed(state.excluded)))


def _remarks(state: _Count) -> tuple[str, ...]:
    return vacant(state.election.seats, len(state.election.standing), state.vacancies)


def _told(iterations: int) -> str:
    return f", in {iterations} iterations" if iterations > 1 else ""


def _divided_up(number: int, by: int) -> int:
    return -(-number // by)


def _decimal(units: int) -> Decimal:
    return as_decimal(units, UNIT)
