"""Approval voting: the rule "approval/1".

A paper marks everyone it approves of, as many as it likes, so it cannot mark too many. Those whom
most papers approve of are elected. A candidate marked twice is marked once; a paper without a mark
for anybody standing is invalid, and so is one with a mark for nobody. A tie for the last place is
broken by lot.
"""

from __future__ import annotations

from quorate.count import crosses
from quorate.count.papers import Election
from quorate.count.sheet import Sheet

RULE = "approval/1"


def count(election: Election, seed: bytes | None) -> Sheet:
    """Counts the election by "approval/1". Raises LotNeeded."""
    tally = crosses.tally(election, len(election.candidates))
    says = "Approvals are counted; a paper could mark any number of candidates."
    return crosses.sheet(RULE, election, tally, seed, says)
