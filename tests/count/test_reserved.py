"""Reserved places, paragraph by paragraph, and against all sets of candidates there are."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from elections_drawn import SEED, elections
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.count.lot import LotNeeded
from quorate.count.papers import Election, NotCountable, Paper
from quorate.count.reserved import Terms
from quorate.count.rules import count
from quorate.count.why import why_not

AT_LARGE, STV = "plurality-at-large/1", "scottish-stv/1"
quick = settings(max_examples=60, deadline=None)


def election(seats: int, names: str, *papers: tuple[int, str]) -> Election:
    marks = (Paper(w, [names.index(letter) + 1 for letter in order]) for w, order in papers)
    return Election("", seats, tuple(names), frozenset(), tuple(marks))


@st.composite
def reservations(draw: st.DrawFn, one: Election) -> Terms:
    group = frozenset(name for name in one.candidates if draw(st.booleans()))
    return Terms(draw(st.integers(1, one.seats)), group)


@quick
@given(elections(), st.data())
def test_r1_r2_r3_by_all_sets_there_are(one: Election, data: st.DataObject) -> None:
    """Of all sets with enough of the group, one with most votes together is elected."""
    terms = data.draw(reservations(one))
    sheet = count(AT_LARGE, one, SEED, terms=terms)
    votes = dict(sheet.stages[0].votes)
    standing = [one.name(number) for number in one.standing]
    if not any(votes.values()):  # V1
        assert sheet.elected == ()
        return
    needed = min(terms.at_least, len(terms.group & set(standing)))
    best = max(
        sum(votes[name] for name in some)
        for some in combinations(standing, min(one.seats, len(standing)))
        if len(terms.group & set(some)) >= needed
    )
    assert len(set(sheet.elected)) == min(one.seats, len(standing))
    assert len(terms.group & set(sheet.elected)) >= needed
    assert sum(votes[name] for name in sheet.elected) == best
    for name in one.candidates:
        assert why_not(sheet, name)


@quick
@given(elections(), st.data())
def test_r1_r2_enough_of_the_group_are_elected_by_transferable_vote(
    one: Election, data: st.DataObject
) -> None:
    terms = data.draw(reservations(one))
    sheet = count(STV, one, SEED, terms=terms)
    standing = {one.name(number) for number in one.standing}
    if not any(votes for _, votes in sheet.stages[0].votes):  # V1
        assert sheet.elected == ()
        return
    needed = min(terms.at_least, len(terms.group & standing))
    assert len(terms.group & set(sheet.elected)) >= needed
    assert len(set(sheet.elected)) == len(sheet.elected) == min(one.seats, len(standing))
    assert sorted((*sheet.elected, *sheet.not_elected, *sheet.withdrawn)) == sorted(one.candidates)
    for stage in sheet.stages:
        held = sum(votes for _, votes in stage.votes) + stage.nontransferable
        assert held == sheet.papers.valid
    for name in one.candidates:
        assert why_not(sheet, name)


@quick
@given(elections())
def test_a_group_of_everybody_or_nobody_changes_nothing(one: Election) -> None:
    for rule in (AT_LARGE, STV):
        plain = count(rule, one, SEED)
        for group in (frozenset(one.candidates), frozenset[str]()):
            sheet = count(rule, one, SEED, terms=Terms(one.seats, group))
            assert sheet.elected == plain.elected
            assert [s.votes for s in sheet.stages] == [s.votes for s in plain.stages]


def test_r3_enough_of_the_group_without_help() -> None:
    one = election(2, "ABCD", (9, "A"), (7, "B"), (5, "C"), (3, "D"))
    assert count(AT_LARGE, one, None, terms=Terms(1, frozenset("BD"))).elected == ("A", "B")


def test_r3_the_reserved_place_goes_to_the_first_of_the_group() -> None:
    one = election(2, "ABCD", (9, "A"), (7, "B"), (5, "C"), (3, "D"))
    sheet = count(AT_LARGE, one, None, terms=Terms(1, frozenset("CD")))
    assert sheet.elected == ("A", "C")
    assert sheet.not_elected == ("B", "D")
    assert sheet.remarks[-1] == (
        "At least 1 of 2 places is reserved for a group (R1): C and D. Elected of the group: C."
    )


def test_r3_a_tie_within_the_group_is_its_own_lot() -> None:
    one = election(2, "ABCD", (9, "A"), (7, "B"), (3, "C"), (3, "D"))
    with pytest.raises(LotNeeded) as caught:
        count(AT_LARGE, one, None, terms=Terms(1, frozenset("CD")))
    assert caught.value.candidates == ("C", "D")
    assert caught.value.label == "plurality-at-large/1 reserved last place"


def test_r2_fewer_of_the_group_than_reserved_places() -> None:
    one = election(3, "ABCD", (9, "A"), (7, "B"), (5, "C"), (3, "D"))
    sheet = count(AT_LARGE, one, None, terms=Terms(2, frozenset("D")))
    assert sheet.elected == ("A", "B", "D")
    assert "only 1 of them stands, so no more are reserved (R2)" in sheet.remarks[-1]


def test_r4_the_last_of_the_group_is_guarded() -> None:
    """D has fewest and would be excluded; guarded, C goes instead, and D has the reserved place."""
    one = election(2, "ABCD", (8, "A"), (7, "B"), (6, "CB"), (3, "D"))
    sheet = count(STV, one, None, terms=Terms(1, frozenset("D")))
    assert sheet.stages[1].action.of == "C"
    assert "D must not be excluded (R4)" in sheet.stages[1].action.says
    assert set(sheet.elected) == {"B", "D"}
    assert set(count(STV, one, None).elected) == {"A", "B"}


def test_r5_nobody_else_can_be_elected_once_all_places_left_are_reserved() -> None:
    """A takes the only open place; B, C and then nobody can, however many votes they have."""
    one = election(2, "ABCD", (12, "A"), (8, "B"), (6, "CB"), (3, "D"))
    sheet = count(STV, one, None, terms=Terms(1, frozenset("D")))
    assert sheet.elected == ("A", "D")
    assert "can no longer be elected and is excluded (R5)" in sheet.stages[-1].action.says


def test_r5_comes_before_the_lowest_of_the_group() -> None:
    """B has more votes than C and D, and goes first; with B's papers D has more than C."""
    one = election(2, "ABCD", (12, "A"), (8, "BD"), (3, "C"), (2, "D"))
    sheet = count(STV, one, None, terms=Terms(1, frozenset("CD")))
    assert [stage.action.of for stage in sheet.stages[1:]] == ["A", "B"]
    assert sheet.elected == ("A", "D")


def test_r6_too_many_with_the_quota_go_by_votes() -> None:
    one = election(2, "ABC", (12, "A"), (11, "B"), (3, "C"))
    sheet = count(STV, one, None, terms=Terms(1, frozenset("C")))
    assert sheet.stages[0].elected == ("A",)
    assert sheet.elected == ("A", "C")
    tied = replace(one, papers=(Paper(12, (1,)), Paper(12, (2,)), Paper(3, (3,))))
    with pytest.raises(LotNeeded) as caught:
        count(STV, tied, None, terms=Terms(1, frozenset("C")))
    assert caught.value.candidates == ("A", "B")


def test_what_a_reservation_must_name() -> None:
    one = election(2, "AB", (1, "A"))
    for terms, says in (
        (Terms(1, frozenset("X")), 'reserved places: no candidate "X"; there are A and B'),
        (
            Terms(3, frozenset("A")),
            "reserved places: expected at least 1 and at most 2, the number of",
        ),
    ):
        for rule in (AT_LARGE, STV):
            with pytest.raises(NotCountable, match=says):
                count(rule, one, None, terms=terms)
    with pytest.raises(NotCountable, match="terms"):
        count("approval/1", one, None, terms=Terms(1, frozenset("A")))
