"""Reserved places: at least so many of a group are elected.

The clause, whose paragraphs the count sheet cites:

    R1  At least as many places as the election states are reserved for candidates of the group
        that it names. Candidates of the group may fill any other place too.
    R2  If fewer candidates of the group stand than places are reserved, as many are reserved as
        candidates of the group stand.
    R3  Plurality at large: if those with most votes include enough of the group, they are elected.
        If not, the reserved places go to those of the group with most votes, and the other places
        to those outside it with most votes.
    R4  Transferable vote, guard: while no more candidates of the group are elected or still in the
        count than places are reserved, none of them may be excluded; the lowest of the others is.
    R5  Transferable vote, doom: once all places left are needed for the group, no candidate
        outside it can be elected any more. They are excluded before anybody else, the lowest first,
        when no surplus is left to transfer, and their papers are transferred as in any exclusion.
    R6  Transferable vote: where more candidates outside the group reach the quota in a stage than
        places are left for them, those with most votes are deemed elected; equal ones as in the
        choice of a surplus. The others fall under R5.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from quorate.count import crosses
from quorate.count.figures import some
from quorate.count.papers import Election, NotCountable
from quorate.count.sheet import Sheet, listed


@dataclass(frozen=True, slots=True)
class Terms:
    """``at_least`` places are reserved for candidates of the ``group``, named as on the paper.

    ``name``: what the group is called, "" if nothing.
    """

    at_least: int
    group: frozenset[str]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reservation:
    """``places`` reserved for the candidates with these ``numbers`` (R1 and R2)."""

    places: int
    numbers: frozenset[int]

    def left(self, elected: Iterable[int]) -> int:
        """How many reserved places are still to be filled."""
        return max(self.places - len(self.numbers & set(elected)), 0)

    def guarded(self, elected: Iterable[int], continuing: Iterable[int]) -> frozenset[int]:
        """R4: who must not be excluded now."""
        still = self.numbers & set(continuing)
        return still if len(still) <= self.left(elected) else frozenset()

    def doomed(
        self, elected: Iterable[int], continuing: Iterable[int], vacancies: int
    ) -> frozenset[int]:
        """R5: who can no longer be elected."""
        if vacancies > self.left(elected):
            return frozenset()
        return frozenset(continuing) - self.numbers


NONE = Reservation(0, frozenset())


def reservation(election: Election, terms: Terms) -> Reservation:
    """R1 and R2 for this election. Raises NotCountable naming the field."""
    for name in sorted(terms.group):
        if name not in election.candidates:
            raise NotCountable(
                f'reserved places: no candidate "{name}"; there are {listed(election.candidates)}'
            )
    if not 1 <= terms.at_least <= election.seats:
        raise NotCountable(
            f"reserved places: expected at least 1 and at most {election.seats}, the number of "
            f"seats, not {terms.at_least}"
        )
    numbers = frozenset(n for n in election.standing if election.name(n) in terms.group)
    return Reservation(min(terms.at_least, len(numbers)), numbers)


def remark(
    election: Election, terms: Terms, reserved: Reservation, elected: tuple[str, ...]
) -> str:
    """What was reserved for whom, and who of them is elected, citing the clause."""
    of_group = [name for name in elected if name in terms.group]
    who = f"Elected of the group: {listed(of_group)}" if of_group else "Nobody of it is elected"
    few = ""
    if reserved.places < terms.at_least:
        stand = "stands" if reserved.places == 1 else "stand"
        few = f"; only {reserved.places} of them {stand}, so no more are reserved (R2)"
    return (
        f"At least {terms.at_least} of {some(election.seats, 'places')} "
        f"{'is' if terms.at_least == 1 else 'are'} reserved for "
        f"{terms.name or 'a group'} (R1): "
        f"{listed(sorted(terms.group)) if terms.group else 'nobody'}{few}. {who}."
    )


def at_large(rule: str, election: Election, seed: bytes | None, terms: Terms) -> Sheet:
    """Plurality at large with reserved places (R3). Raises LotNeeded, NotCountable."""
    reserved = reservation(election, terms)
    tally = crosses.tally(election, election.seats)
    kept = "1 is" if reserved.places == 1 else f"{reserved.places} are"
    allowed = "one candidate" if election.seats == 1 else f"up to {election.seats} candidates"
    says = f"Crosses are counted; a paper could mark {allowed}. Of the places {kept} reserved (R1)."
    at_least, at_most = _among_first(election, tally.votes, reserved)
    if at_least >= reserved.places or at_most > reserved.places:
        sheet = crosses.sheet(rule, election, tally, seed, says)
        if len(terms.group & set(sheet.elected)) >= reserved.places:
            return _remarked(election, terms, reserved, sheet)
    inside = {n: votes for n, votes in tally.votes.items() if n in reserved.numbers}
    outside = {n: votes for n, votes in tally.votes.items() if n not in reserved.numbers}
    open_places = min(election.seats - reserved.places, len(outside))
    with_place, without, ties = crosses.highest(
        election, inside, reserved.places, seed, f"{rule} reserved"
    )
    others, below, more = crosses.highest(election, outside, open_places, seed, rule)
    elected = sorted(with_place + others, key=lambda n: (-tally.votes[n], n))
    losing = sorted(without + below, key=lambda n: (-tally.votes[n], n))
    return _remarked(
        election,
        terms,
        reserved,
        crosses.sheet_with(rule, election, tally, says, elected, losing, ties + more),
    )


def _among_first(
    election: Election, votes: dict[int, int], reserved: Reservation
) -> tuple[int, int]:
    """How many of the group are among those with most votes, if ties go against or for them."""
    against = sorted(votes, key=lambda n: (-votes[n], n in reserved.numbers))
    in_favour = sorted(votes, key=lambda n: (-votes[n], n not in reserved.numbers))
    return (
        len(reserved.numbers & set(against[: election.seats])),
        len(reserved.numbers & set(in_favour[: election.seats])),
    )


def _remarked(election: Election, terms: Terms, reserved: Reservation, sheet: Sheet) -> Sheet:
    said = remark(election, terms, reserved, sheet.elected)
    return replace(sheet, remarks=(*sheet.remarks, said))
