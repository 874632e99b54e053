"""Plurality and slates: against a count paper by paper, and textbook cases."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from elections_drawn import SEED, elections
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.count.lot import LotNeeded
from quorate.count.papers import Election, NotCountable, Paper, grouped
from quorate.count.rules import RULES, UnknownRule, count
from quorate.count.sheet import to_json
from quorate.count.slate import Majority
from quorate.count.why import why_not

AT_LARGE = "plurality-at-large/1"
SLATES = "slate-against-slate/1"
YES_NO = "slate-yes-no/1"
quick = settings(max_examples=150, deadline=None)


def crossed(seats: int, names: str, *papers: tuple[int, str]) -> Election:
    marks = (Paper(w, [names.index(letter) + 1 for letter in order]) for w, order in papers)
    return Election("", seats, tuple(names), frozenset(), tuple(marks))


def votes_by_definition(one: Election, most: int) -> dict[str, int]:
    votes = dict.fromkeys(one.candidates, 0)
    for paper in one.papers:
        crosses = {number for rank in paper.ranks for number in rank} - one.withdrawn
        if crosses and len(crosses) <= most and crosses <= set(range(1, len(one.candidates) + 1)):
            for number in crosses:
                votes[one.name(number)] += paper.weight
    return votes


@quick
@given(elections())
def test_at_large_counts_every_valid_cross(one: Election) -> None:
    sheet = count(AT_LARGE, one, SEED)
    votes = votes_by_definition(one, one.seats)
    assert dict(sheet.stages[0].votes) == votes
    places = min(one.seats, len(one.standing)) if any(votes.values()) else 0  # V1
    assert len(sheet.elected) == places
    if sheet.elected and sheet.not_elected:
        assert min(votes[n] for n in sheet.elected) >= max(votes[n] for n in sheet.not_elected)
    assert sheet.papers.read == sum(paper.weight for paper in one.papers)
    assert sheet.papers.read == sheet.papers.valid + sum(x.papers for x in sheet.papers.invalid)
    for name in one.candidates:
        assert why_not(sheet, name)


@quick
@given(elections(), st.sampled_from([AT_LARGE, SLATES]), st.randoms(use_true_random=False))
def test_order_and_grouping_of_papers_change_nothing(
    one: Election, rule: str, random: object
) -> None:
    single = [Paper(1, paper.ranks) for paper in one.papers for _ in range(paper.weight)]
    random.shuffle(single)  # type: ignore[attr-defined]
    whole = to_json(count(rule, one, SEED))
    assert to_json(count(rule, replace(one, papers=tuple(single)), SEED)) == whole
    assert to_json(count(rule, replace(one, papers=grouped(single)), SEED)) == whole


@quick
@given(elections())
def test_the_slate_with_most_votes_takes_all(one: Election) -> None:
    sheet = count(SLATES, one, SEED)
    votes = votes_by_definition(one, 1)
    if not any(votes.values()):
        assert sheet.elected == ()
    else:
        assert len(sheet.elected) == 1
        assert votes[sheet.elected[0]] == max(votes.values())


def test_an_over_voted_paper_is_invalid_as_a_whole() -> None:
    sheet = count(AT_LARGE, crossed(2, "ABC", (5, "AB"), (9, "ABC"), (1, "C"), (2, "")), None)
    assert sheet.elected == ("A", "B")
    assert sheet.papers.valid == 6
    assert [(one.reason, one.papers) for one in sheet.papers.invalid] == [
        ("more than 2 marked", 9),
        ("no mark", 2),
    ]


def test_a_candidate_marked_twice_is_marked_once() -> None:
    one = Election("", 1, ("A", "B"), frozenset(), (Paper(3, (1, 1)), Paper(2, (2,))))
    assert dict(count("plurality/1", one, None).stages[0].votes) == {"A": 3, "B": 2}


def test_a_tie_for_the_last_place_needs_a_lot_between_just_those_tied() -> None:
    one = crossed(2, "ABCD", (5, "A"), (3, "B"), (3, "C"), (1, "D"))
    with pytest.raises(LotNeeded) as caught:
        count(AT_LARGE, one, None)
    assert caught.value.candidates == ("B", "C")
    winners = {count(AT_LARGE, one, bytes([n])).elected[1] for n in range(20)}
    assert winners == {"B", "C"}
    sheet = count(AT_LARGE, one, b"\x01")
    assert sheet.elected[0] == "A"
    assert sheet.ties[0].label == "plurality-at-large/1 last place"


def test_a_tie_above_or_below_the_last_place_needs_none() -> None:
    sheet = count(AT_LARGE, crossed(2, "ABCD", (5, "A"), (5, "B"), (3, "C"), (3, "D")), None)
    assert sheet.elected == ("A", "B")
    assert sheet.remarks == ("C and D are not elected with equal votes, 3 each.",)


def test_plurality_fills_one_seat_only() -> None:
    assert count("plurality/1", crossed(1, "AB", (2, "A"), (3, "B")), None).elected == ("B",)
    with pytest.raises(NotCountable, match="seats"):
        count("plurality/1", crossed(2, "AB", (2, "A")), None)


def test_slates_tied_or_without_votes() -> None:
    with pytest.raises(LotNeeded) as caught:
        count(SLATES, crossed(7, "ABC", (4, "A"), (4, "C"), (1, "B")), None)
    assert caught.value.candidates == ("A", "C")
    sheet = count(SLATES, crossed(7, "A", (3, "")), None)
    assert sheet.elected == ()
    assert sheet.remarks == ("No paper is valid, so nobody is elected.",)


@pytest.mark.parametrize(
    ("yes", "no", "elected"), [(5, 4, True), (4, 4, False), (0, 0, False), (1, 0, True)]
)
def test_yes_needs_more_than_half_of_yes_and_no(yes: int, no: int, elected: bool) -> None:
    papers = [Paper(w, r) for w, r in ((yes, (1,)), (no, (2,)), (30, ()), (2, (1, 2))) if w]
    one = Election("", 9, ("yes", "no"), frozenset(), tuple(papers))
    sheet = count(YES_NO, one, None)
    assert sheet.elected == (("yes",) if elected else ())
    assert [(x.reason, x.papers) for x in sheet.papers.invalid] == [
        ("more than one marked", 2),
        ("no mark (abstention)", 30),
    ]
    assert why_not(sheet, "no" if elected else "yes")


def test_a_stated_majority_of_yes_no() -> None:
    papers = (Paper(6, (1,)), Paper(3, (2,)), Paper(1, ()))
    one = Election("", 9, ("yes", "no"), frozenset(), papers)
    two_thirds = Majority(Fraction(2, 3), "cast", strictly=False)
    assert count(YES_NO, one, None, majority=two_thirds).elected == ("yes",)
    assert count(YES_NO, one, None, majority=replace(two_thirds, strictly=True)).elected == ()
    assert count(YES_NO, one, None, majority=replace(two_thirds, of="voting")).elected == ()
    with pytest.raises(NotCountable, match="majority"):
        count(AT_LARGE, one, None, majority=two_thirds)
    with pytest.raises(NotCountable, match="candidates"):
        count(YES_NO, crossed(1, "ABC", (1, "A")), None)


def test_there_is_no_default_rule_and_every_rule_has_a_version() -> None:
    with pytest.raises(UnknownRule, match="scottish-stv/1"):
        count("scottish-stv", crossed(1, "AB", (1, "A")), None)
    for name, rule in RULES.items():
        assert rule.name == name
        assert name.endswith("/1")
