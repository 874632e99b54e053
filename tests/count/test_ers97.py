"""ERS97, clause by clause: each test cites the paragraph of Newland and Britton, 3rd edition."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from elections_drawn import SEED, elections
from ers97_by_hand import LotWanted, by_hand
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quorate.count.blt import read_blt
from quorate.count.ers97 import transfer_value
from quorate.count.ers97_votes import quota_of
from quorate.count.lot import LotNeeded
from quorate.count.papers import Election, Paper
from quorate.count.rules import count
from quorate.count.sheet import Sheet, Stage, to_json
from quorate.count.why import why_not

RULE = "ers97/1"
WARDS = sorted((Path(__file__).parents[1] / "real" / "elections").glob("*.blt"))
quick = settings(max_examples=100, deadline=None)
MODEL = """
35 1 2      3 1 3 9     11 1 3 6     5 1 3 7     6 1 3 8     20 1 4      7 1 4 9    4 1 4 11
8 1 5       4 1 8       1 1 10 5 7   1 1 10 9    18 1 11     11 1        81 2       23 3 1 2
2 3 1 2 7   1 3 1 2 8   1 3 1        3 4 1 3 7   1 4 8       11 4 5 6    3 4 2      5 4 2 11
1 4 3       105 5       91 6         64 7        5 8         42 8 9      12 8 7     55 9
2 10 5      5 10 8      14 10 9      2 10 1 11   90 11
"""
"""Papers from which the figures of section 8, Model election, come; set down by L. Y. Li, 2021."""


def model() -> Election:
    names = "Smith Carpenter Wright Glazier Duke Prince Baron Abbot Vicar Monk Freeman"
    rows = [[int(n) for n in row.split()] for row in MODEL.replace("\n", "   ").split("   ")]
    papers = tuple(Paper(row[0], row[1:]) for row in rows if row)
    return Election("Model election", 6, tuple(names.split()), frozenset(), papers)


def election(seats: int, *papers: tuple[int, str], candidates: str = "ABCDEF") -> Election:
    """Papers such as (3, "AB"): three with A first and B second."""
    marked = (Paper(n, [candidates.index(letter) + 1 for letter in order]) for n, order in papers)
    return Election("", seats, tuple(candidates), frozenset(), tuple(marked))


def votes(stage: Stage) -> dict[str, str]:
    return {name: str(figure) for name, figure in stage.votes}


def done(sheet: Sheet) -> list[tuple[str | None, ...]]:
    """What each stage after the first did."""
    return [
        (one.action.kind, one.action.of, *one.action.also) for one in sheet.stages if one.number > 1
    ]


# The whole


def test_model_election_first_stage() -> None:
    """8.1: 753 valid papers, six places, quota 753/7 = 107.57142 → 107.58; Smith has 134."""
    sheet = count(RULE, model(), None)
    assert sheet.papers.valid == 753
    assert sheet.quota == Decimal("107.58")
    assert sheet.stages[0].elected == ("Smith",)
    first = votes(sheet.stages[0])
    assert (first["Smith"], first["Monk"], first["Glazier"]) == ("134.00", "23.00", "24.00")


def test_model_election_second_stage() -> None:
    """8.2: surplus 26.42, more than 24 - 23; 134 papers, 123 transferable; 0.21 each, 0.59 lost."""
    stage = count(RULE, model(), None).stages[1]
    assert (stage.action.kind, stage.action.of) == ("surplus", "Smith")
    assert sum(one.papers for one in stage.transfers if one.to) == 123
    assert {one.value for one in stage.transfers if one.to} == {Decimal("0.21")}
    assert stage.transfers[-1].votes == stage.nontransferable == Decimal("0.59")
    assert stage.votes_of("Smith") == Decimal("107.58")


@quick
@given(elections(clear=True, withdrawals=False))
def test_equals_a_count_by_hand_paper_by_paper(one: Election) -> None:
    """All of section 5, at every stage."""
    assume(any(paper.ranks for paper in one.papers))  # V1
    try:
        elected, stages = by_hand(one)
    except LotWanted:
        with pytest.raises(LotNeeded):
            count(RULE, one, None)
        return
    sheet = count(RULE, one, None)
    assert set(sheet.elected) == elected
    assert [{n: Fraction(v) for n, v in stage.votes} for stage in sheet.stages] == stages


def test_the_model_election_equals_a_count_by_hand() -> None:
    elected, stages = by_hand(model())
    sheet = count(RULE, model(), None)
    assert set(sheet.elected) == elected
    assert [{n: Fraction(v) for n, v in stage.votes} for stage in sheet.stages] == stages


# 5.1 First stage


@pytest.mark.parametrize("path", WARDS, ids=lambda path: path.stem)
def test_real_wards_equal_a_count_by_hand(path: Path) -> None:
    one = read_blt(path.read_bytes()).election
    sheet = count(RULE, one, None)
    winners, stages = by_hand(one)
    assert set(sheet.elected) == winners
    told = [{name: Fraction(figure) for name, figure in stage.votes} for stage in sheet.stages]
    assert told == stages


def test_in_nith_it_elects_another_than_the_scottish_rule() -> None:
    """A paper of the first surplus is worth 470 ÷ 976 here, 469 ÷ 1,481 there."""
    one = read_blt(next(path for path in WARDS if "dumgal" in path.stem).read_bytes()).election
    sheet, scottish = count(RULE, one, None), count("scottish-stv/1", one, None)
    values = [{str(t.value) for t in s.stages[1].transfers if t.papers} for s in (sheet, scottish)]
    assert values == [{"0.48"}, {"0.31667"}]
    assert set(sheet.elected) - set(scottish.elected) == {"David Robert SLATER (Ind)"}
    assert votes(sheet.stages[-1])["David Robert SLATER (Ind)"] == "772.30"
    assert votes(sheet.stages[-1])["John MARTIN (Lab)"] == "721.38"


def test_5_1_2_invalid_papers_are_set_aside() -> None:
    """6.8 and 6.9: no first preference, or a first preference that is not clear."""
    papers = (Paper(4, (1, 2)), Paper(2, ((), 1)), Paper(3, ((1, 2),)), Paper(1, ()))
    sheet = count(RULE, Election("", 1, ("A", "B"), frozenset(), papers), None)
    assert (sheet.papers.read, sheet.papers.valid) == (10, 4)
    assert {one.reason: one.papers for one in sheet.papers.invalid} == {
        "no first preference": 2,
        "more than one first preference": 3,
        "no mark": 1,
    }


@given(st.integers(0, 10**9), st.integers(1, 1000))
def test_5_1_6_the_quota(valid: int, seats: int) -> None:
    """Two decimals; exact, or the remainder ignored and 0.01 added."""
    quota = Fraction(quota_of(valid * 100, seats), 100)
    exact = Fraction(valid, seats + 1)
    assert (
        quota == exact if (exact * 100).denominator == 1 else 0 < quota - exact < Fraction(1, 100)
    )


def test_5_1_7a_whoever_has_the_quota_is_elected() -> None:
    sheet = count(RULE, election(2, (4, "A"), (4, "B"), (4, "C"), candidates="ABC"), SEED)
    assert str(sheet.quota) == "4.00"
    assert sheet.ties[0].says.endswith("none of them is deemed elected yet (5.6.2).")
    sheet = count(RULE, election(2, (5, "A"), (4, "B"), (3, "C"), candidates="ABC"), None)
    assert sheet.stages[0].elected == ("A", "B")


def test_5_1_7b_the_active_vote_is_enough_where_it_is_less_than_the_quota() -> None:
    """200 places, 202 votes: quota 1.01. 100 have it; (202 - 101) ÷ 101 = 1 is then enough."""
    names = tuple(f"c{n}" for n in range(1, 203))
    papers = tuple(Paper(2 if n <= 100 else 1, (n,)) for n in range(1, 103))
    sheet = count(RULE, Election("", 200, names, frozenset(), papers), SEED)
    assert sheet.quota == Decimal("1.01")
    assert len(sheet.stages[0].elected) == 102
    assert "101.00, divided by 101" in sheet.elections[100].how


# 5.2 Subsequent stages


def test_5_2_2a_a_surplus_waits_if_it_cannot_reverse_the_last_two() -> None:
    """Quota 20, surplus 1; C has 1 fewer than D. With a surplus of 2 it is transferred."""
    waits = election(2, (21, "AC"), (18, "B"), (10, "C"), (11, "D"), candidates="ABCD")
    assert done(count(RULE, waits, None))[0] == ("exclusion", "C")
    moves = election(2, (22, "AC"), (17, "B"), (10, "C"), (11, "D"), candidates="ABCD")
    assert done(count(RULE, moves, None))[0] == ("surplus", "A")


def test_5_2_2b_a_surplus_waits_if_those_excluded_together_stay_below_the_next() -> None:
    """Quota 25, surplus 3; C and D are equal, but 4 + 4 + 3 is less than 19: both go."""
    one = election(3, (28, "AC"), (22, "E"), (4, "CB"), (4, "DB"), (23, "B"), (19, "F"))
    sheet = count(RULE, one, None)
    assert str(sheet.quota) == "25.00"
    assert set(done(sheet)[0]) == {"exclusion", "C", "D"}
    assert "deferred surpluses of 3.00" in sheet.stages[1].action.says


def test_5_2_3_the_largest_surplus_first() -> None:
    one = election(3, (40, "AC"), (45, "BD"), (17, "C"), (16, "D"), (15, "E"), candidates="ABCDE")
    assert done(count(RULE, one, None))[0] == ("surplus", "B")


def test_5_2_3_of_equal_surpluses_that_of_whoever_was_ahead_earliest() -> None:
    """A and B are elected with 11 each after F's papers; at the first stage A had 9 and B 8."""
    one = election(3, (9, "AC"), (8, "BD"), (2, "FA"), (3, "FB"), (6, "C"), (6, "D"), (8, "E"))
    sheet = count(RULE, one, SEED)
    assert str(sheet.quota) == "10.50"
    assert set(sheet.stages[1].elected) == {"A", "B"}
    assert done(sheet)[1] == ("surplus", "A")
    assert (sheet.ties[0].chosen, sheet.ties[0].label) == (("A",), None)


