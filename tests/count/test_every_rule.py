"""What holds for every rule: papers' order, names and grouping change nothing; no paper is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from elections_drawn import SEED, elections
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from quorate.count import debian, limited
from quorate.count.lot import LotNeeded
from quorate.count.papers import Election, NotCountable, Paper, grouped
from quorate.count.rules import RULES, Terms, count
from quorate.count.sheet import Sheet, to_json
from quorate.count.slate import Majority
from quorate.count.why import why_not

quick = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)
YES_NO = "yes-no-abstain/1"
every_rule = pytest.mark.parametrize("rule", sorted(RULES))
of_candidates = pytest.mark.parametrize("rule", sorted({*RULES} - {"slate-yes-no/1", YES_NO}))
ONE_SEAT = {"plurality/1", "schulze/1", "ranked-pairs/1", "debian/1", "instant-runoff/1"}
CHOICES = {"slate-yes-no/1": 2, YES_NO: 3}
LISTS = {"dhondt/1", "sainte-lague/1", "hare-niemeyer/1"}


def fitting(rule: str, one: Election) -> tuple[Election, Terms | None]:
    """The election as the rule can count it, and terms where it needs some."""
    if rule in CHOICES:
        most = CHOICES[rule]
        if len(one.candidates) < most:
            reject()
        one = replace(one, seats=1, candidates=one.candidates[:most], withdrawn=frozenset())
        half = Majority(Fraction(1, 2), "voting", strictly=True)
        return one, half if RULES[rule].count is None else None
    if rule in ONE_SEAT:
        one = replace(one, seats=1)
    if rule == "debian/1":
        return one, debian.Terms(one.name(one.standing[0]), 3, {})
    if rule == "limited-vote/1":
        if one.seats == 1:
            reject()
        return one, limited.Terms(one.seats - 1)
    return one, None


def counted(rule: str, one: Election, seed: bytes | None = SEED) -> Sheet:
    """The sheet; elections that the rule cannot count are passed over."""
    one, terms = fitting(rule, one)
    return count(rule, one, seed, terms=terms)


def transfers(rule: str) -> bool:
    """Whether the rule counts in stages, from first preferences."""
    one = Election("", 2, ("<1>", "<2>", "<3>"), frozenset(), (Paper(9, (1, 2)), Paper(5, (2,))))
    return counted(rule, one).stages[0].action.kind == "first preferences"


def with_lot_wanted(
    rule: str, one: Election, terms: Terms | None
) -> tuple[Sheet | None, tuple[str, frozenset[str]] | None]:
    """The sheet without a seed, or the label of the lot that is needed and whom it is between."""
    try:
        return count(rule, one, None, terms=terms), None
    except LotNeeded as needed:
        return None, (needed.label, frozenset(needed.candidates))


def told(rule: str, one: Election) -> str:
    return json.dumps(to_json(counted(rule, one)), ensure_ascii=False)


@every_rule
@quick
@given(one=elections(), random=st.randoms(use_true_random=False))
def test_order_and_grouping_of_papers_change_nothing(
    rule: str, one: Election, random: Random
) -> None:
    single = [Paper(1, paper.ranks) for paper in one.papers for _ in range(paper.weight)]
    random.shuffle(single)
    whole = told(rule, one)
    assert told(rule, replace(one, papers=tuple(single))) == whole
    assert told(rule, replace(one, papers=grouped(single))) == whole


@every_rule
@quick
@given(one=elections())
def test_names_change_nothing(rule: str, one: Election) -> None:
    other = replace(one, candidates=tuple(f"[{name[1:-1]}]" for name in one.candidates))
    renamed = told(rule, other).replace("[", "<").replace("]", ">")
    assert renamed == told(rule, one).replace("[", "<").replace("]", ">")


@of_candidates
@quick
@given(one=elections(withdrawals=False), random=st.randoms(use_true_random=False))
def test_the_order_of_candidates_changes_nothing_but_lots(
    rule: str, one: Election, random: Random
) -> None:
    one, terms = fitting(rule, one)
    numbers = list(range(1, len(one.candidates) + 1))
    random.shuffle(numbers)
    known = dict(enumerate(numbers, start=1))
    moved = replace(
        one,
        candidates=tuple(one.name(numbers.index(place) + 1) for place in sorted(numbers)),
        papers=tuple(
            Paper(p.weight, [[known.get(n, n) for n in rank] for rank in p.ranks])
            for p in one.papers
        ),
    )
    first, needed = with_lot_wanted(rule, one, terms)
    if first is None:
        assert with_lot_wanted(rule, moved, terms) == (None, needed)
        return
    second = count(rule, moved, None, terms=terms)
    assert sorted(first.elected) == sorted(second.elected)
    assert [dict(s.votes) for s in first.stages] == [dict(s.votes) for s in second.stages]
    assert first.papers == second.papers


@every_rule
@quick
@given(one=elections())
def test_the_sheet_accounts_for_every_paper_and_candidate(rule: str, one: Election) -> None:
    sheet = counted(rule, one)
    one, _ = fitting(rule, one)  # what was counted
    papers = sheet.papers
    assert papers.read == sum(paper.weight for paper in one.papers)
    assert papers.read == papers.valid + sum(x.papers for x in papers.invalid)
    assert all(x.papers > 0 and x.reason for x in papers.invalid)
    everyone = [*dict.fromkeys(sheet.elected), *sheet.not_elected, *sheet.withdrawn]
    assert sorted(everyone) == sorted(sheet.candidates)
    assert rule in LISTS or len(set(sheet.elected)) == len(sheet.elected)
    assert not set(sheet.elected) & {one.name(number) for number in one.withdrawn}
    assert len(sheet.elected) <= one.seats
    for name in sheet.candidates:
        assert why_not(sheet, name)
    assert json.loads(json.dumps(to_json(sheet)))["rule"] == rule


@pytest.mark.parametrize("rule", [rule for rule in sorted(RULES) if transfers(rule)])
@quick
@given(one=elections())
def test_transferable_votes_are_conserved_at_every_stage(rule: str, one: Election) -> None:
    sheet = counted(rule, one)
    for stage in sheet.stages:
        held = sum(votes for _, votes in stage.votes) + stage.nontransferable
        assert held == sheet.papers.valid


@every_rule
@quick
@given(one=elections(), most=st.sampled_from([10_000_000, 3 * 10**9, 10**19]))
def test_ten_million_papers_and_more_lose_nothing(rule: str, one: Election, most: int) -> None:
    """Every figure is exact beyond 2^53 and 2^63; without a quota, proportions alone decide."""
    read = sum(paper.weight for paper in one.papers)
    if not read:
        reject()
    times = -(-most // read)
    many = replace(one, papers=tuple(Paper(p.weight * times, p.ranks) for p in one.papers))
    small, large = counted(rule, one), counted(rule, many)
    assert large.papers.read == read * times >= most
    assert large.papers.valid == small.papers.valid * times
    assert large.stages[0].votes == tuple(
        (name, votes if small.pairwise else votes * times) for name, votes in small.stages[0].votes
    )
    if transfers(rule):
        for stage in large.stages:
            total = sum(votes for _, votes in stage.votes) + stage.nontransferable
            assert total == large.papers.valid
    if rule == "instant-runoff/1" or (not transfers(rule) and rule != "debian/1"):
        # Debian's quorum is a number of papers, and quotas are rounded.
        assert small.ties or large.elected == small.elected


@every_rule
@quick
@given(one=elections())
def test_a_paper_of_weight_n_counts_as_n_papers(rule: str, one: Election) -> None:
    """Delegates who carry votes: a weight is nothing else than so many equal papers."""
    doubled = replace(one, papers=tuple(Paper(2 * p.weight, p.ranks) for p in one.papers))
    twice = replace(one, papers=one.papers + one.papers)
    assert told(rule, doubled) == told(rule, twice)


@of_candidates
@quick
@given(one=elections(withdrawals=False), data=st.data())
def test_withdrawn_is_as_if_never_on_the_paper(
    rule: str, one: Election, data: st.DataObject
) -> None:
    """For papers without faults: the same result as without the candidate's name."""
    out = data.draw(st.integers(1, len(one.candidates)))
    clear = tuple(
        Paper(p.weight, [(n,) for n in dict.fromkeys(n for rank in p.ranks for n in rank)])
        for p in one.papers
    )
    known = set(range(1, len(one.candidates) + 1))
    clear = tuple(paper for paper in clear if paper.marks <= known and paper.marks - {out})
    withdrawn = replace(one, withdrawn=frozenset({out}), papers=clear)
    gone = replace(
        one,
        candidates=tuple(n for at, n in enumerate(one.candidates, start=1) if at != out),
        papers=tuple(
            Paper(p.weight, [n - (n > out) for (n,) in p.ranks if n != out]) for p in clear
        ),
    )
    withdrawn, terms = fitting(rule, withdrawn)
    gone = replace(gone, seats=withdrawn.seats)
    sheet, _ = with_lot_wanted(rule, withdrawn, terms)
    if sheet is None:
        return
    without = count(rule, gone, None, terms=terms)
    assert sorted(sheet.elected) == sorted(without.elected)
    assert sheet.papers == without.papers


@every_rule
@quick
@given(one=elections())
def test_the_seed_changes_nothing_without_a_lot(rule: str, one: Election) -> None:
    one, terms = fitting(rule, one)
    sheet, needed = with_lot_wanted(rule, one, terms)
    if needed is not None:
        drawn = count(rule, one, SEED, terms=terms)
        assert needed[0] in {tie.label for tie in drawn.ties}
        assert needed[0].startswith(f"{rule} ")
        return
    assert sheet == count(rule, one, b"x", terms=terms) == count(rule, one, b"y", terms=terms)


@every_rule
def test_no_papers_at_all(rule: str) -> None:
    one = Election("", 2, ("<1>", "<2>", "<3>"), frozenset(), ())
    sheet = counted(rule, one)
    assert (sheet.papers.read, sheet.papers.valid) == (0, 0)


@every_rule
def test_every_rule_says_what_it_does_and_has_a_version(rule: str) -> None:
    assert RULES[rule].name == rule
    assert len(RULES[rule].says) > 40
    assert rule.rsplit("/", 1)[1].isdigit()
    with pytest.raises(NotCountable, match="seats"):
        count(rule, Election("", 0, ("A",), frozenset(), ()), None)
