"""Condorcet rules: against brute-force definitions, and published examples."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from elections_drawn import SEED, elections, nobody_ranked
from hypothesis import assume, given
from hypothesis import strategies as st
from pairs_compared import Matrix, for_one_seat, preferred, quick, ranked, stated_matrix, strict

from quorate.count.debian import Terms
from quorate.count.lot import LotNeeded
from quorate.count.papers import Election, NotCountable, Paper
from quorate.count.rules import count
from quorate.count.sheet import to_json
from quorate.count.why import why_not

SCHULZE, PAIRS, DEBIAN = "schulze/1", "ranked-pairs/1", "debian/1"


@quick
@given(elections(), st.sampled_from([SCHULZE, PAIRS]))
def test_the_matrix_is_that_of_the_papers(one: Election, rule: str) -> None:
    one = for_one_seat(one)
    sheet = count(rule, one, SEED)
    assert stated_matrix(sheet) == preferred(one)
    assert sheet.papers.read == sum(paper.weight for paper in one.papers)
    assert sheet.papers.read == sheet.papers.valid + sum(x.papers for x in sheet.papers.invalid)
    for name in one.candidates:
        assert why_not(sheet, name)


# Schulze


def paths_by_definition(matrix: Matrix, standing: list[str]) -> Matrix:
    """The strongest of all paths, each as strong as its weakest link."""
    strongest = dict.fromkeys(matrix, 0)
    for a, b in matrix:
        others = [name for name in standing if name not in (a, b)]
        for size in range(len(others) + 1):
            for between in permutations(others, size):
                way = (a, *between, b)
                links = [
                    matrix[x, y] if matrix[x, y] > matrix[y, x] else 0 for x, y in pairwise(way)
                ]
                strongest[a, b] = max(strongest[a, b], min(links))
    return strongest


@quick
@given(elections())
def test_schulze_by_definition(one: Election) -> None:
    one = for_one_seat(one)
    standing = [one.name(number) for number in one.standing]
    paths = paths_by_definition(preferred(one), standing)
    winners = {a for a in standing if all(paths[a, b] >= paths[b, a] for b in standing if b != a)}
    sheet = count(SCHULZE, one, SEED)
    if nobody_ranked(one):
        assert sheet.elected == ()
        return
    assert set(sheet.elected) <= winners
    assert len(sheet.elected) == 1
    assert bool(sheet.ties) == (len(winners) > 1)
    assert sheet.pairwise is not None
    assert sheet.pairwise.paths is not None
    for i, a in enumerate(standing):
        for j, b in enumerate(standing):
            assert sheet.pairwise.paths[i][j] == paths.get((a, b), 0)
    if len(winners) > 1:
        with pytest.raises(LotNeeded) as caught:
            count(SCHULZE, one, None)
        assert set(caught.value.candidates) == winners


def test_schulze_published_example() -> None:
    """45 papers, five candidates, and the strengths of all paths (Schulze, example 1)."""
    one = strict(
        (5, "ACBED"),
        (5, "ADECB"),
        (8, "BEDAC"),
        (3, "CABED"),
        (7, "CAEBD"),
        (2, "CBADE"),
        (7, "DCEBA"),
        (8, "EBADC"),
    )
    sheet = count(SCHULZE, one, None)
    assert sheet.elected == ("E",)
    assert sheet.not_elected == ("A", "C", "B", "D")
    assert sheet.pairwise is not None
    assert sheet.pairwise.prefer == (
        (0, 20, 26, 30, 22),
        (25, 0, 16, 33, 18),
        (19, 29, 0, 17, 24),
        (15, 12, 28, 0, 14),
        (23, 27, 21, 31, 0),
    )
    assert sheet.pairwise.paths == (
        (0, 28, 28, 30, 24),
        (25, 0, 28, 33, 24),
        (25, 29, 0, 29, 24),
        (25, 28, 28, 0, 24),
        (25, 28, 28, 31, 0),
    )


# Ranked pairs


@quick
@given(elections(clear=True, withdrawals=False))
def test_ranked_pairs_by_definition(one: Election) -> None:
    """The order that keeps the strongest defeats: of all orders, lexicographically the best."""
    one = for_one_seat(one)
    matrix = preferred(one)
    defeats = sorted(
        (pair for pair in matrix if matrix[pair] > matrix[pair[::-1]]),
        key=lambda pair: (-matrix[pair], matrix[pair[::-1]]),
    )
    strengths = [(matrix[pair], matrix[pair[::-1]]) for pair in defeats]
    assume(len(set(strengths)) == len(strengths))
    kept = {
        order: [order.index(a) < order.index(b) for a, b in defeats]
        for order in permutations(one.candidates)
    }
    best = max(kept.values())
    firsts = {order[0] for order, keeps in kept.items() if keeps == best}
    sheet = count(PAIRS, one, SEED)
    if nobody_ranked(one):
        assert sheet.elected == ()
        return
    assert sheet.elected[0] in firsts
    assert bool(sheet.ties) == (len(firsts) > 1)
    assert sheet.pairwise is not None
    dropped = {(x.winner, x.loser) for x in sheet.pairwise.defeats if x.dropped}
    assert dropped == {pair for pair, keeps in zip(defeats, best, strict=True) if not keeps}


def test_ranked_pairs_published_example() -> None:
    """Tennessee's capital: Memphis 42, Nashville 26, Chattanooga 15, Knoxville 17."""
    papers = ((42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM"))
    sheet = count(PAIRS, strict(*papers, candidates="MNCK"), None)
    assert sheet.elected == ("N",)
    assert sheet.not_elected == ("C", "K", "M")


def test_ranked_pairs_leaves_out_the_weakest_of_a_circle() -> None:
    one = strict((7, "ABC"), (5, "BCA"), (4, "CAB"), candidates="ABC")
    sheet = count(PAIRS, one, None)
    assert sheet.elected == ("A",)
    assert sheet.pairwise is not None
    assert [(x.winner, x.loser, x.votes, x.dropped is None) for x in sheet.pairwise.defeats] == [
        ("B", "C", 12, True),
        ("A", "B", 11, True),
        ("C", "A", 9, False),
    ]
    assert any("C defeats A, 9 to 7 (not used" in said for said in why_not(sheet, "C")) is False
    assert any("B defeats C, 12 to 4." in said for said in why_not(sheet, "C"))


def test_equal_defeats_in_a_circle_need_a_lot() -> None:
    one = strict((1, "ABC"), (1, "BCA"), (1, "CAB"), candidates="ABC")
    with pytest.raises(LotNeeded) as caught:
        count(PAIRS, one, None)
    assert caught.value.candidates == ("A", "B", "C")
    assert {count(PAIRS, one, bytes([n])).elected for n in range(30)} == {("A",), ("B",), ("C",)}
    assert count(PAIRS, one, b"x").ties[0].label == "ranked-pairs/1 defeats of 2 to 1"


def test_equal_defeats_that_agree_need_no_lot() -> None:
    assert count(PAIRS, strict((3, "ABC"), candidates="ABC"), None).elected == ("A",)


@quick
@given(elections())
def test_whoever_defeats_all_others_is_elected(one: Election) -> None:
    one = for_one_seat(one)
    assume(not nobody_ranked(one))
    matrix = preferred(one)
    standing = [one.name(number) for number in one.standing]
    for name in standing:
        if all(matrix[name, b] > matrix[b, name] for b in standing if b != name):
            assert count(SCHULZE, one, None).elected == (name,)
            assert name in count(PAIRS, one, SEED).elected
            assert count(DEBIAN, one, None, terms=Terms(name)).elected == (name,)


# What papers say


def test_equal_skipped_and_repeated_ranks() -> None:
    papers = (
        Paper(3, ((1, 2), (), (3,))),
        Paper(2, ((3,), (1,), (3,))),
        Paper(4, ((9,),)),
        Paper(5, ((), ())),
        Paper(6, ((4,),)),
    )
    one = Election("", 1, ("A", "B", "C", "X"), frozenset({4}), papers)
    sheet = count(SCHULZE, one, SEED)
    assert sheet.pairwise is not None
    assert sheet.pairwise.prefer == ((0, 0, 3), (0, 0, 3), (0, 0, 0))
    assert {x.reason: x.papers for x in sheet.papers.invalid} == {
        "a candidate ranked twice": 2,
        "a mark for nobody standing": 4,
        "no mark": 5,
        "preferences for withdrawn candidates only": 6,
    }


def test_one_seat_only() -> None:
    for rule in (SCHULZE, PAIRS):
        with pytest.raises(NotCountable, match="seats"):
            count(rule, ranked((1, "A"), seats=2), None)


def test_the_matrix_is_in_json_and_only_there_where_pairs_are_compared() -> None:
    told = to_json(count(SCHULZE, strict((1, "AB"), candidates="AB"), None))
    assert told["pairwise"]["prefer"] == [[0, 1], [0, 0]]
    assert told["pairwise"]["paths"] == [[0, 1], [0, 0]]
    assert told["pairwise"]["defeats"] == [
        {"winner": "A", "loser": "B", "votes": 1, "against": 0, "dropped": None}
    ]
    assert "pairwise" not in to_json(count("plurality/1", strict((1, "A")), None))