def test_5_2_3_then_a_lot() -> None:
    one = election(3, (40, "AC"), (40, "BD"), (17, "C"), (16, "D"), (15, "E"), candidates="ABCDE")
    with pytest.raises(LotNeeded) as caught:
        count(RULE, one, None)
    assert caught.value.candidates == ("A", "B")
    assert caught.value.label == "ers97/1 stage 2 surplus"
    assert caught.value.elected == ("A", "B")
    firsts = {done(count(RULE, one, bytes([n])))[0] for n in range(12)}
    assert firsts == {("surplus", "A"), ("surplus", "B")}


def test_5_2_5_as_many_as_possible_are_excluded_together() -> None:
    """3 + 4 is less than 8, but 3 + 4 + 8 is more than 9: two go."""
    one = election(1, (3, "A"), (4, "B"), (8, "C"), (9, "D"), (12, "E"), candidates="ABCDE")
    assert done(count(RULE, one, None))[0] == ("exclusion", "A", "B")


def test_5_2_5a_enough_candidates_must_remain() -> None:
    """Both B and C are below D, but two places need two candidates besides A's."""
    one = election(3, (30, "A"), (1, "B"), (2, "C"), (9, "D"), candidates="ABCD")
    sheet = count(RULE, one, None)
    assert all(len(what) == 2 for what in done(sheet))
    assert len(sheet.elected) == 3


