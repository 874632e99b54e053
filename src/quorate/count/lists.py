"""Seats for lists: the rules "dhondt/1", "sainte-lague/1" and "hare-niemeyer/1".

The candidates are lists. A paper marks one list; one that marks several is invalid. The seats are
shared out in proportion to the lists' votes, as ``apportionment`` does it:

- "dhondt/1": one after the other to the highest quotient votes ÷ 1, 2, 3, …
- "sainte-lague/1": one after the other to the highest quotient votes ÷ 1, 3, 5, …
- "hare-niemeyer/1": each list has the whole part of votes × seats ÷ all votes, and the seats left
  go to the largest remainders.

An election may state a minimum: then each list has so many seats before the first is shared out,
and by "hare-niemeyer/1" lists whose quota is below it leave the sharing with it. So are delegates
shared out between branches, each a list with as many votes as members.

Equal quotients (or remainders) for too few seats: by lot. Where all of them get a seat, their order
is that of the paper and changes nothing. There is no threshold. Whom a list sends is not counted
here. Without a single vote no seat is given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from quorate.count import crosses
from quorate.count.apportionment import (
    CannotApportion,
    InOrder,
    above_minimum,
    divisor_awards,
    hare_niemeyer,
    odd,
    seats_above_minimum,
    whole,
)
from quorate.count.figures import some
from quorate.count.lot import drawn_candidates
from quorate.count.papers import Election, NotCountable
from quorate.count.sheet import Elected, ListShare, Sheet, Tie, listed
from quorate.count.side_tables import mixed

DHONDT = "dhondt/1"
SAINTE_LAGUE = "sainte-lague/1"
HARE_NIEMEYER = "hare-niemeyer/1"

Votes = dict[str, int]
Seat = tuple[str, str]
"""To which list, and why."""

_LEAST = "of the seats that each list has at least"


@dataclass(frozen=True, slots=True)
class Terms:
    """``minimum``: how many seats each list has at least."""

    minimum: int


NO_MINIMUM = Terms(0)


def dhondt(election: Election, seed: bytes | None, terms: Terms = NO_MINIMUM) -> Sheet:
    """Counts the election by "dhondt/1". Raises LotNeeded, NotCountable."""
    return _by_divisor(DHONDT, election, seed, whole, terms.minimum)


def sainte_lague(election: Election, seed: bytes | None, terms: Terms = NO_MINIMUM) -> Sheet:
    """Counts the election by "sainte-lague/1". Raises LotNeeded, NotCountable."""
    return _by_divisor(SAINTE_LAGUE, election, seed, odd, terms.minimum)


def largest_remainders(election: Election, seed: bytes | None, terms: Terms = NO_MINIMUM) -> Sheet:
    """Counts the election by "hare-niemeyer/1". Raises LotNeeded, NotCountable."""
    rule, minimum = HARE_NIEMEYER, terms.minimum
    tally = crosses.tally(election, 1)
    votes = _by_name(election, tally)
    total = sum(votes.values())
    if not total:
        return _without_votes(rule, election, tally)
    _enough_for(votes, election.seats, minimum)
    sharing, left = above_minimum(votes, election.seats, minimum)
    quotas = {name: Fraction(size * election.seats, total) for name, size in votes.items()}
    whole_seats = dict.fromkeys(votes, minimum)
    if sharing:
        size_of_all = sum(sharing.values())
        quotas |= {name: Fraction(size * left, size_of_all) for name, size in sharing.items()}
        whole_seats |= {name: int(quotas[name]) for name in sharing}
    remainders = {name: quotas[name] - whole_seats[name] for name in sharing}
    over = election.seats - sum(whole_seats.values())
    ahead = sorted(sharing, key=lambda name: -remainders[name])
    last = remainders[ahead[over - 1]] if over else Fraction(1)
    equal = [name for name in sharing if remainders[name] == last]
    free = over - sum(remainder > last for remainder in remainders.values())
    order, ties = _order(rule, election, votes, equal if over else [], free, seed)
    shares = hare_niemeyer(votes, election.seats, minimum=minimum, ties=InOrder(order))
    seats: list[Seat] = [
        (name, f"whole part of its quota {mixed(quotas[name])}" if name in sharing else _LEAST)
        for name in votes
        for _ in range(whole_seats[name])
    ]
    seats += [
        (name, f"remainder {mixed(remainders[name])} of its quota {mixed(quotas[name])}")
        for name in sorted(
            (name for name in order if name in sharing), key=lambda name: -remainders[name]
        )
        if shares[name] > whole_seats[name]
    ]
    lists = tuple(
        ListShare(name, size, shares[name], quotas[name], (), least=name not in sharing)
        for name, size in votes.items()
    )
    return _sheet(rule, election, tally, seats, ties, lists)


def _by_divisor(
    rule: str,
    election: Election,
    seed: bytes | None,
    divisor: Callable[[int], int],
    minimum: int,
) -> Sheet:
    tally = crosses.tally(election, 1)
    votes = _by_name(election, tally)
    if not any(votes.values()):
        return _without_votes(rule, election, tally)
    _enough_for(votes, election.seats, minimum)
    in_paper = InOrder(tuple(votes))
    awards = list(divisor_awards(votes, election.seats, divisor, minimum, in_paper))
    ties: tuple[Tie, ...] = ()
    if awards:
        last = awards[-1]
        equal = [one.code for one in awards if one.quotient == last.quotient]
        free = len(equal)
        equal += [name for name in last.passed_over if name not in equal]
        order, ties = _order(rule, election, votes, equal, free, seed)
        awards = list(divisor_awards(votes, election.seats, divisor, minimum, InOrder(order)))
    shares = {name: minimum + sum(one.code == name for one in awards) for name in votes}
    seats: list[Seat] = [(name, _LEAST) for name in votes for _ in range(minimum)]
    seats += [(one.code, f"seat {one.seat}, quotient {mixed(one.quotient)}") for one in awards]
    lists = tuple(
        ListShare(
            name,
            size,
            shares[name],
            None,
            tuple(Fraction(size, divisor(held)) for held in range(minimum, shares[name] + 1)),
        )
        for name, size in votes.items()
    )
    return _sheet(rule, election, tally, seats, ties, lists)


def _enough_for(votes: Votes, seats: int, minimum: int) -> None:
    """Raises NotCountable where not every list can have the minimum."""
    try:
        seats_above_minimum(votes, seats, minimum)
    except CannotApportion as error:
        raise NotCountable(str(error)) from None


def _by_name(election: Election, tally: crosses.Tally) -> Votes:
    return {election.name(number): votes for number, votes in tally.votes.items()}


def _order(
    rule: str, election: Election, votes: Votes, equal: list[str], free: int, seed: bytes | None
) -> tuple[tuple[str, ...], tuple[Tie, ...]]:
    """All lists in the order in which equal ones get a seat, and the lot if one is needed.

    ``equal``: those equal for the last ``free`` seats. Raises LotNeeded.
    """
    if len(equal) <= free:
        return tuple(votes), ()
    label = f"{rule} last seat"
    numbers = [election.candidates.index(name) + 1 for name in equal]
    drawn = [
        election.name(number)
        for number in drawn_candidates(seed, label, numbers, election.candidates)
    ]
    tied = tuple(name for name in votes if name in equal)
    says = (
        f"{listed(tied)} are equal for the last {'seat' if free == 1 else f'{free} seats'}; a lot "
        f"drew {listed(drawn)} in this order."
    )
    tie = Tie(1, tied, tuple(drawn[:free]), says, label)
    return (*drawn, *(name for name in votes if name not in equal)), (tie,)


def _sheet(
    rule: str,
    election: Election,
    tally: crosses.Tally,
    seats: list[Seat],
    ties: tuple[Tie, ...],
    lists: tuple[ListShare, ...],
) -> Sheet:
    votes = _by_name(election, tally)
    shared = f"{some(election.seats, 'seats')} {'is' if election.seats == 1 else 'are'} shared out"
    says = f"Votes for lists are counted; {shared} by {rule}."
    with_seats = dict.fromkeys(name for name, _ in seats)
    without = [name for name in votes if name not in with_seats]
    sheet = crosses.sheet_without_places(rule, election, tally, says, [])
    stage = replace(sheet.stages[0], elected=tuple(name for name, _ in seats))
    return replace(
        sheet,
        stages=(stage,),
        ties=ties,
        elections=tuple(Elected(name, 1, Decimal(votes[name]), why) for name, why in seats),
        not_elected=tuple(sorted(without, key=lambda name: -votes[name])),
        lists=lists,
    )


def _without_votes(rule: str, election: Election, tally: crosses.Tally) -> Sheet:
    """No vote, no seat; ``unvoted`` says why."""
    lists = tuple(ListShare(name, 0, 0, None, ()) for name in _by_name(election, tally))
    return _sheet(rule, election, tally, [], (), lists)
