"""ERS97 as a returning officer would count it with single papers: an oracle for the tests.

Written from the text alone (Newland and Britton, 3rd edition, section 5), with fractions, every
paper for itself. It stops where the text needs a lot.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from quorate.count.papers import Election

Figures = dict[str, Fraction]


class LotWanted(Exception):
    """A tie that only a lot breaks."""


@dataclass
class Slip:
    """One voting paper."""

    order: list[str]
    value: Fraction = Fraction(1)
    received: int = 0


@dataclass
class Officer:
    seats: int
    piles: dict[str, list[Slip]]
    continuing: list[str]
    quota: Fraction = Fraction(0)
    total: int = 0
    kept: Figures = field(default_factory=dict)
    elected: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    moment: int = 0
    points: list[Figures] = field(default_factory=list)
    sheet: list[Figures] = field(default_factory=list)

    def vote(self, name: str) -> Fraction:
        """A candidate's vote: a quota once the surplus is transferred, else the papers' value."""
        return self.kept.get(name, sum((slip.value for slip in self.piles[name]), Fraction(0)))

    def figures(self) -> Figures:
        return {name: self.vote(name) for name in self.piles}

    def places(self) -> int:
        return self.seats - len(self.elected)

    def surplus(self, name: str) -> Fraction:
        return max(self.vote(name) - self.quota, Fraction(0))

    def waiting(self) -> Fraction:
        return sum((self.surplus(name) for name in self.elected), Fraction(0))

    def past(self, name: str) -> list[Fraction]:
        return [point[name] for point in self.points]

    def end_of_batch(self) -> None:
        self.points.append(self.figures())
        if not self.elected:
            held = sum(self.figures().values())
            self.quota = Fraction(ceil(held * 100 / (self.seats + 1)), 100)
        while self.places() and self.continuing:
            active = sum(self.vote(n) for n in self.continuing) + self.waiting()
            active += sum(self.vote(n) for n in self.excluded)
            best = max(self.vote(n) for n in self.continuing)
            if best < self.quota and best < active / (self.places() + 1):
                return
            top = [n for n in self.continuing if self.vote(n) == best]
            if len(top) > self.places():
                ranked = sorted(top, key=self.past, reverse=True)
                while ranked and len(ranked) > self.places():
                    last = self.past(ranked[-1])
                    ranked = [n for n in ranked if self.past(n) != last]
                if not ranked:
                    return
                top = ranked
            for name in top:
                self.elected.append(name)
                self.continuing.remove(name)

    def next_of(self, slip: Slip, holder: str) -> str | None:
        later = slip.order[slip.order.index(holder) + 1 :]
        return next((name for name in later if name in self.continuing), None)

    def bulk(self) -> list[str]:
        """The largest group of two or more that paragraph 5.2.5 lets exclude together."""
        upward = sorted(self.continuing, key=self.vote)
        for size in range(len(upward) - self.places(), 1, -1):
            group, above = upward[:size], self.vote(upward[size])
            if self.vote(group[-1]) < above and (
                sum(map(self.vote, group)) + self.waiting() <= above
            ):
                return group
        return []

    def transfer(self, name: str) -> None:
        surplus = self.surplus(name)
        latest = max(slip.received for slip in self.piles[name])
        batch = [slip for slip in self.piles[name] if slip.received == latest]
        onward = [(slip, to) for slip in batch if (to := self.next_of(slip, name))]
        self.kept[name] = self.quota
        self.moment += 1
        if sum(slip.value for slip, _ in onward) > surplus:
            value = Fraction(floor(surplus / len(onward) * 100), 100)
            for slip, _ in onward:
                slip.value = value
        for slip, to in onward:
            slip.received = self.moment
            self.piles[to].append(slip)
        self.end_of_batch()

    def exclude(self, group: list[str]) -> None:
        self.continuing = [name for name in self.continuing if name not in group]
        self.excluded += group
        if len(self.continuing) <= self.places():
            self.elected += self.continuing
            self.continuing = []
            return
        values = sorted({s.value for name in group for s in self.piles[name]}, reverse=True)
        for value in values:
            if not self.places():
                return
            self.moment += 1
            going = [(s, n) for n in group for s in self.piles[n] if s.value == value]
            destined = [(slip, name, self.next_of(slip, name)) for slip, name in going]
            for slip, name, to in destined:
                self.piles[name].remove(slip)
                if to is not None:
                    slip.received = self.moment
                    self.piles[to].append(slip)
            self.end_of_batch()
        if not values:
            self.end_of_batch()

    def turn(self) -> None:
        """The next stage: 5.2.2 to 5.2.7."""
        group = self.bulk()
        upward = sorted(map(self.vote, self.continuing))
        if self.waiting() and self.waiting() > upward[1] - upward[0] and not group:
            most = max(map(self.surplus, self.elected))
            self.transfer(self.one_of([n for n in self.elected if self.surplus(n) == most], True))
        elif group:
            self.exclude(group)
        else:
            fewest = [n for n in self.continuing if self.vote(n) == upward[0]]
            self.exclude([self.one_of(fewest, False)])

    def one_of(self, names: list[str], most: bool) -> str:
        wanted = (max if most else min)(map(self.past, names))
        left = [name for name in names if self.past(name) == wanted]
        if len(left) > 1:
            raise LotWanted
        return left[0]


def by_hand(election: Election) -> tuple[set[str], list[Figures]]:
    """Who is elected, and everybody's votes after each stage. Clear papers only.

    Raises LotWanted.
    """
    piles: dict[str, list[Slip]] = {name: [] for name in election.candidates}
    for paper in election.papers:
        order = [election.name(rank[0]) for rank in paper.ranks]
        for _ in range(paper.weight if order else 0):
            piles[order[0]].append(Slip(list(order)))
    officer = Officer(election.seats, piles, list(election.candidates))
    officer.end_of_batch()
    if len(officer.continuing) <= officer.places():
        officer.elected += officer.continuing
        officer.continuing = []
    officer.sheet.append(officer.figures())
    while officer.places() and officer.continuing:
        officer.turn()
        officer.sheet.append(officer.figures())
    return set(officer.elected), officer.sheet