def test_5_2_5b_equality_with_the_candidate_next_above_is_enough() -> None:
    one = election(1, (3, "AC"), (4, "BC"), (7, "C"), (9, "D"), candidates="ABCD")
    assert done(count(RULE, one, None))[0] == ("exclusion", "A", "B")
    more = election(1, (4, "AC"), (4, "BC"), (7, "C"), (9, "D"), candidates="ABCD")
    assert len(done(count(RULE, more, SEED))[0]) == 2


def test_5_2_5_a_tie_goes_by_the_earliest_point_of_difference() -> None:
    """C and D are equal with 6 after B's papers; at the first stage C had 5 and D 6."""
    papers = ((1, "BC"), (2, "BA"), (5, "C"), (6, "D"), (9, "E"), (10, "A"))
    sheet = count(RULE, election(1, *papers, candidates="ABCDE"), None)
    assert done(sheet)[:2] == [("exclusion", "B"), ("exclusion", "C")]
    assert sheet.ties[0].candidates == ("C", "D")
    assert sheet.ties[0].label is None


def test_5_2_5_then_a_lot_whose_last_drawn_is_excluded() -> None:
    one = election(1, (4, "A"), (4, "B"), (5, "C"), candidates="ABC")
    with pytest.raises(LotNeeded) as caught:
        count(RULE, one, None)
    assert caught.value.candidates == ("A", "B")
    assert {done(count(RULE, one, bytes([n])))[0][1] for n in range(12)} == {"A", "B"}


