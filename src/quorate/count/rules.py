"""Every counting rule by name and version. An election states one; there is no default."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from quorate.count import (
    approval,
    cumulative,
    debian,
    ers97,
    ers97_votes,
    irv,
    limited,
    lists,
    meek,
    plurality,
    ranked_pairs,
    reserved,
    schulze,
    scottish,
    slate,
    yes_no,
)
from quorate.count.alike import alike
from quorate.count.bundles import BundledElection, checked_bundles
from quorate.count.papers import Contest, Election, Marks, NotCountable, checked
from quorate.count.sheet import Sheet
from quorate.count.slate import Majority
from quorate.count.terms import Terms, terms_in_words
from quorate.count.unvoted import counted_if_voted


class UnknownRule(ValueError):
    """A rule that this library does not have; the message lists those it has."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``says``: what the rule does, in a sentence or two.

    ``count``: None if an election must state terms. ``with_terms``: None if it has none to state.
    ``terms``: of which kind they are. ``count_bundles``: the same as ``count`` for papers that are
    in bundles already; a rule without one has them untied. ``fills``: any number of places that
    candidates take, one place only, or places of which a candidate (a list or a slate) may take
    several, so that there may be more of them than candidates. ``marks``: what a paper bears.
    ``one_mark``: whether that is a single cross. ``without_papers``: what comes out where no paper
    is valid: nobody (``unvoted``), or what the rule itself says of that.
    """

    name: str
    says: str
    count: Callable[[Election, bytes | None], Sheet] | None
    with_terms: Callable[[Election, bytes | None, Any], Sheet] | None = None
    terms: type[Any] | None = None
    count_bundles: Callable[[BundledElection, bytes | None], Sheet] | None = None
    fills: Literal["places", "one place", "several each"] = "places"
    marks: Marks = "ranks"
    one_mark: bool = False
    without_papers: Literal["nobody", "as the rule says"] = "nobody"


RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            scottish.RULE,
            "Single transferable vote as in Scottish council elections (SSI 2007/42): quota, "
            "surpluses transferred in fractions of five decimals, the lowest excluded one by one.",
            scottish.count,
            with_terms=scottish.count_reserved,
            terms=reserved.Terms,
            count_bundles=scottish.count_bundles,
        ),
        Rule(
            ers97_votes.RULE,
            "Single transferable vote by the Electoral Reform Society's rules of 1997: quota to "
            "two decimals, surpluses deferred while they change nothing, as many excluded together "
            "as possible, later surpluses from the last batch of papers.",
            ers97.count,
        ),
        Rule(
            meek.RULE,
            "Single transferable vote by Meek's method (the PR Foundation's reference rule, nine "
            "decimals): whoever is elected keeps a share of each vote, recomputed until nobody "
            "keeps more than the quota; the lowest excluded one by one.",
            meek.count,
            count_bundles=meek.count_bundles,
        ),
        Rule(
            irv.RULE,
            "Instant run-off for one seat: more than half of the votes that still count; else the "
            "lowest excluded one by one. A paper ends at a skipped rank, and one whose first rank "
            "is skipped is invalid.",
            irv.count,
            count_bundles=irv.count_bundles,
            fills="one place",
        ),
        Rule(
            plurality.AT_LARGE,
            "Block vote: each paper marks up to as many candidates as there are seats, one with "
            "more is invalid; those with most votes are elected.",
            plurality.at_large,
            with_terms=plurality.at_large_reserved,
            terms=reserved.Terms,
            marks="crosses",
        ),
        Rule(
            plurality.SINGLE,
            "One seat: each paper marks one candidate, one with more is invalid; the candidate "
            "with most votes is elected.",
            plurality.single,
            fills="one place",
            marks="crosses",
            one_mark=True,
        ),
        Rule(
            slate.AGAINST_SLATE,
            "Each paper marks one slate, one with more is invalid; the slate with most votes "
            "takes all seats.",
            slate.against_slate,
            fills="several each",
            marks="crosses",
            one_mark=True,
        ),
        Rule(
            slate.YES_NO,
            "One slate, yes or no: it is elected by more than half of the votes for yes and no, "
            "or by the majority that the election states.",
            lambda election, seed: slate.yes_no(election),
            with_terms=lambda election, seed, majority: slate.yes_no(election, majority),
            terms=Majority,
            fills="several each",
            marks="crosses",
            one_mark=True,
        ),
        Rule(
            schulze.RULE,
            "One seat, candidates ranked, equal ranks allowed: compared in pairs, and circles "
            "resolved by the strongest paths (Schulze, winning votes).",
            schulze.count,
            fills="one place",
        ),
        Rule(
            ranked_pairs.RULE,
            "One seat, candidates ranked, equal ranks allowed: compared in pairs, and defeats kept "
            "from the strongest down unless they close a circle (Tideman, winning votes).",
            ranked_pairs.count,
            fills="one place",
        ),
        Rule(
            debian.RULE,
            "One decision as the Debian project makes it: quorum and majority against a default "
            "option, then the weakest defeats in the Schwartz set are dropped.",
            None,
            with_terms=debian.count,
            terms=debian.Terms,
            fills="one place",
            without_papers="as the rule says",
        ),
        Rule(
            approval.RULE,
            "Approval: each paper marks as many candidates as it likes; those marked most are "
            "elected.",
            approval.count,
            marks="crosses",
        ),
        Rule(
            cumulative.RULE,
            "Cumulative vote: each paper gives up to as many points as there are seats, or as the "
            "election states, several to one candidate if it likes, one with more is invalid; most "
            "points are elected.",
            cumulative.count,
            with_terms=cumulative.count,
            terms=cumulative.Terms,
            marks="points",
        ),
        Rule(
            limited.RULE,
            "Limited vote: each paper marks at most a stated number of candidates, fewer than "
            "seats, one with more is invalid; those with most votes are elected.",
            None,
            with_terms=limited.count,
            terms=limited.Terms,
            marks="crosses",
        ),
        Rule(
            lists.DHONDT,
            "Lists: each paper marks one list; seats go one after the other to the highest "
            "quotient of votes by 1, 2, 3 and so on (d'Hondt).",
            lists.dhondt,
            with_terms=lists.dhondt,
            terms=lists.Terms,
            fills="several each",
            marks="crosses",
            one_mark=True,
        ),
        Rule(
            lists.SAINTE_LAGUE,
            "Lists: each paper marks one list; seats go one after the other to the highest "
            "quotient of votes by 1, 3, 5 and so on (Sainte-Laguë).",
            lists.sainte_lague,
            with_terms=lists.sainte_lague,
            terms=lists.Terms,
            fills="several each",
            marks="crosses",
            one_mark=True,
        ),
        Rule(
            lists.HARE_NIEMEYER,
            "Lists: each paper marks one list; each has the whole part of its share of the seats, "
            "and the largest remainders have the rest (Hare-Niemeyer).",
            lists.largest_remainders,
            with_terms=lists.largest_remainders,
            terms=lists.Terms,
            fills="several each",
            marks="crosses",
            one_mark=True,
        ),
        Rule(
            yes_no.RULE,
            "Yes, no or abstention: yes needs the majority that the election states; a paper that "
            "marks none or several is invalid.",
            None,
            with_terms=yes_no.count,
            terms=Majority,
            fills="one place",
            marks="crosses",
            one_mark=True,
        ),
    )
}


def count(
    rule: str,
    election: Election | Contest | BundledElection,
    seed: bytes | None,
    *,
    majority: Majority | None = None,
    terms: Terms | None = None,
) -> Sheet:
    """The count sheet of the election by the rule of this name.

    ``seed``: for lots, None if none was drawn; it changes nothing where no lot is needed.
    ``terms``: what the election states besides the rule; ``majority`` is the same.
    Raises UnknownRule, NotCountable, and LotNeeded naming the tied candidates.
    """
    if rule not in RULES:
        raise UnknownRule(f'no counting rule "{rule}"; there are {", ".join(sorted(RULES))}')
    if isinstance(election, Contest):
        election = election.as_election()
    stated = terms if majority is None else majority
    by_rule = _counting(RULES[rule], election, stated)
    if RULES[rule].without_papers == "as the rule says":
        sheet = by_rule(seed)
    else:
        sheet = counted_if_voted(by_rule, seed)
    return replace(sheet, remarks=(*sheet.remarks, *alike(sheet.candidates)))


def _counting(
    rule: Rule, election: Election | BundledElection, terms: Terms | None
) -> Callable[[bytes | None], Sheet]:
    """What counts the election, which is checked, for a seed. Raises NotCountable."""
    by_bundles = rule.count_bundles
    if isinstance(election, BundledElection):
        if by_bundles is not None and terms is None:
            bundles = checked_bundles(election)
            return lambda seed: by_bundles(bundles, seed)
        election = election.as_election()
    papers = checked(election)
    if papers.sums is not None and rule.marks != "crosses":
        raise NotCountable(f"sums: {rule.name} needs each ballot, not their sums")
    return lambda seed: _counted(rule, papers, seed, terms)


def _counted(rule: Rule, election: Election, seed: bytes | None, terms: Terms | None) -> Sheet:
    if terms is None:
        if rule.count is None:
            raise NotCountable(f"terms: {rule.name} needs the election to state its terms")
        return rule.count(election, seed)
    what = "majority" if isinstance(terms, Majority) else "terms"
    if rule.with_terms is None or rule.terms is None or not isinstance(terms, rule.terms):
        raise NotCountable(f"{what}: {rule.name} has none such to state")
    return replace(rule.with_terms(election, seed, terms), terms=terms_in_words(terms))
