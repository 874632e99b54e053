"""The counting rules, by name and version."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quorate.count import plurality, scottish
from quorate.count.papers import Contest
from quorate.count.sheet import Sheet

RULES: Mapping[str, Callable[[Contest, bytes | None], Sheet]] = {
    scottish.RULE: scottish.count,
    plurality.AT_LARGE: plurality.at_large,
    plurality.SLATES: plurality.slates,
    plurality.YES_NO: plurality.slate_yes_no,
}


def count(rule: str, contest: Contest, seed: bytes | None = None) -> Sheet:
    """Counts by the rule of this name. Raises KeyError for no such rule, LotNeeded for a tie that
    needs a lot when there is no seed."""
    return RULES[rule](contest, seed)
