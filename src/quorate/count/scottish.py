"""Scottish STV: The Scottish Local Government Elections Order 2011 (SSI 2011/399), schedule 1,
rules 45 to 52, as in the Order of 2007 (SSI 2007/42).

Votes are whole numbers of 0.00001. Grouped papers travel together; a paper's value is the same for
all in a group.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from quorate.count.lot import LotNeeded, drawn_order
from quorate.count.papers import Contest, sort_papers
from quorate.count.sheet import Sheet, Stage, Tie, Transfer

RULE = "scottish-stv/1"
PLACES = 5
UNIT = 10**PLACES


@dataclass(slots=True)
class _Bundle:
    """Like papers in somebody's pile: how many, each worth ``value`` units, which preference of
    theirs it is that counts now."""

    weight: int
    value: int
    order: tuple[int, ...]
    at: int


@dataclass(slots=True)
class _Count:
    contest: Contest
    seed: bytes | None
    piles: dict[int, list[_Bundle]] = field(default_factory=dict)
    votes: dict[int, int] = field(default_factory=dict)
    nontransferable: int = 0
    quota: int = 0
    elected: list[int] = field(default_factory=list)
    excluded: list[int] = field(default_factory=list)
    surpluses: list[int] = field(default_factory=list)
    history: list[dict[int, int]] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    def name(self, candidate: int) -> str:
        return self.contest.names[candidate - 1]

    @property
    def continuing(self) -> list[int]:
        gone = {*self.elected, *self.excluded}
        return [candidate for candidate in self.votes if candidate not in gone]


def count(contest: Contest, seed: bytes | None) -> Sheet:
    """Counts a contest. Raises LotNeeded where a tie needs a lot and there is no seed."""
    papers = sort_papers(contest)
    c = _Count(contest, seed)
    for candidate in range(1, len(contest.names) + 1):
        if candidate not in contest.withdrawn:
            c.piles[candidate], c.votes[candidate] = [], 0
    valid = 0
    for paper in papers.valid:  # rule 45: first preferences
        c.piles[paper.order[0]].append(_Bundle(paper.weight, UNIT, paper.order, 0))
        c.votes[paper.order[0]] += paper.weight * UNIT
        valid += paper.weight
    c.quota = (valid // (contest.seats + 1) + 1) * UNIT  # rule 46
    _stage(c, "First preferences", None)
    while len(c.elected) < contest.seats and c.continuing:
        places = contest.seats - len(c.elected)
        if len(c.continuing) <= places:  # rule 52: as many continuing as vacancies
            _elect_remaining(c)
            break
        if c.surpluses:
            _transfer_surplus(c)
        else:
            _exclude_lowest(c)
    return Sheet(
        rule=RULE,
        seats=contest.seats,
        places=PLACES,
        quota=c.quota,
        valid=valid,
        invalid=papers.invalid,
        stages=tuple(c.stages),
        ties=tuple(c.ties),
        elected=tuple(c.name(candidate) for candidate in c.elected),
        not_elected=_not_elected(c),
    )


def _not_elected(c: _Count) -> tuple[str, ...]:
    """Whoever is left at the end, most votes first, then the excluded, the last one first.

    Equal votes are put in the order of the ballot paper; this order fills no seat.
    """
    left = sorted(c.continuing, key=lambda candidate: (-c.votes[candidate], candidate))
    return tuple(c.name(candidate) for candidate in (*left, *reversed(c.excluded)))


def _stage(c: _Count, action: str, transfer: Transfer | None, excluded: int | None = None) -> None:
    """Ends a stage: whoever has the quota is elected (rule 47), the sheet is written on."""
    reached = [candidate for candidate in c.continuing if c.votes[candidate] >= c.quota]
    c.history.append(dict(c.votes))
    elected: list[int] = []
    while reached and len(c.elected) < c.contest.seats:
        best = _highest(c, reached, "order of election")
        reached.remove(best)
        c.elected.append(best)
        elected.append(best)
        if c.votes[best] > c.quota:
            c.surpluses.append(best)
    c.stages.append(
        Stage(
            number=len(c.stages) + 1,
            action=action,
            votes=tuple((c.name(candidate), votes) for candidate, votes in c.votes.items()),
            nontransferable=c.nontransferable,
            elected=tuple(c.name(candidate) for candidate in elected),
            excluded=() if excluded is None else (c.name(excluded),),
            transfer=transfer,
        )
    )


def _highest(c: _Count, among: list[int], what: str) -> int:
    most = max(c.votes[candidate] for candidate in among)
    tied = [candidate for candidate in among if c.votes[candidate] == most]
    return tied[0] if len(tied) == 1 else _break_tie(c, tied, what, highest=True)


def _break_tie(c: _Count, tied: list[int], what: str, *, highest: bool) -> int:
    """Rules 49(4) and 51(2): the most recent stage at which they differed, then by lot."""
    names = tuple(c.name(candidate) for candidate in tied)
    among = tied
    for votes in reversed(c.history):
        figures = [votes[candidate] for candidate in among]
        wanted = max(figures) if highest else min(figures)
        among = [candidate for candidate in among if votes[candidate] == wanted]
        if len(among) == 1:
            how = f"{what}: the most recent stage at which they differed"
            c.ties.append(Tie(len(c.stages) + 1, names, c.name(among[0]), how))
            return among[0]
    if what == "order of election":
        return among[0]  # nothing depends on it: each has the quota and the same votes
    if c.seed is None:
        raise LotNeeded([c.name(candidate) for candidate in among])
    label = f"stage {len(c.stages) + 1} {what}"
    drawn = drawn_order(c.seed, label, [c.name(candidate) for candidate in among])[0]
    c.ties.append(Tie(len(c.stages) + 1, names, drawn, f"{what}: by lot"))
    return next(candidate for candidate in among if c.name(candidate) == drawn)


def _transfer_surplus(c: _Count) -> None:
    """Rules 48 and 49: the largest surplus, each paper at surplus × its value ÷ the total,
    five decimal places, the rest disregarded."""
    source = _highest(c, c.surpluses, "whose surplus goes first")
    c.surpluses.remove(source)
    total = c.votes[source]
    surplus = total - c.quota
    receivers = set(c.continuing)
    gained: dict[int, int] = {}
    worth = 0
    for bundle in c.piles[source]:
        value = surplus * bundle.value // total
        worth = max(worth, value)
        _pass_on(c, bundle, value, receivers, gained)
    passed = sum(gained.values())
    # What rounding left, and what had no next preference, goes to nobody.
    c.votes[source] = c.quota
    lost = surplus - passed
    c.nontransferable += lost
    c.piles[source] = []
    _stage(c, f"Surplus of {c.name(source)}", _transfer(c, source, "surplus", worth, gained, lost))


def _exclude_lowest(c: _Count) -> None:
    """Rules 50 and 51: the one with the fewest votes; papers go on at the value they have."""
    fewest = min(c.votes[candidate] for candidate in c.continuing)
    tied = [candidate for candidate in c.continuing if c.votes[candidate] == fewest]
    lowest = tied[0] if len(tied) == 1 else _break_tie(c, tied, "exclusion", highest=False)
    c.excluded.append(lowest)
    receivers = set(c.continuing)
    gained: dict[int, int] = {}
    worth = 0
    for bundle in c.piles[lowest]:
        worth = max(worth, bundle.value)
        _pass_on(c, bundle, bundle.value, receivers, gained)
    lost = c.votes[lowest] - sum(gained.values())
    c.nontransferable += lost
    c.votes[lowest] = 0
    c.piles[lowest] = []
    why = _transfer(c, lowest, "exclusion", worth, gained, lost)
    _stage(c, f"Exclusion of {c.name(lowest)}", why, lowest)


def _pass_on(
    c: _Count, bundle: _Bundle, value: int, receivers: set[int], gained: dict[int, int]
) -> None:
    """A bundle goes to its next preference that continues, if it has one."""
    for at in range(bundle.at + 1, len(bundle.order)):
        candidate = bundle.order[at]
        if candidate in receivers:
            if value:
                c.piles[candidate].append(_Bundle(bundle.weight, value, bundle.order, at))
            gained[candidate] = gained.get(candidate, 0) + bundle.weight * value
            c.votes[candidate] += bundle.weight * value
            return


def _transfer(
    c: _Count, source: int, why: str, value: int, gained: dict[int, int], lost: int
) -> Transfer:
    to = tuple((c.name(candidate), gained[candidate]) for candidate in sorted(gained))
    return Transfer(c.name(source), why, value, to, lost)


def _elect_remaining(c: _Count) -> None:
    """Rule 52: the continuing candidates fill the places that are left."""
    rest = sorted(c.continuing, key=lambda candidate: (-c.votes[candidate], candidate))
    last = c.stages[-1]
    c.elected.extend(rest)
    names = (*last.elected, *(c.name(candidate) for candidate in rest))
    c.stages[-1] = Stage(
        number=last.number,
        action=last.action,
        votes=last.votes,
        nontransferable=last.nontransferable,
        elected=names,
        excluded=last.excluded,
        transfer=last.transfer,
    )