# 5.3 Transfer of a surplus


def test_5_3_2_a_later_surplus_is_that_of_the_last_batch_only() -> None:
    """B has 10 of its own with D next, receives 5 with C next, and only those 5 are examined."""
    one = election(2, (13, "A"), (10, "BD"), (5, "EBC"), (7, "C"), (7, "D"), candidates="ABCDE")
    sheet = count(RULE, one, None)
    assert str(sheet.quota) == "14.00"
    (stage,) = [one for one in sheet.stages if one.action.of == "B"]
    assert stage.action.kind == "surplus"
    assert [(x.to, x.papers, str(x.value)) for x in stage.transfers] == [("C", 5, "0.20")]


@given(st.integers(1, 10**9), st.integers(1, 10**7), st.integers(0, 100))
def test_5_3_7_the_transfer_value(surplus: int, papers: int, value: int) -> None:
    """To two decimals, remainder ignored; never more than the present value."""
    worth = transfer_value(surplus, papers, value)
    assert worth <= value
    assert papers * worth <= surplus
    assert worth == value or papers * (worth + 1) > surplus


def test_5_3_9_what_cannot_be_transferred_is_credited_as_such() -> None:
    """4 transferable papers of a surplus of 10 keep their value 1; 6 are lost."""
    one = election(2, (4, "AB"), (18, "A"), (7, "B"), (7, "C"), candidates="ABC")
    sheet = count(RULE, one, None)
    assert str(sheet.quota) == "12.00"
    assert votes(sheet.stages[1]) == {"A": "12.00", "B": "11.00", "C": "7.00"}
    assert str(sheet.stages[1].nontransferable) == "6.00"


# 5.4 Transfer of the votes of excluded candidates


def test_5_4_1_batches_go_in_descending_order_of_value() -> None:
    sheet = count(RULE, model(), None)
    assert [one.value for one in sheet.stages[2].transfers] == sorted(
        (one.value for one in sheet.stages[2].transfers), reverse=True
    )
    assert {str(one.value) for one in sheet.stages[2].transfers} == {"1.00", "0.21"}


def test_5_4_8_the_quota_is_recalculated_until_somebody_is_elected() -> None:
    """20 votes for one place: quota 10; C's 4 papers go nowhere, 16 ÷ 2 = 8 elects A."""
    sheet = count(RULE, election(1, (9, "A"), (7, "B"), (4, "C"), candidates="ABC"), None)
    assert [str(stage.quota) for stage in sheet.stages] == ["10.00", "8.00"]
    assert sheet.stages[1].elected == ("A",)


def test_5_4_8_a_surplus_from_a_lower_quota_is_of_the_last_batch_received() -> None:
    """Voting Matters 11: A received nothing when the quota fell below A's votes, to 30.34."""
    one = election(2, (31, "AB"), (20, "B"), (20, "C"), (20, "D"), (4, "E"), candidates="ABCDE")
    sheet = count(RULE, one, SEED)
    assert [str(stage.quota) for stage in sheet.stages[:2]] == ["31.67", "30.34"]
    assert sheet.stages[1].elected == ("A",)
    assert (sheet.stages[2].action.kind, sheet.stages[2].action.of) == ("surplus", "A")
    moved = sheet.stages[2].transfers[0]
    assert (moved.to, moved.papers, str(moved.value)) == ("B", 31, "0.02")


def test_5_4_9_elected_between_batches_and_5_4_10_given_no_further_papers() -> None:
    """Monk's papers of value 1 bring Duke above the quota; the 0.21 for Duke go on to Baron."""
    sheet = count(RULE, model(), None)
    stage = sheet.stages[2]
    assert stage.elected == ("Duke",)
    to_duke = [one for one in stage.transfers if one.to == "Duke"]
    assert [(one.papers, str(one.value)) for one in to_duke] == [(2, "1.00")]
    assert [str(one.value) for one in stage.transfers if one.to == "Baron"] == ["0.21"]


