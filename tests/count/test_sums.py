"""Ballots of which only the sums are known are counted as the ballots would be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.count import limited
from quorate.count.papers import Contest, NotCountable, Paper, Sums
from quorate.count.rules import count

NAMES = ("Ann", "Bob", "Cem", "Dee")
RULES = ("plurality-at-large/1", "approval/1", "limited-vote/1")


def sums_of(papers: list[frozenset[int]]) -> Sums:
    votes = tuple(sum(number in paper for paper in papers) for number in range(1, 5))
    return Sums(len(papers), sum(not paper for paper in papers), votes)


def one_each(papers: list[frozenset[int]]) -> tuple[Paper, ...]:
    return tuple(Paper(1, sorted(paper)) for paper in papers)


def counted(rule: str, papers: tuple[Paper, ...], sums: Sums | None, out: frozenset[int]) -> object:
    terms = limited.Terms(2) if rule == "limited-vote/1" else None
    return count(rule, Contest(NAMES, 3, papers, out, sums), b"seed", terms=terms)


MARKS = st.lists(st.frozensets(st.integers(1, 4), max_size=2), max_size=30)


@given(st.sampled_from(RULES), MARKS, MARKS)
def test_sums_and_papers_give_the_sheet_of_all_papers(
    rule: str, in_box: list[frozenset[int]], on_paper: list[frozenset[int]]
) -> None:
    whole = counted(rule, one_each(in_box + on_paper), None, frozenset())
    assert counted(rule, one_each(on_paper), sums_of(in_box), frozenset()) == whole


def test_a_withdrawn_candidate_gets_nothing() -> None:
    sheet = count(
        "plurality/1", Contest(NAMES, 1, (), frozenset({1}), Sums(5, 1, (3, 1, 0, 0))), b"seed"
    )
    assert sheet.elected == ("Bob",)
    assert (sheet.papers.read, sheet.papers.valid) == (5, 4)


@pytest.mark.parametrize(
    ("votes", "says"),
    [
        (Sums(3, 0, (1, 1, 1)), "3 for 4 candidates"),
        (Sums(3, 4, (0, 0, 0, 0)), "4 blank of 3"),
        (Sums(3, 1, (3, 0, 0, 0)), "3 for candidate 1, from 2 ballots"),
        (Sums(3, 0, (-1, 0, 0, 0)), "-1 for candidate 1"),
    ],
)
def test_sums_that_cannot_be(votes: Sums, says: str) -> None:
    with pytest.raises(NotCountable, match=says):
        count("approval/1", Contest(NAMES, 2, (), frozenset(), votes), None)


def test_a_rule_that_needs_orders_takes_no_sums() -> None:
    with pytest.raises(NotCountable, match="needs each ballot"):
        count("meek-prf/1", Contest(NAMES, 2, (), frozenset(), Sums(1, 0, (1, 0, 0, 0))), None)
