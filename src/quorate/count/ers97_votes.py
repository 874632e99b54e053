"""The papers and votes of a count by "ers97/1" under way: who holds which batch, at what value.

Votes are integers of hundredths. A batch (6.1) is all papers of one value in a transfer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from quorate.count.moves import as_decimal
from quorate.count.papers import Election
from quorate.count.preferences import Preferences
from quorate.count.sheet import Action, Elected, Stage, Tie, Transfer

RULE = "ers97/1"
UNIT = 100
"""Two decimal places, 5.1.6 and 5.3.7."""

Papers = tuple[Preferences, int]
"""An order of preferences, and the place in it that counts now."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Papers received together, ``value`` hundredths each."""

    value: int
    held: tuple[tuple[Papers, int], ...]

    @property
    def papers(self) -> int:
        """How many papers there are."""
        return sum(number for _, number in self.held)

    def by_next_preference(self, continuing: set[int]) -> list[tuple[int, Papers, int]]:
        """5.3.3: next available preference, or 0 for none; where the paper then stands; number."""
        sorted_out = []
        for (order, place), number in self.held:
            onward = place + 1
            while onward < len(order) and order[onward] not in continuing:
                onward += 1
            to = order[onward] if onward < len(order) else 0
            sorted_out.append((to, (order, onward), number))
        return sorted_out


@dataclass(slots=True)
class Votes:
    """``of``: votes by candidate number (place 0 is nobody's). ``history``: ``of`` at each point.

    ``piles``: each candidate's batches in the order received.
    """

    election: Election
    seed: bytes | None
    valid: int
    quota: int
    of: list[int]
    piles: list[list[Batch]]
    continuing: set[int]
    nontransferable: int = 0
    history: list[list[int]] = field(default_factory=list)
    elected: list[Elected] = field(default_factory=list)
    elected_numbers: list[int] = field(default_factory=list)
    excluded: list[int] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    @classmethod
    def of_first_preferences(
        cls, election: Election, valid: dict[Preferences, int], seed: bytes | None
    ) -> Votes:
        """5.1.2 to 5.1.6: papers sorted by first preference, each worth one; the quota."""
        total = sum(valid.values())
        held: list[list[tuple[Papers, int]]] = [[] for _ in range(len(election.candidates) + 1)]
        for order, papers in valid.items():
            held[order[0]].append(((order, 0), papers))
        piles = [[Batch(UNIT, tuple(papers))] if papers else [] for papers in held]
        return cls(
            election=election,
            seed=seed,
            valid=total,
            quota=quota_of(total * UNIT, election.seats),
            of=[sum(batch.papers for batch in pile) * UNIT for pile in piles],
            piles=piles,
            continuing=set(election.standing),
        )

    @property
    def places(self) -> int:
        """Places not yet filled."""
        return self.election.seats - len(self.elected)

    @property
    def stage(self) -> int:
        """The number of the stage under way, from 1."""
        return len(self.stages) + 1

    @property
    def surpluses(self) -> int:
        """All surpluses not yet transferred, together."""
        return sum(self.surplus(candidate) for candidate in self.elected_numbers)

    @property
    def active(self) -> int:
        """6.20, as 5.6.1 calculates it: what is neither an elected one's quota nor lost."""
        kept = sum(min(self.of[candidate], self.quota) for candidate in self.elected_numbers)
        return self.valid * UNIT - kept - self.nontransferable

    def surplus(self, candidate: int) -> int:
        """6.18: what the candidate has above the quota."""
        return max(self.of[candidate] - self.quota, 0)

    def elect(self, candidate: int, how: str) -> None:
        """Deems the candidate elected; they get no further papers (5.4.10)."""
        self.continuing.discard(candidate)
        self.elected_numbers.append(candidate)
        name = self.election.name(candidate)
        self.elected.append(Elected(name, self.stage, as_votes(self.of[candidate]), how))

    def exclude(self, together: Iterable[int]) -> None:
        """Excludes these, who stand in ascending order of their votes."""
        for candidate in together:
            self.continuing.discard(candidate)
            self.excluded.append(candidate)

    def credit(self, papers: Iterable[tuple[int, Papers, int]], value: int) -> dict[int, Batch]:
        """Credits the papers to whom they go, at this value; candidate → what they receive."""
        held: dict[int, list[tuple[Papers, int]]] = {}
        for to, place, number in papers:
            held.setdefault(to, []).append((place, number))
            self.of[to] += number * value
        return {to: Batch(value, tuple(what)) for to, what in held.items()}

    def put_with(self, received: Iterable[tuple[int, Batch]]) -> None:
        """Puts what each candidate received, from however many, as one batch with their papers."""
        together: dict[int, Batch] = {}
        for to, batch in received:
            held = together[to].held if to in together else ()
            together[to] = Batch(batch.value, held + batch.held)
        for to, batch in together.items():
            self.piles[to].append(batch)

    def keep(self, batches: list[tuple[int, Batch]]) -> None:
        """Leaves the batches where they are."""
        for candidate, batch in batches:
            self.piles[candidate].append(batch)

    def standing(self, candidate: int) -> tuple[list[int], int]:
        """Sorts most votes first, equal ones by the earliest point at which they differed."""
        points = [self.of, *self.history]
        return [-votes[candidate] for votes in points], candidate

    def end_stage(self, action: Action, transfers: tuple[Transfer, ...]) -> None:
        """Closes the stage with its figures."""
        names = self.election.candidates
        self.stages.append(
            Stage(
                number=self.stage,
                action=action,
                votes=tuple(
                    (name, as_votes(self.of[number])) for number, name in enumerate(names, start=1)
                ),
                nontransferable=as_votes(self.nontransferable),
                transfers=transfers,
                elected=tuple(one.candidate for one in self.elected if one.stage == self.stage),
                quota=as_votes(self.quota),
            )
        )


def quota_of(votes: int, seats: int) -> int:
    """5.1.6, in hundredths: votes ÷ (seats + 1); where that is not exact, the remainder ignored
    and 0.01 added."""
    return -(-votes // (seats + 1))


def as_votes(units: int) -> Decimal:
    """So many hundredths as votes with two decimals."""
    return as_decimal(units, UNIT)
