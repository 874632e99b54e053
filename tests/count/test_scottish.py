"""Scottish STV: against a count paper by paper, and what must hold for every election."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest
from elections_drawn import SEED, elections
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quorate.count.lot import LotNeeded
from quorate.count.papers import Contest, Election, NotCountable, Paper, grouped
from quorate.count.rules import count
from quorate.count.scottish import quota_of, transfer_value
from quorate.count.sheet import Sheet, to_json
from quorate.count.why import why_not
from support.scottish_by_hand import by_single_papers

RULE = "scottish-stv/1"
quick = settings(max_examples=150, deadline=None)


def election(seats: int, *papers: tuple[int, str], candidates: str = "ABCDEF") -> Election:
    """Papers such as (3, "AB"): three with A first and B second."""
    return Election(
        "",
        seats,
        tuple(candidates),
        frozenset(),
        tuple(
            Paper(weight, [candidates.index(letter) + 1 for letter in order])
            for weight, order in papers
        ),
    )


@quick
@given(elections(clear=True, withdrawals=False))
def test_equals_a_count_paper_by_paper(one: Election) -> None:
    sheet = count(RULE, one, SEED)
    assume(sheet.papers.valid and not sheet.ties)  # V1
    elected, stages = by_single_papers(one)
    assert [dict(stage.votes) for stage in sheet.stages] == stages
    assert set(sheet.elected) == set(elected)
    for name in elected:
        assert (name in sheet.not_elected) is False


@quick
@given(elections())
def test_votes_are_conserved_at_every_stage(one: Election) -> None:
    sheet = count(RULE, one, SEED)
    assert sheet.papers.read == sum(paper.weight for paper in one.papers)
    assert sheet.papers.read == sheet.papers.valid + sum(x.papers for x in sheet.papers.invalid)
    lost = Decimal(0)
    for before, stage in zip((None, *sheet.stages), sheet.stages, strict=False):
        assert sum(votes for _, votes in stage.votes) + stage.nontransferable == sheet.papers.valid
        assert all(votes >= 0 for _, votes in stage.votes)
        assert stage.nontransferable >= lost
        lost = stage.nontransferable
        if before is None:
            continue
        assert stage.action.of is not None
        moved = sum((x.votes for x in stage.transfers), Decimal(0))
        assert before.votes_of(stage.action.of) - moved == stage.votes_of(stage.action.of)
        for name, votes in stage.votes:
            gained = sum((x.votes for x in stage.transfers if x.to == name), Decimal(0))
            if name != stage.action.of:
                assert before.votes_of(name) + gained == votes
        for one_transfer in stage.transfers:
            if one_transfer.papers:
                assert one_transfer.papers * one_transfer.value == one_transfer.votes


@quick
@given(elections(), st.randoms(use_true_random=False))
def test_order_and_grouping_of_papers_change_nothing(one: Election, random: object) -> None:
    single = [Paper(1, paper.ranks) for paper in one.papers for _ in range(paper.weight)]
    random.shuffle(single)  # type: ignore[attr-defined]
    whole = to_json(count(RULE, one, SEED))
    assert to_json(count(RULE, replace(one, papers=tuple(single)), SEED)) == whole
    assert to_json(count(RULE, replace(one, papers=grouped(single)), SEED)) == whole


@quick
@given(elections())
def test_names_change_nothing(one: Election) -> None:
    other = replace(one, candidates=tuple(f"[{name[1:-1]}]" for name in one.candidates))
    told = json.dumps(to_json(count(RULE, one, SEED)))
    renamed = json.dumps(to_json(count(RULE, other, SEED)))
    assert renamed.replace("[", "<").replace("]", ">") == told.replace("[", "<").replace("]", ">")


@quick
@given(elections(withdrawals=False), st.randoms(use_true_random=False))
def test_order_of_candidates_changes_nothing(one: Election, random: object) -> None:
    numbers = list(range(1, len(one.candidates) + 1))
    random.shuffle(numbers)  # type: ignore[attr-defined]
    known = dict(enumerate(numbers, start=1))
    moved = Election(
        "",
        one.seats,
        tuple(one.name(numbers.index(place) + 1) for place in range(1, len(numbers) + 1)),
        frozenset(),
        tuple(
            Paper(p.weight, [[known.get(n, n) for n in rank] for rank in p.ranks])
            for p in one.papers
        ),
    )
    first, second = count(RULE, one, SEED), count(RULE, moved, SEED)
    assume(not any(tie.label for tie in first.ties))
    assert set(first.elected) == set(second.elected)
    assert [dict(s.votes) for s in first.stages] == [dict(s.votes) for s in second.stages]


@quick
@given(elections())
def test_every_seat_is_filled_and_everyone_is_somewhere(one: Election) -> None:
    sheet = count(RULE, one, SEED)
    places = min(one.seats, len(one.standing)) if sheet.papers.valid else 0  # V1
    assert len(sheet.elected) == places
    everyone = sorted((*sheet.elected, *sheet.not_elected, *sheet.withdrawn))
    assert everyone == sorted(one.candidates)
    by_stage = [name for stage in sheet.stages for name in stage.elected]
    assert by_stage == list(sheet.elected)
    for name in sheet.candidates:
        assert why_not(sheet, name)


@quick
@given(elections(clear=True, withdrawals=False))
def test_droop_proportionality(one: Election) -> None:
    """A group that k quotas rank above all others, in whatever order, wins k seats."""
    sheet = count(RULE, one, SEED)
    assert sheet.quota is not None
    numbers = range(1, len(one.candidates) + 1)
    for size in numbers:
        for group in combinations(numbers, size):
            solid = sum(
                paper.weight
                for paper in one.papers
                if {rank[0] for rank in paper.ranks[:size]} == set(group)
            )
            deserved = min(solid // int(sheet.quota), size, one.seats)
            won = sum(one.name(number) in sheet.elected for number in group)
            assert won >= deserved, (group, solid)


def test_a_surplus_is_transferred_as_the_order_says() -> None:
    """Rule 48(3), by hand: quota 11, A has 20, so each paper is worth 9 ÷ 20 = 0.45."""
    sheet = count(
        RULE, election(2, (15, "AB"), (5, "A"), (6, "B"), (5, "C"), candidates="ABC"), None
    )
    assert sheet.quota == 11
    second = sheet.stages[1]
    assert second.votes == (("A", Decimal(11)), ("B", Decimal("12.75")), ("C", Decimal(5)))
    assert second.nontransferable == Decimal("2.25")
    assert sheet.elected == ("A", "B")


def test_exactly_the_quota_is_elected_without_a_surplus() -> None:
    sheet = count(RULE, election(2, (4, "AC"), (3, "B"), (2, "C"), candidates="ABC"), None)
    assert sheet.quota == 4
    assert sheet.elections[0].stage == 1
    assert [stage.action.kind for stage in sheet.stages] == ["first preferences", "exclusion"]


def test_values_are_truncated_never_rounded() -> None:
    assert transfer_value(2 * 100_000, 100_000, 3 * 100_000) == 66_666
    assert transfer_value(100_000, 33_333, 7 * 100_000) == 4_761


@given(st.integers(0, 10**9), st.integers(1, 1000))
def test_quota_is_the_least_that_too_few_can_reach(valid: int, seats: int) -> None:
    quota = quota_of(valid, seats)
    assert (seats + 1) * quota > valid
    assert (seats + 1) * (quota - 1) <= valid


def test_ten_million_papers_are_counted_exactly() -> None:
    many = 10_000_000
    sheet = count(
        RULE, election(2, (many, "AB"), (many + 2, "BC"), (many + 7, "CA"), candidates="ABC"), None
    )
    for stage in sheet.stages:
        assert sum(v for _, v in stage.votes) + stage.nontransferable == 3 * many + 9


def test_an_exclusion_tie_goes_by_the_most_recent_difference() -> None:
    """C and D are equal at stage 2, after B's papers; at stage 1 D had fewer, so D goes."""
    one = election(1, (10, "A"), (1, "BD"), (4, "C"), (3, "D"), (9, "E"), candidates="ABCDE")
    sheet = count(RULE, one, None)
    assert [stage.action.of for stage in sheet.stages[1:3]] == ["B", "D"]
    assert sheet.ties[0].candidates == ("C", "D")
    assert sheet.ties[0].label is None


