"""What an election states besides its rule, for the sheet: a name and its value in plain words."""

from __future__ import annotations

from quorate.count import cumulative, debian, limited, lists, reserved
from quorate.count.question import share_in_words
from quorate.count.sheet import listed
from quorate.count.slate import Majority

Terms = Majority | debian.Terms | limited.Terms | cumulative.Terms | lists.Terms | reserved.Terms
"""What an election states besides its rule, for the rules that have something to state."""

_WHOLES = {
    "cast": "the votes for yes and no",
    "voting": "all votes, abstentions included",
    "eligible": "all who could vote",
}


def terms_in_words(terms: Terms) -> tuple[tuple[str, str], ...]:
    """Pairs such as ("Majority", "at least two thirds of the votes for yes and no")."""
    match terms:
        case Majority():
            return (("Majority", _majority(terms)),)
        case limited.Terms():
            return (("Marks a paper", f"at most {terms.crosses:,}"),)
        case cumulative.Terms():
            return (("Points a paper", f"at most {terms.points:,}"),)
        case lists.Terms():
            return (("Seats of each list", f"at least {terms.minimum:,}"),)
        case debian.Terms():
            return (("Default option", terms.default), *_demands(terms))
        case reserved.Terms():
            group = listed(sorted(terms.group)) if terms.group else "nobody"
            name = f"{terms.name}: " if terms.name else ""
            return (("Reserved places", f"at least {terms.at_least:,} for {name}{group}"),)


def _majority(majority: Majority) -> str:
    how = "more than" if majority.strictly else "at least"
    many = "" if majority.eligible is None else f", {majority.eligible:,}"
    return f"{how} {share_in_words(majority.share)} of {_WHOLES[majority.of]}{many}"


def _demands(terms: debian.Terms) -> tuple[tuple[str, str], ...]:
    asked = sorted((terms.majorities or {}).items())
    majorities = tuple((f"Majority of {name}", f"{ratio}:1") for name, ratio in asked)
    return (("Quorum", f"{terms.quorum:,}"), *majorities)
