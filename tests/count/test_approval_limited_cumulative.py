"""Approval, limited, cumulative and yes-no-abstain votes: against a count paper by paper."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from elections_drawn import SEED, elections
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quorate.count import limited
from quorate.count.lot import LotNeeded
from quorate.count.papers import Election, NotCountable, Paper
from quorate.count.rules import count
from quorate.count.sheet import Sheet
from quorate.count.slate import Majority
from quorate.count.why import why_not

APPROVAL, LIMITED, CUMULATIVE = "approval/1", "limited-vote/1", "cumulative/1"
YES_NO = "yes-no-abstain/1"
quick = settings(max_examples=100, deadline=None)


def crossed(seats: int, names: str, *papers: tuple[int, str]) -> Election:
    marks = (Paper(w, [names.index(letter) + 1 for letter in order]) for w, order in papers)
    return Election("", seats, tuple(names), frozenset(), tuple(marks))


def points(one: Election, most: int | None, *, each_once: bool) -> dict[str, int]:
    """Marks for those standing on papers with no more than ``most``, none for nobody."""
    votes = dict.fromkeys(one.candidates, 0)
    for paper in one.papers:
        marks = Counter(n for rank in paper.ranks for n in rank if n not in one.withdrawn)
        if each_once:
            marks = Counter(set(marks))
        known = all(1 <= n <= len(one.candidates) for n in marks)
        if marks and known and (most is None or marks.total() <= most):
            for number, given_ in marks.items():
                votes[one.name(number)] += given_ * paper.weight
    return votes


def check(one: Election, sheet: Sheet, votes: dict[str, int]) -> None:
    assert dict(sheet.stages[0].votes) == votes
    places = min(one.seats, len(one.standing)) if any(votes.values()) else 0  # V1
    assert len(sheet.elected) == places
    assert sorted((*sheet.elected, *sheet.not_elected, *sheet.withdrawn)) == sorted(one.candidates)
    if sheet.elected and sheet.not_elected:
        assert min(votes[n] for n in sheet.elected) >= max(votes[n] for n in sheet.not_elected)
    assert sheet.papers.read == sum(paper.weight for paper in one.papers)
    assert sheet.papers.read == sheet.papers.valid + sum(x.papers for x in sheet.papers.invalid)
    for name in one.candidates:
        assert why_not(sheet, name)


@quick
@given(elections())
def test_approval_counts_every_mark(one: Election) -> None:
    check(one, count(APPROVAL, one, SEED), points(one, None, each_once=True))


@quick
@given(elections())
def test_cumulative_counts_every_point(one: Election) -> None:
    check(one, count(CUMULATIVE, one, SEED), points(one, one.seats, each_once=False))


@quick
@given(elections(), st.integers(1, 5))
def test_limited_counts_papers_with_few_enough_marks(one: Election, most: int) -> None:
    assume(most < one.seats)
    sheet = count(LIMITED, one, SEED, terms=limited.Terms(most))
    check(one, sheet, points(one, most, each_once=True))


def test_several_points_for_one_candidate() -> None:
    one = crossed(3, "ABC", (4, "AAB"), (2, "CCC"), (5, "BBBB"), (1, "C"))
    sheet = count(CUMULATIVE, one, None)
    assert dict(sheet.stages[0].votes) == {"A": 8, "B": 4, "C": 7}
    assert [(x.reason, x.papers) for x in sheet.papers.invalid] == [("more than 3 points", 5)]


def test_a_limited_vote_states_how_many_crosses() -> None:
    one = crossed(3, "ABCD", (4, "AB"), (3, "CD"), (9, "BCD"))
    sheet = count(LIMITED, one, SEED, terms=limited.Terms(2))
    assert dict(sheet.stages[0].votes) == {"A": 4, "B": 4, "C": 3, "D": 3}
    assert [(x.reason, x.papers) for x in sheet.papers.invalid] == [("more than 2 marked", 9)]
    for terms in (None, limited.Terms(3), limited.Terms(0)):
        with pytest.raises(NotCountable):
            count(LIMITED, one, SEED, terms=terms)


@pytest.mark.parametrize("rule", [APPROVAL, CUMULATIVE, LIMITED])
def test_a_tie_for_the_last_place_needs_a_lot_of_its_own(rule: str) -> None:
    one = crossed(2, "ABC", (5, "A"), (3, "B"), (3, "C"))
    terms = limited.Terms(1) if rule == LIMITED else None
    with pytest.raises(LotNeeded) as caught:
        count(rule, one, None, terms=terms)
    assert caught.value.candidates == ("B", "C")
    assert caught.value.label == f"{rule} last place"


def choices(*papers: tuple[int, str]) -> Election:
    one = crossed(1, "YNA", *papers)
    return replace(one, candidates=("yes", "no", "abstention"))


def test_yes_needs_the_majority_of_the_whole_that_is_stated() -> None:
    one = choices((6, "Y"), (3, "N"), (1, "A"), (2, ""), (4, "YN"))
    two_thirds = Majority(Fraction(2, 3), "cast", strictly=False)
    sheet = count(YES_NO, one, None, terms=two_thirds)
    assert sheet.elected == ("yes",)
    assert (sheet.papers.valid, sheet.quota) == (10, 6)
    assert {x.reason: x.papers for x in sheet.papers.invalid} == {
        "no mark": 2,
        "more than one marked": 4,
    }
    for stricter in (replace(two_thirds, strictly=True), replace(two_thirds, of="voting")):
        sheet = count(YES_NO, one, None, terms=stricter)
        assert sheet.elected == ()
        assert why_not(sheet, "yes")
    with pytest.raises(NotCountable, match="terms"):
        count(YES_NO, one, None)
    with pytest.raises(NotCountable, match="candidates"):
        count(YES_NO, crossed(1, "AB", (1, "A")), None, terms=two_thirds)