def test_a_surplus_tie_goes_by_the_most_recent_difference() -> None:
    """A and B both have 11 after C's papers came; at stage 1 A had 9 and B 8, so A is first."""
    one = election(3, (9, "AD"), (8, "BE"), (2, "CAD"), (3, "CBE"), (7, "D"), (7, "E"))
    one = replace(one, withdrawn=frozenset({6}))
    sheet = count(RULE, one, None)
    assert sheet.quota == 10
    assert sheet.stages[1].elected == ("A", "B")
    assert (sheet.stages[2].action.kind, sheet.stages[2].action.of) == ("surplus", "A")
    assert (sheet.ties[0].candidates, sheet.ties[0].label) == (("A", "B"), None)


def test_a_lot_is_needed_and_names_the_tied() -> None:
    one = election(1, (2, "A"), (2, "B"), (3, "C"), candidates="ABC")
    with pytest.raises(LotNeeded) as caught:
        count(RULE, one, None)
    assert caught.value.candidates == ("A", "B")


def test_a_lot_can_be_drawn_again_by_hand() -> None:
    one = election(1, (2, "A"), (2, "B"), (3, "C"), candidates="ABC")
    for seed in (b"\x00", b"\x01", b"\x02", b"\x03"):
        sheet = count(RULE, one, seed)
        tickets = {
            name: hashlib.sha256(
                f"quorate-lot/1\n{seed.hex()}\nscottish-stv/1 stage 2 exclusion\n{number}".encode()
            ).hexdigest()
            for number, name in ((1, "A"), (2, "B"))
        }
        last_drawn = max(tickets, key=lambda name: tickets[name])
        assert sheet.stages[1].action.of == last_drawn
        assert sheet.ties[0].label == "scottish-stv/1 stage 2 exclusion"


