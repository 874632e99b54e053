"""Limited vote: the rule "limited-vote/1".

A paper bears at most a stated number of crosses, fewer than there are seats; a paper with more is
invalid as a whole. A candidate marked twice is marked once. Those with most crosses are elected. A
tie for the last place is broken by lot. How many crosses a paper may bear is for the election to
state.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.count import crosses
from quorate.count.papers import Election, NotCountable
from quorate.count.sheet import Sheet

RULE = "limited-vote/1"


@dataclass(frozen=True, slots=True)
class Terms:
    """``crosses``: how many a paper may bear at most."""

    crosses: int


def count(election: Election, seed: bytes | None, terms: Terms) -> Sheet:
    """Counts the election by "limited-vote/1". Raises LotNeeded, NotCountable."""
    if election.seats < 2:
        raise NotCountable(
            f"seats: {RULE} fills several, of which a paper marks fewer; there is only one"
        )
    if not 1 <= terms.crosses < election.seats:
        raise NotCountable(
            f"marks: expected from 1 to {election.seats - 1} a paper, fewer than the "
            f"{election.seats} seats, not {terms.crosses}"
        )
    tally = crosses.tally(election, terms.crosses)
    allowed = "one candidate" if terms.crosses == 1 else f"up to {terms.crosses} candidates"
    says = f"Crosses are counted; a paper could mark {allowed} for {election.seats} seats."
    return crosses.sheet(RULE, election, tally, seed, says)
