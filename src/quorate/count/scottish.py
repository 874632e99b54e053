"""Single transferable vote as Scotland elects its councils: the rule "scottish-stv/1".

Source: Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45 to 52;
the same procedure stands in SSI 2011/399, schedule 1. "Rule" below means a rule of the former.
Votes are counted in units of 0.00001 as integers, so every figure is exact.

Where the Order speaks of a ballot paper, this moves bundles of papers with the same preferences
(``piles``): they go together, at the same value, at the same time.

Nothing can overflow, however many papers there are. Arrays hold numbers of papers alone, in
weights whose sum fits (``bundles.weights_of``); votes, surpluses, values and their products are
Python's integers, one for each candidate and each value that a paper can have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from quorate.count.bundles import BundledElection, Numbers, bundled
from quorate.count.figures import figure
from quorate.count.lot import drawn_candidates
from quorate.count.moves import as_decimal, transfers
from quorate.count.papers import Election
from quorate.count.piles import Piles, open_to, sorted_by_first
from quorate.count.reserved import NONE as NO_RESERVATION
from quorate.count.reserved import Reservation, Terms, remark, reservation
from quorate.count.sheet import Action, Elected, Papers, Sheet, Stage, Tie, Transfer, listed
from quorate.count.ties import latest_first, told_apart, vacant

RULE = "scottish-stv/1"
UNIT = 100_000
"""Five decimal places, rule 48(3)."""


@dataclass(slots=True, eq=False)
class _Count:
    """A count under way. Votes by candidate number, in units; place 0 is nobody's.

    ``values``: every value that a paper has had, in units, each once. ``worth``: parallel to the
    bundles, the place in ``values`` of what each paper of the bundle is worth.
    """

    election: BundledElection
    seed: bytes | None
    papers: Papers
    quota: int
    continuing: set[int]
    votes: list[int]
    piles: Piles
    worth: NDArray[np.int32]
    values: list[int]
    reserved: Reservation = NO_RESERVATION
    elected: list[Elected] = field(default_factory=list)
    with_surplus: list[int] = field(default_factory=list)
    excluded: list[int] = field(default_factory=list)
    history: list[list[int]] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    @property
    def vacancies(self) -> int:
        return self.election.seats - len(self.elected)

    @property
    def doomed(self) -> frozenset[int]:
        """Who can no longer be elected, because all places left are reserved for others (R5)."""
        return self.reserved.doomed(self.elected_numbers, self.continuing, self.vacancies)

    @property
    def elected_numbers(self) -> list[int]:
        return [self.election.candidates.index(one.candidate) + 1 for one in self.elected]

    @property
    def stage(self) -> int:
        """The number of the stage under way, from 1."""
        return len(self.stages) + 1


def count(election: Election, seed: bytes | None) -> Sheet:
    """Counts the election, which must be ``papers.checked``.

    Raises LotNeeded for a tie that no earlier stage breaks (rules 49 and 51) without a seed.
    """
    return count_bundles(bundled(election), seed)


def count_bundles(election: BundledElection, seed: bytes | None) -> Sheet:
    """Counts the election as ``count`` does; it must be ``bundles.checked_bundles``."""
    return _count(election, seed, NO_RESERVATION)


def count_reserved(election: Election, seed: bytes | None, terms: Terms) -> Sheet:
    """The same as ``count`` with places reserved for a group, as the clause in ``reserved`` says.

    Raises LotNeeded, NotCountable.
    """
    reserved = reservation(election, terms)
    sheet = _count(bundled(election), seed, reserved)
    said = remark(election, terms, reserved, sheet.elected)
    return replace(sheet, remarks=(*sheet.remarks, said))


def _count(election: BundledElection, seed: bytes | None, reserved: Reservation) -> Sheet:
    state = _first_stage(election, seed, reserved)
    while state.vacancies and state.continuing:
        if state.with_surplus:
            _transfer_surplus(state)
        else:
            _exclude_lowest(state)
    return Sheet(
        rule=RULE,
        title=election.title,
        seats=election.seats,
        quota=Decimal(state.quota),
        candidates=election.candidates,
        withdrawn=tuple(election.name(number) for number in sorted(election.withdrawn)),
        papers=state.papers,
        stages=tuple(state.stages),
        ties=tuple(state.ties),
        elections=tuple(state.elected),
        not_elected=_not_elected(state),
        remarks=_remarks(state),
    )


def quota_of(valid: int, seats: int) -> int:
    """Rule 46: valid papers ÷ (seats + 1), the whole part, plus one."""
    return valid // (seats + 1) + 1


def transfer_value(surplus: int, value: int, votes: int) -> int:
    """Rule 48(3): surplus × value when received ÷ all votes of the candidate, to five places.

    All in units of 0.00001; any remainder is ignored.
    """
    return surplus * value // votes


def _first_stage(election: BundledElection, seed: bytes | None, reserved: Reservation) -> _Count:
    """Rule 45: papers are sorted by first preference, each worth one. Rule 46: the quota."""
    piles, papers = sorted_by_first(election)
    numbers = len(election.candidates)
    state = _Count(
        election=election,
        seed=seed,
        papers=papers,
        quota=quota_of(papers.valid, election.seats),
        continuing=set(election.standing),
        votes=[0] * (numbers + 1),
        piles=piles,
        worth=np.zeros(len(piles.holder), np.int32),
        values=[UNIT],
        reserved=reserved,
    )
    counted = np.flatnonzero(piles.holder > 0)
    first = piles.papers_by(piles.holder[counted], counted, numbers + 1)
    for candidate, number in first.items():
        state.votes[candidate] = number * UNIT
    _end_stage(state, Action("first preferences", None, None, "First preferences are counted."), ())
    return state


def _end_stage(state: _Count, action: Action, transfers: Iterable[Transfer]) -> None:
    """Closes a stage: who is deemed elected by it (rules 47 and 52), and the figures."""
    state.history.append(list(state.votes))
    number = state.stage
    names = state.election.candidates
    reached = [c for c in state.continuing if state.votes[c] >= state.quota * UNIT]
    deemed = _deem_elected(state, _with_a_place(state, reached), "reached the quota")
    if state.vacancies and len(state.continuing) <= state.vacancies:
        rest = list(state.continuing)
        deemed += _deem_elected(state, rest, "no more candidates than vacancies were left")
    state.stages.append(
        Stage(
            number=number,
            action=action,
            votes=tuple((name, _decimal(state.votes[c])) for c, name in enumerate(names, start=1)),
            nontransferable=_decimal(state.papers.valid * UNIT - sum(state.votes)),
            transfers=tuple(transfers),
            elected=tuple(names[c - 1] for c in deemed),
        )
    )


def _deem_elected(state: _Count, candidates: list[int], how: str) -> list[int]:
    """Rules 47 and 52(1): these are elected, the one with most votes named first.

    Equal ones are named in the order of the most recent stage at which they differed, then of
    the paper; nothing depends on that.
    """
    ordered = sorted(candidates, key=lambda c: _by_votes(state, c))
    for candidate in ordered:
        votes = state.votes[candidate]
        state.continuing.discard(candidate)
        name = state.election.name(candidate)
        state.elected.append(Elected(name, state.stage, _decimal(votes), how))
        if votes > state.quota * UNIT:
            state.with_surplus.append(candidate)
    return ordered


def _with_a_place(state: _Count, reached: list[int]) -> list[int]:
    """Those with the quota who have a place: all, unless places are reserved (R5 and R6)."""
    inside = state.reserved.numbers & set(reached)
    outside = sorted(set(reached) - inside)
    needed = state.reserved.left([*state.elected_numbers, *inside])
    free = state.vacancies - len(inside) - needed
    if len(outside) <= free:
        return reached
    chosen: list[int] = []
    while len(chosen) < free:
        left = [c for c in outside if c not in chosen]
        chosen.append(_chosen(state, left, highest=True))
    return [*inside, *chosen]


def _transfer_surplus(state: _Count) -> None:
    """Rules 48 and 49: the largest surplus is transferred, all papers of the candidate sorted."""
    candidate = _chosen(state, state.with_surplus, highest=True)
    state.with_surplus.remove(candidate)
    votes = state.votes[candidate]
    surplus = votes - state.quota * UNIT
    papers = state.piles.held_by(candidate)
    _revalue(state, papers, surplus, votes)
    moved = _move(state, papers)
    state.votes[candidate] -= surplus
    name = state.election.name(candidate)
    says = (
        f"The surplus of {name}, {figure(_decimal(surplus))} votes, is transferred: each paper at "
        f"its value × {figure(_decimal(surplus))} ÷ {figure(_decimal(votes))}."
    )
    action = Action("surplus", name, _decimal(votes), says)
    names = state.election.candidates
    _end_stage(state, action, transfers(names, moved, surplus, UNIT))


def _exclude_lowest(state: _Count) -> None:
    """Rules 50 and 51: the candidate with fewest votes is excluded, all papers transferred.

    Rule 52(2) lets the transfer be left out when the last vacancies are filled thereby. The
    returning officers' figures contain it (SSI 2021/437, article 2(4) now says that it may be
    made), and it is made here.
    """
    guarded = state.reserved.guarded(state.elected_numbers, state.continuing)
    doomed = state.doomed
    turn = doomed or state.continuing - guarded
    candidate = _chosen(state, sorted(turn), highest=False)
    state.continuing.discard(candidate)
    state.excluded.append(candidate)
    votes = state.votes[candidate]
    state.votes[candidate] = 0
    moved = _move(state, state.piles.held_by(candidate))
    name = state.election.name(candidate)
    says = f"{name} has the fewest votes, {figure(_decimal(votes))}, and is excluded."
    if doomed:
        says = (
            f"All places left are reserved for others, so {name}, with {figure(_decimal(votes))} "
            "votes, can no longer be elected and is excluded (R5)."
        )
    elif guarded:
        names = listed(state.election.name(c) for c in sorted(guarded))
        says = (
            f"{names} must not be excluded (R4); of the others {name} has the fewest votes, "
            f"{figure(_decimal(votes))}, and is excluded."
        )
    action = Action("exclusion", name, _decimal(votes), says)
    _end_stage(state, action, transfers(state.election.candidates, moved, votes, UNIT))


def _revalue(state: _Count, papers: Numbers, surplus: int, votes: int) -> None:
    """Rule 48(3): each of these papers of a candidate with a surplus is worth so much less."""
    worth = state.worth[papers]
    becomes = np.zeros(len(state.values), np.int32)
    for old in np.flatnonzero(np.bincount(worth)).tolist():
        value = transfer_value(surplus, state.values[old], votes)
        if value not in state.values:
            state.values.append(value)
        becomes[old] = state.values.index(value)
    state.worth[papers] = becomes[worth]


def _move(state: _Count, papers: Numbers) -> dict[tuple[int, int], int]:
    """Rules 48(2) and 50: papers go to the next available preference, each at what it is worth.

    (candidate or 0, value) → papers. Those without a preference become non-transferable.
    """
    still_open = open_to(state.continuing, len(state.election.candidates))
    to = state.piles.hand_on(papers, still_open)
    values = len(state.values)
    key = to.astype(np.int64) * values + state.worth[papers]
    moved: dict[tuple[int, int], int] = {}
    for place, number in state.piles.papers_by(key, papers, len(still_open) * values).items():
        candidate, worth = divmod(place, values)
        moved[candidate, state.values[worth]] = number
        if candidate:
            state.votes[candidate] += number * state.values[worth]
    return moved


def _chosen(state: _Count, candidates: list[int], *, highest: bool) -> int:
    """Whose turn it is: most votes (rule 49) or fewest (rules 50 and 51).

    Equal ones: the most recent earlier stage at which they differed decides, then a lot. The
    first drawn counts as ahead: it is transferred first, and the last drawn is excluded.
    """
    best = max if highest else min
    extreme = best(state.votes[c] for c in candidates)
    tied = sorted(c for c in candidates if state.votes[c] == extreme)
    if len(tied) == 1:
        return tied[0]
    names = tuple(state.election.name(c) for c in tied)
    left, number = told_apart(tied, latest_first(state.history), highest=highest)
    if number is None:
        return _drawn(state, left, names, highest=highest)
    chosen = state.election.name(left[0])
    says = (
        f"{listed(names)} were equal; {chosen} had the {'most' if highest else 'fewest'} votes of "
        f"them at stage {number}."
    )
    state.ties.append(Tie(state.stage, names, (chosen,), says))
    return left[0]


def _drawn(state: _Count, left: list[int], tied: tuple[str, ...], *, highest: bool) -> int:
    """Rules 49 and 51: those equal at every stage, by lot. Raises LotNeeded without a seed."""
    label = f"{RULE} stage {state.stage} {'surplus' if highest else 'exclusion'}"
    names = state.election.candidates
    order = drawn_candidates(state.seed, label, left, names, state.elected_numbers)
    turn = order[0] if highest else order[-1]
    chosen = state.election.name(turn)
    says = (
        f"{listed(tied)} were equal, and no earlier stage told "
        f"{listed(state.election.name(c) for c in left)} apart; a lot drew "
        f"{listed(state.election.name(c) for c in order)} in this order, so "
        f"{chosen} is {'transferred first' if highest else 'excluded'}."
    )
    state.ties.append(Tie(state.stage, tied, (chosen,), says, label))
    return turn


def _by_votes(state: _Count, candidate: int) -> tuple[list[int], int]:
    """Sorts the most votes first, at this stage, then at the most recent ones, then the paper."""
    return [-votes[candidate] for votes in reversed(state.history)], candidate


def _not_elected(state: _Count) -> tuple[str, ...]:
    still = sorted(state.continuing, key=lambda c: _by_votes(state, c))
    return tuple(state.election.name(c) for c in (*still, *reversed(state.excluded)))


def _remarks(state: _Count) -> tuple[str, ...]:
    return vacant(state.election.seats, len(state.election.standing), state.vacancies)


def _decimal(units: int) -> Decimal:
    return as_decimal(units, UNIT)
