"""Seats for lists: the rules "dhondt/1", "sainte-lague/1" and "hare-niemeyer/1".

The candidates are lists. A paper marks one list; one that marks several is invalid. The seats are
shared out in proportion to the lists' votes, as ``apportionment`` does it:

- "dhondt/1": one after the other to the highest quotient votes ÷ 1, 2, 3, …
- "sainte-lague/1": one after the other to the highest quotient votes ÷ 1, 3, 5, …
- "hare-niemeyer/1": each list has the whole part of votes × seats ÷ all votes, and the seats left
  go to the largest remainders.

Equal quotients (or remainders) for too few seats: by lot. Where all of them get a seat, their order
is that of the paper and changes nothing. There is no threshold. Whom a list sends is not counted
here. Without a single vote no seat is given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from quorate.count import crosses
from quorate.count.apportionment import InOrder, divisor_awards, hare_niemeyer, odd, whole
from quorate.count.lot import drawn_candidates
from quorate.count.papers import Election
from quorate.count.sheet import Elected, ListShare, Sheet, Tie, listed

DHONDT = "dhondt/1"
SAINTE_LAGUE = "sainte-lague/1"
HARE_NIEMEYER = "hare-niemeyer/1"

Votes = dict[str, int]
Seat = tuple[str, str]
"""To which list, and why."""


def dhondt(election: Election, seed: bytes | None) -> Sheet:
    """Counts the election by "dhondt/1". Raises LotNeeded."""
    return _by_divisor(DHONDT, election, seed, whole)


def sainte_lague(election: Election, seed: bytes | None) -> Sheet:
    """Counts the election by "sainte-lague/1". Raises LotNeeded."""
    return _by_divisor(SAINTE_LAGUE, election, seed, odd)


def largest_remainders(election: Election, seed: bytes | None) -> Sheet:
    """Counts the election by "hare-niemeyer/1". Raises LotNeeded."""
    tally = crosses.tally(election, 1)
    votes = _by_name(election, tally)
    total = sum(votes.values())
    if not total:
        return _without_votes(HARE_NIEMEYER, election, tally)
    quotas = {name: Fraction(size * election.seats, total) for name, size in votes.items()}
    remainders = {name: quota - int(quota) for name, quota in quotas.items()}
    left = election.seats - sum(int(quota) for quota in quotas.values())
    ahead = sorted(votes, key=lambda name: -remainders[name])
    last = remainders[ahead[left - 1]] if left else Fraction(1)
    equal = [name for name in votes if remainders[name] == last]
    free = left - sum(remainder > last for remainder in remainders.values())
    order, ties = _order(HARE_NIEMEYER, election, votes, equal if left else [], free, seed)
    shares = hare_niemeyer(votes, election.seats, minimum=0, ties=InOrder(order))
    seats: list[Seat] = [
        (name, f"whole part of its quota {_share(quota)}")
        for name, quota in quotas.items()
        for _ in range(int(quota))
    ]
    seats += [
        (name, f"remainder {_share(remainders[name])} of its quota {_share(quotas[name])}")
        for name in sorted(order, key=lambda name: -remainders[name])
        if shares[name] > int(quotas[name])
    ]
    lists = tuple(
        ListShare(name, size, shares[name], quotas[name], ()) for name, size in votes.items()
    )
    return _sheet(HARE_NIEMEYER, election, tally, seats, ties, lists)


def _by_divisor(
    rule: str, election: Election, seed: bytes | None, divisor: Callable[[int], int]
) -> Sheet:
    tally = crosses.tally(election, 1)
    votes = _by_name(election, tally)
    if not any(votes.values()):
        return _without_votes(rule, election, tally)
    in_paper = InOrder(tuple(votes))
    awards = list(divisor_awards(votes, election.seats, divisor, 0, in_paper))
    last = awards[-1]
    equal = [one.code for one in awards if one.quotient == last.quotient]
    free = len(equal)
    equal += [name for name in last.passed_over if name not in equal]
    order, ties = _order(rule, election, votes, equal, free, seed)
    awards = list(divisor_awards(votes, election.seats, divisor, 0, InOrder(order)))
    shares = {name: sum(one.code == name for one in awards) for name in votes}
    seats: list[Seat] = [
        (one.code, f"seat {one.seat}, quotient {_share(one.quotient)}") for one in awards
    ]
    lists = tuple(
        ListShare(
            name,
            size,
            shares[name],
            None,
            tuple(Fraction(size, divisor(held)) for held in range(shares[name] + 1)),
        )
        for name, size in votes.items()
    )
    return _sheet(rule, election, tally, seats, ties, lists)


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
    says = f"Votes for lists are counted; {election.seats} seats are shared out by {rule}."
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
    lists = tuple(ListShare(name, 0, 0, None, ()) for name in _by_name(election, tally))
    sheet = _sheet(rule, election, tally, [], (), lists)
    return replace(sheet, remarks=("No list has a vote, so no seat is given.",))


def _share(number: Fraction) -> str:
    """A fraction as one writes it: 3, 2 1/7, 5/7."""
    rest = number - int(number)
    if not rest:
        return str(int(number))
    return f"{int(number)} {rest}" if int(number) else str(rest)
