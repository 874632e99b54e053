"""Papers in bundles: nothing on them is lost, and every rule finds them as it would one by one."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from elections_drawn import SEED, elections
from hypothesis import given, settings

from quorate.count.bundles import MOST_CANDIDATES, bundled, bundles_of, paper_of
from quorate.count.papers import Election, NotCountable, Paper
from quorate.count.piles import INVALID, sorted_by_first
from quorate.count.preferences import read_paper, read_papers
from quorate.count.rules import RULES, count

quick = settings(max_examples=120, deadline=None)


def known(paper: Paper, candidates: int) -> tuple[tuple[int, ...], ...]:
    """What stands on the paper, with 0 for every number that nobody has."""
    return tuple(
        tuple(number if 1 <= number <= candidates else 0 for number in rank) for rank in paper.ranks
    )


@quick
@given(elections())
def test_papers_come_back_as_they_went_in(one: Election) -> None:
    before: Counter[tuple[tuple[int, ...], ...]] = Counter()
    for paper in one.papers:
        before[known(paper, len(one.candidates))] += paper.weight
    after: Counter[tuple[tuple[int, ...], ...]] = Counter()
    for paper in bundled(one).as_election().papers:
        after[paper.ranks] += paper.weight
    assert before == after
    assert bundled(one).bundles.papers == sum(paper.weight for paper in one.papers)


@quick
@given(elections())
def test_the_unclear_are_those_that_are_no_list_of_different_candidates(one: Election) -> None:
    bundles = bundled(one).bundles
    for row in range(len(bundles.weights)):
        numbers = [rank[0] if len(rank) == 1 else 0 for rank in paper_of(bundles, row).ranks]
        assert (row in bundles.unclear) == (0 in numbers or len(set(numbers)) < len(numbers))


@quick
@given(elections())
def test_sorting_reads_every_paper_as_reading_one_by_one(one: Election) -> None:
    valid, invalid = read_papers(one)
    piles, account = sorted_by_first(bundled(one))
    assert {x.reason: x.papers for x in account.invalid} == invalid
    assert (account.read, account.valid) == (
        sum(paper.weight for paper in one.papers),
        sum(valid.values()),
    )
    first: Counter[int] = Counter()
    for order, papers in valid.items():
        first[order[0]] += papers
    for candidate in range(1, len(one.candidates) + 1):
        assert piles.weights[piles.held_by(candidate)].sum() == first[candidate]
    assert piles.weights[piles.held_by(INVALID)].sum() == sum(invalid.values())


@quick
@given(elections())
def test_a_rule_counts_bundles_and_papers_alike(one: Election) -> None:
    for rule in ("scottish-stv/1", "plurality-at-large/1"):
        assert count(rule, bundled(one), SEED) == count(rule, one, SEED)


def test_rules_that_count_bundles_say_so() -> None:
    assert RULES["scottish-stv/1"].count_bundles is not None


def test_unclear_papers_keep_what_can_be_read() -> None:
    names = ("A", "B", "C")
    one = Election(
        "", 1, names, frozenset({3}), (Paper(2, ((3,), (1,), (1, 2))), Paper(1, ((3, 2), (1,))))
    )
    piles, account = sorted_by_first(bundled(one))
    assert account.invalid == ()
    assert [piles.weights[piles.held_by(c)].sum() for c in (1, 2)] == [2, 1]
    assert [read_paper(one, paper)[0] for paper in one.papers] == [(1,), (2, 1)]


@pytest.mark.parametrize("weight", [2**62, 2**63 - 1, 2**63, 10**30])
def test_weights_are_exact_on_both_sides_of_int64(weight: int) -> None:
    papers = (Paper(weight, (1, 2)), Paper(weight, (1, 3)), Paper(5, (2,)))
    bundles = bundles_of(papers, 3)
    assert bundles.papers == 2 * weight + 5
    sheet = count("scottish-stv/1", Election("", 2, ("A", "B", "C"), frozenset(), papers), SEED)
    assert sheet.stages[0].votes_of("A") == 2 * weight
    assert sheet.quota == (2 * weight + 5) // 3 + 1
    for stage in sheet.stages:
        figures = [Fraction(v) for _, v in stage.votes] + [Fraction(stage.nontransferable)]
        assert sum(figures) == 2 * weight + 5


def test_the_most_that_a_file_can_hold_stays_exact() -> None:
    """Ten million lines of 10^9 papers each: 10^16 papers, 10^21 units of a Scottish vote."""
    papers = (Paper(10**16 - 10**9, (1, 2)), Paper(10**9, (2,)), Paper(10**15 + 1, (3,)))
    assert bundles_of(papers, 3).weights.dtype == np.int64
    sheet = count("scottish-stv/1", Election("", 2, ("A", "B", "C"), frozenset(), papers), None)
    quota = (11 * 10**15 + 1) // 3 + 1
    value = (10**16 - 10**9 - quota) * 10**5 // (10**16 - 10**9)
    assert sheet.stages[1].votes_of("B") == 10**9 + (10**16 - 10**9) * Decimal(value) / 10**5


def test_too_many_candidates_are_refused_by_name() -> None:
    names = tuple(map(str, range(MOST_CANDIDATES + 1)))
    with pytest.raises(NotCountable, match="candidates: expected at most 32000, not 32001"):
        count("scottish-stv/1", Election("", 1, names, frozenset(), ()), None)


def test_nobody_votes_and_nobody_stands() -> None:
    assert bundles_of((), 3).marks.shape == (0, 1)
    piles, account = sorted_by_first(bundled(Election("", 1, (), frozenset(), ())))
    assert (len(piles.holder), account.read) == (0, 0)