# 5.5 Completion of the count and 5.6 Notes


def test_5_5_1_the_last_exclusion_elects_the_rest_without_a_transfer() -> None:
    """Two equal candidates for a place: whoever is left is elected, the papers stay."""
    sheet = count(RULE, election(1, (8, "AB"), (8, "BA"), candidates="AB"), SEED)
    last = sheet.stages[-1]
    assert (last.action.kind, last.transfers) == ("exclusion", ())
    assert votes(last) == {"A": "8.00", "B": "8.00"}
    assert "5.5.1" in last.action.says
    assert len(sheet.elected) == 1


def test_5_5_2_no_transfer_once_the_places_are_filled() -> None:
    """Abbot's papers at 1 fill the last places, so those at less are transferred no more."""
    last = count(RULE, model(), None).stages[-1]
    assert {str(one.value) for one in last.transfers} == {"1.00"}
    assert last.votes_of("Abbot") > 0


def test_5_6_2_too_few_places_for_equal_ones_go_by_the_earliest_difference() -> None:
    """A and B both have 8 of 16 once D's papers came, for one place; A was ahead at first."""
    one = election(1, (7, "A"), (6, "B"), (2, "DB"), (1, "CA"), candidates="ABCD")
    sheet = count(RULE, one, None)
    assert sheet.elected == ("A",)
    assert sheet.ties[-1].chosen == ("A",)
    assert "5.6.2" in sheet.ties[-1].says


def test_5_6_2_equal_at_all_points_nobody_is_elected_at_that_stage() -> None:
    one = election(1, (8, "A"), (8, "B"), candidates="AB")
    sheet = count(RULE, one, SEED)
    assert sheet.stages[0].elected == ()
    assert sheet.stages[1].action.kind == "exclusion"
    assert len(sheet.elected) == 1


def test_6_12_a_paper_is_non_transferable_from_an_uncertain_preference_on() -> None:
    papers = (Paper(5, (1,)), Paper(4, (2,)), Paper(3, (3, (1, 2), 2)))
    sheet = count(RULE, Election("", 1, ("A", "B", "C"), frozenset(), papers), None)
    assert sheet.elected == ("A",)


# What holds for every count


@quick
@given(elections())
def test_votes_are_conserved_at_every_stage(one: Election) -> None:
    sheet = count(RULE, one, SEED)
    lost = Decimal(0)
    for before, stage in zip((None, *sheet.stages), sheet.stages, strict=False):
        assert sum(v for _, v in stage.votes) + stage.nontransferable == sheet.papers.valid
        assert all(v >= 0 for _, v in stage.votes)
        assert stage.nontransferable >= lost
        lost = stage.nontransferable
        if before is None:
            continue
        change = {name: v - before.votes_of(name) for name, v in stage.votes}
        for moved in stage.transfers:
            if moved.papers:
                assert moved.papers * moved.value == moved.votes
            change[moved.of or stage.action.of or ""] += moved.votes
            if moved.to:
                change[moved.to] -= moved.votes
        assert not any(change.values())


@quick
@given(elections())
def test_everyone_is_somewhere_and_has_an_explanation(one: Election) -> None:
    sheet = count(RULE, one, SEED)
    places = min(one.seats, len(one.standing)) if sheet.papers.valid else 0  # V1
    assert len(sheet.elected) == places
    assert sorted((*sheet.elected, *sheet.not_elected, *sheet.withdrawn)) == sorted(one.candidates)
    assert [name for stage in sheet.stages for name in stage.elected] == list(sheet.elected)
    for name in one.candidates:
        assert why_not(sheet, name)


@quick
@given(elections(clear=True, withdrawals=False))
def test_a_majority_of_quotas_gets_its_places(one: Election) -> None:
    """6.14: whoever has more than a quota of first preferences is elected."""
    sheet = count(RULE, one, SEED)
    assume(sheet.papers.valid)
    first = sheet.stages[0]
    assert first.quota is not None
    for name, held in first.votes:
        if held > first.quota:
            assert name in sheet.elected


def test_the_recalculated_quota_is_stated_in_json() -> None:
    sheet = count(RULE, election(1, (9, "A"), (7, "B"), (4, "C"), candidates="ABC"), None)
    assert [stage["quota"] for stage in to_json(sheet)["stages"]] == ["10.00", "8.00"]
