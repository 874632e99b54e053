"""Plurality: the candidates with most crosses are elected.

"plurality-at-large/1" (block vote): a paper bears at most as many crosses as there are seats;
one with more is invalid as a whole. "plurality/1": the same for a single seat.
A tie for the last place is broken by lot.
"""

from __future__ import annotations

from quorate.count import crosses, reserved
from quorate.count.papers import Election, NotCountable
from quorate.count.sheet import Sheet

AT_LARGE = "plurality-at-large/1"
SINGLE = "plurality/1"


def at_large(election: Election, seed: bytes | None) -> Sheet:
    """Counts the election by "plurality-at-large/1". Raises LotNeeded."""
    return _count(AT_LARGE, election, seed)


def at_large_reserved(election: Election, seed: bytes | None, terms: reserved.Terms) -> Sheet:
    """The same with places reserved for a group (``reserved``). Raises LotNeeded, NotCountable."""
    return reserved.at_large(AT_LARGE, election, seed, terms)


def single(election: Election, seed: bytes | None) -> Sheet:
    """Counts the election by "plurality/1". Raises LotNeeded, NotCountable for several seats."""
    if election.seats != 1:
        raise NotCountable(f"seats: {SINGLE} fills one seat, not {election.seats}")
    return _count(SINGLE, election, seed)


def _count(rule: str, election: Election, seed: bytes | None) -> Sheet:
    tally = crosses.tally(election, election.seats)
    allowed = "one candidate" if election.seats == 1 else f"up to {election.seats} candidates"
    says = f"Crosses are counted; a paper could mark {allowed}."
    return crosses.sheet(rule, election, tally, seed, says)
