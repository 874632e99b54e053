"""Instant run-off: against its definition, ballot by ballot, and its stated tie-break."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from elections_drawn import SEED, elections
from hypothesis import given, settings

from quorate.count.lot import LotNeeded
from quorate.count.papers import Election, NotCountable, Paper
from quorate.count.picture import bars, flow
from quorate.count.preferences import read_papers
from quorate.count.rules import count
from quorate.count.why import why_not

RULE = "instant-runoff/1"
quick = settings(max_examples=120, deadline=None)


def election(*papers: tuple[int, str], candidates: str = "ABCD") -> Election:
    return Election(
        "",
        1,
        tuple(candidates),
        frozenset(),
        tuple(Paper(weight, [candidates.index(x) + 1 for x in order]) for weight, order in papers),
    )


def one_seat(one: Election) -> Election:
    return Election("", 1, one.candidates, one.withdrawn, one.papers)


def votes_of(one: Election, continuing: set[int]) -> Counter[int]:
    """Each valid paper for its first preference among the continuing."""
    votes: Counter[int] = Counter(dict.fromkeys(continuing, 0))
    for order, weight in read_papers(one)[0].items():
        for number in order:
            if number in continuing:
                votes[number] += weight
                break
    return votes


@quick
@given(elections())
def test_every_stage_is_as_defined(drawn: Election) -> None:
    one = one_seat(drawn)
    sheet = count(RULE, one, SEED)
    continuing = set(one.standing)
    for stage in sheet.stages:
        if stage.action.of is not None:
            out = one.candidates.index(stage.action.of) + 1
            before = votes_of(one, continuing)
            assert before[out] == min(before.values())
            assert 2 * max(before.values()) <= sum(before.values())
            continuing.discard(out)
        votes = votes_of(one, continuing)
        told = {one.candidates.index(n) + 1: v for n, v in stage.votes}
        assert told == {c: votes[c] for c in told}
        assert sum(told.values()) + stage.nontransferable == sheet.papers.valid
        moved = sum((x.votes for x in stage.transfers), Decimal(0))
        assert moved == (0 if stage.action.of is None else stage.action.before)
    if not sheet.papers.valid:  # V1
        assert sheet.elected == ()
    elif one.standing:
        winner = one.candidates.index(sheet.elected[0]) + 1
        assert 2 * votes[winner] > sum(votes.values()) or continuing == {winner}
        assert sheet.stages[-1].elected == sheet.elected
    for name in sheet.candidates:
        assert why_not(sheet, name)
    assert sorted((*sheet.elected, *sheet.not_elected, *sheet.withdrawn)) == sorted(one.candidates)
    assert bars(sheet)
    assert flow(sheet)


def test_the_one_with_most_first_preferences_can_lose() -> None:
    sheet = count(RULE, election((8, "A"), (7, "BC"), (6, "CB")), None)
    assert sheet.elected == ("B",)
    assert sheet.not_elected == ("A", "C", "D")
    assert sheet.elections[0].votes == 13


def test_half_is_not_more_than_half() -> None:
    sheet = count(RULE, election((4, "A"), (3, "B"), (1, "CB")), SEED)
    assert sheet.stages[0].elected == ()
    assert count(RULE, election((5, "A"), (3, "B"), (1, "CB")), None).stages[0].elected == ("A",)


def test_a_tie_goes_by_the_most_recent_difference_then_by_lot() -> None:
    one = election((10, "A"), (4, "C"), (3, "D"), (1, "BD"), (9, "E"), candidates="ABCDE")
    sheet = count(RULE, one, None)
    assert [stage.action.of for stage in sheet.stages[1:3]] == ["B", "D"]
    with pytest.raises(LotNeeded):
        count(RULE, election((2, "A"), (2, "B"), candidates="AB"), None)
    drawn = count(RULE, election((2, "A"), (2, "B"), candidates="AB"), SEED)
    assert drawn.ties[0].label == "instant-runoff/1 stage 2 exclusion"


def test_it_fills_one_seat_only() -> None:
    two = Election("", 2, ("A", "B"), frozenset(), ())
    with pytest.raises(NotCountable, match="seats: instant-runoff/1 fills one seat, not 2"):
        count(RULE, two, None)


def test_nobody_stands() -> None:
    sheet = count(RULE, Election("", 1, (), frozenset(), ()), None)
    assert (sheet.elected, sheet.remarks) == ((), ("Nobody stands: the seat stays vacant.",))