def test_the_seed_changes_nothing_without_a_lot() -> None:
    one = election(2, (15, "AB"), (5, "A"), (6, "B"), (5, "C"), candidates="ABC")
    assert count(RULE, one, None) == count(RULE, one, b"x") == count(RULE, one, b"y")


@pytest.mark.parametrize(
    ("ranks", "reason"),
    [
        ((), "no mark"),
        (((), ()), "no mark"),
        (((), (1,)), "no first preference"),
        (((1, 2),), "more than one first preference"),
        (((9,), (1,)), "first preference for nobody standing"),
        (((0,),), "first preference for nobody standing"),
        (((3,),), "preferences for withdrawn candidates only"),
        (((3,), (1, 2)), "more than one first preference"),
    ],
)
def test_invalid_papers_are_accounted_for(ranks: tuple[tuple[int, ...], ...], reason: str) -> None:
    papers = (Paper(5, ranks), Paper(7, (1,)))
    sheet = count(RULE, Election("", 1, ("A", "B", "C"), frozenset({3}), papers), None)
    assert (sheet.papers.read, sheet.papers.valid) == (12, 7)
    assert [(one.reason, one.papers) for one in sheet.papers.invalid] == [(reason, 5)]


@pytest.mark.parametrize(
    ("ranks", "order"),
    [
        (((1,), (), (2,)), "A"),
        (((1,), (2, 4), (5,)), "A"),
        (((1,), (1,), (2,)), "A"),
        (((1,), (2,), (1,), (4,)), "AB"),
        (((1,), (9,), (2,)), "A"),
        (((3,), (1,), (2,)), "AB"),
        (((1, 3), (2,)), "AB"),
    ],
)
def test_reading_stops_where_a_paper_is_unclear(
    ranks: tuple[tuple[int, ...], ...], order: str
) -> None:
    """C (3) has withdrawn. The paper counts like one that just says ``order``."""
    rest = (Paper(1, (4,)), Paper(2, (5,)), Paper(4, (2,)))
    names = tuple("ABCDE")
    withdrawn = frozenset({3})
    plain = Paper(3, [names.index(letter) + 1 for letter in order])
    one = Election("", 2, names, withdrawn, (Paper(3, ranks), *rest))
    other = Election("", 2, names, withdrawn, (plain, *rest))
    assert count(RULE, one, SEED) == count(RULE, other, SEED)


def test_fewer_candidates_than_seats_leaves_seats_vacant() -> None:
    sheet = count(RULE, election(4, (2, "A"), candidates="AB"), None)
    assert sheet.elected == ("A", "B")
    assert sheet.remarks == ("4 seats and 2 candidates: 2 stay vacant.",)


def test_nobody_stands_or_nobody_votes() -> None:
    assert count(RULE, Election("", 2, (), frozenset(), ()), None).elected == ()
    assert count(RULE, election(2, candidates="AB"), None).elected == ()  # V1, and below
    assert count(RULE, election(1, candidates="AB"), None).elected == ()


def test_a_contest_counts_like_an_election() -> None:
    contest = Contest(("A", "B"), 1, (Paper(2, (1, 2)), Paper(1, (2,))))
    assert isinstance(count(RULE, contest, None), Sheet)
    assert count(RULE, contest, None) == count(RULE, contest.as_election(), None)


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (Election("", 0, ("A",), frozenset(), ()), "seats: expected at least 1, not 0"),
        (Election("", 1, ("A", " "), frozenset(), ()), "candidates: candidate 2 has no name"),
        (Election("", 1, ("A", "A"), frozenset(), ()), "candidates: two candidates are named"),
        (Election("", 1, ("A",), frozenset({2}), ()), "withdrawn: nobody has the number 2"),
        (
            Election("", 1, ("A",), frozenset(), (Paper(-1, (1,)),)),
            "papers: paper 1 has the weight",
        ),
    ],
)
def test_what_cannot_be_counted_says_why(one: Election, says: str) -> None:
    with pytest.raises(NotCountable, match=says):
        count(RULE, one, None)
