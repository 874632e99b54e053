"""Every counting rule by name and version. An election states one; there is no default."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from quorate.count import irv, meek, plurality, scottish, slate
from quorate.count.bundles import BundledElection, checked_bundles
from quorate.count.papers import Contest, Election, NotCountable, checked
from quorate.count.sheet import Sheet
from quorate.count.slate import Majority


class UnknownRule(ValueError):
    """A rule that this library does not have; the message lists those it has."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``says``: what the rule does, in a sentence or two.

    ``count_bundles``: the same count of papers that are in bundles already; a rule without one
    has them untied.
    """

    name: str
    says: str
    count: Callable[[Election, bytes | None], Sheet]
    count_bundles: Callable[[BundledElection, bytes | None], Sheet] | None = None


RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            scottish.RULE,
            "Single transferable vote as in Scottish council elections (SSI 2007/42): quota, "
            "surpluses transferred in fractions of five decimals, the lowest excluded one by one.",
            scottish.count,
            scottish.count_bundles,
        ),
        Rule(
            meek.RULE,
            "Single transferable vote by Meek's method (PR Foundation's reference rule, in New "
            "Zealand's nine decimals): whoever is elected keeps a share of each vote, recomputed "
            "until nobody keeps more than the quota; the lowest excluded one by one.",
            meek.count,
            meek.count_bundles,
        ),
        Rule(
            irv.RULE,
            "Instant run-off for one seat: more than half of the votes that still count; else the "
            "lowest excluded one by one.",
            irv.count,
            irv.count_bundles,
        ),
        Rule(
            plurality.AT_LARGE,
            "Block vote: each paper marks up to as many candidates as there are seats, one with "
            "more is invalid; those with most votes are elected.",
            plurality.at_large,
        ),
        Rule(
            plurality.SINGLE,
            "One seat: each paper marks one candidate, one with more is invalid; the candidate "
            "with most votes is elected.",
            plurality.single,
        ),
        Rule(
            slate.AGAINST_SLATE,
            "Each paper marks one slate, one with more is invalid; the slate with most votes "
            "takes all seats.",
            slate.against_slate,
        ),
        Rule(
            slate.YES_NO,
            "One slate, yes or no: it is elected by more than half of the votes for yes and no, "
            "or by the majority that the election states.",
            lambda election, seed: slate.yes_no(election),
        ),
    )
}


def count(
    rule: str,
    election: Election | Contest | BundledElection,
    seed: bytes | None,
    *,
    majority: Majority | None = None,
) -> Sheet:
    """The count sheet of the election by the rule of this name.

    ``seed``: for lots, None if none was drawn; it changes nothing where no lot is needed.
    ``majority``: for "slate-yes-no/1" alone, if the election states its own.
    Raises UnknownRule, NotCountable, and LotNeeded naming the tied candidates.
    """
    if rule not in RULES:
        raise UnknownRule(f'no counting rule "{rule}"; there are {", ".join(sorted(RULES))}')
    if isinstance(election, Contest):
        election = election.as_election()
    if isinstance(election, BundledElection):
        by_bundles = RULES[rule].count_bundles
        if by_bundles is not None and majority is None:
            return by_bundles(checked_bundles(election), seed)
        election = election.as_election()
    election = checked(election)
    if majority is None:
        return RULES[rule].count(election, seed)
    if rule != slate.YES_NO:
        raise NotCountable(f"majority: {rule} has none to state")
    return slate.yes_no(election, majority)
