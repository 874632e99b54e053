"""Condorcet rules: against brute-force definitions, and published examples."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations, pairwise, permutations

import pytest
from elections_drawn import SEED, elections, nobody_ranked
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quorate.count.debian import Terms
from quorate.count.lot import LotNeeded
from quorate.count.papers import Election, NotCountable, Paper
from quorate.count.rules import count
from quorate.count.sheet import Sheet, to_json
from quorate.count.why import why_not

SCHULZE, PAIRS, DEBIAN = "schulze/1", "ranked-pairs/1", "debian/1"
quick = settings(max_examples=100, deadline=None)
Matrix = dict[tuple[str, str], int]


def ranked(*papers: tuple[int, str], candidates: str = "ABCDE", seats: int = 1) -> Election:
    """Papers such as (3, "A BC"): three with A first, B and C equal second."""
    marked = (
        Paper(n, [[candidates.index(letter) + 1 for letter in rank] for rank in order.split()])
        for n, order in papers
    )
    return Election("", seats, tuple(candidates), frozenset(), tuple(marked))


def strict(*papers: tuple[int, str], candidates: str = "ABCDE") -> Election:
    return ranked(*((n, " ".join(order)) for n, order in papers), candidates=candidates)


def for_one_seat(one: Election) -> Election:
    return replace(one, seats=1)


def preferred(one: Election) -> Matrix:
    """How many papers prefer a to b, from each paper for itself."""
    standing = [one.name(number) for number in one.standing]
    matrix = {(a, b): 0 for a in standing for b in standing if a != b}
    for paper in one.papers:
        numbers = [number for rank in paper.ranks for number in set(rank)]
        if len(numbers) != len(set(numbers)) or not set(numbers) <= set(
            range(1, len(one.candidates) + 1)
        ):
            continue
        place = {one.name(number): at for at, rank in enumerate(paper.ranks) for number in rank}
        for a, b in matrix:
            if place.get(a, 99) < place.get(b, 99):
                matrix[a, b] += paper.weight
    return matrix


def stated_matrix(sheet: Sheet) -> Matrix:
    assert sheet.pairwise is not None
    names = sheet.pairwise.candidates
    return {
        (a, b): sheet.pairwise.prefer[i][j]
        for i, a in enumerate(names)
        for j, b in enumerate(names)
        if a != b
    }


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


# Debian


def schwartz_by_definition(defeats: set[tuple[str, str]], options: list[str]) -> set[str]:
    """The union of the smallest sets that nobody outside defeats into."""
    sets = chain.from_iterable(combinations(options, n) for n in range(1, len(options) + 1))
    undefeated = [
        set(some) for some in sets if not any(b in some and a not in some for a, b in defeats)
    ]
    return set().union(*(one for one in undefeated if not any(other < one for other in undefeated)))


@quick
@given(elections(), st.integers(0, 30), st.fractions(1, 4, max_denominator=4), st.data())
def test_debian_by_definition(
    one: Election, quorum: int, ratio: Fraction, data: st.DataObject
) -> None:
    one = for_one_seat(one)
    standing = [one.name(number) for number in one.standing]
    default, supermajority = (
        data.draw(st.permutations(standing))[:2]
        if len(standing) > 1
        else (
            standing[0],
            None,
        )
    )
    majorities = {supermajority: ratio} if supermajority else {}
    v = preferred(one)
    options = [
        a
        for a in standing
        if a == default
        or (
            v[a, default] >= quorum
            and v[a, default] >= majorities.get(a, 1) * v[default, a]
            and v[a, default] > v[default, a]
        )
    ]
    defeats = {(a, b) for a in options for b in options if a != b and v[a, b] > v[b, a]}
    while True:
        best = schwartz_by_definition(defeats, options)
        within = {pair for pair in defeats if set(pair) <= best}
        if not within:
            break
        weakest = min((v[a, b], -v[b, a]) for a, b in within)
        defeats -= {(a, b) for a, b in within if (v[a, b], -v[b, a]) == weakest}
    sheet = count(DEBIAN, one, SEED, terms=Terms(default, quorum, majorities))
    assert set(sheet.elected) <= best
    assert len(sheet.elected) == 1
    assert bool(sheet.ties) == (len(best) > 1)
    out = {name for name in standing if any(f"{name} is dropped" in s for s in sheet.remarks)}
    assert out == set(standing) - set(options)
    for name in one.candidates:
        assert why_not(sheet, name)


def committee(*ballots: str) -> Election:
    """Ballots as Debian writes them: the place of each option, W, M, H and F."""
    papers = tuple(
        Paper(1, [[n + 1 for n, at in enumerate(ballot) if at == place] for place in "1234"])
        for ballot in ballots
    )
    return Election("", 1, ("W", "M", "H", "F"), frozenset(), papers)


def test_a_vote_of_debians_technical_committee() -> None:
    """Debian bug 914897, March 2019: quorum 2, the published matrix, "the winners are M and H"."""
    one = committee("3214", "2134", "4213", "3124", "2134", "4213")
    with pytest.raises(LotNeeded) as caught:
        count(DEBIAN, one, None, terms=Terms("F", 2))
    assert caught.value.candidates == ("M", "H")
    sheet = count(DEBIAN, one, SEED, terms=Terms("F", 2))
    assert sheet.pairwise is not None
    assert sheet.pairwise.prefer == ((0, 0, 2, 4), (6, 0, 3, 6), (4, 3, 0, 6), (2, 0, 0, 0))
    assert {(x.winner, x.loser, x.votes, x.against) for x in sheet.pairwise.defeats} == {
        ("M", "W", 6, 0),
        ("H", "W", 4, 2),
        ("W", "F", 4, 2),
        ("M", "F", 6, 0),
        ("H", "F", 6, 0),
    }


def test_the_same_vote_with_the_chairs_casting_vote_as_published() -> None:
    one = committee("3214", "2134", "4213", "3124", "2134", "4213", "2122")
    sheet = count(DEBIAN, one, None, terms=Terms("F", 2))
    assert sheet.elected == ("M",)
    assert sheet.pairwise is not None
    assert sheet.pairwise.prefer == ((0, 0, 2, 4), (7, 0, 4, 7), (4, 3, 0, 6), (2, 0, 0, 0))


@pytest.mark.parametrize(
    ("votes", "quorum", "ratio", "elected"),
    [
        ((6, 3), 6, Fraction(2), "A"),
        ((6, 3), 7, Fraction(2), "D"),
        ((5, 3), 0, Fraction(2), "D"),
        ((3, 3), 0, Fraction(1), "D"),
        ((4, 3), 0, Fraction(1), "A"),
        ((0, 0), 0, Fraction(3), "D"),
    ],
)
def test_a_5_2_and_a_5_3_at_their_edges(
    votes: tuple[int, int], quorum: int, ratio: Fraction, elected: str
) -> None:
    """Quorum: at least R. Majority: at least N times, and strictly more than, the reverse."""
    for_it, against = votes
    papers = [(for_it, "A D"), (against, "D A"), (20, "B")]
    one = ranked(*(paper for paper in papers if paper[0]), candidates="ADB")
    terms = Terms("D", quorum, {"A": ratio, "B": Fraction(10**6)})
    one = replace(one, withdrawn=frozenset({3}))
    assert count(DEBIAN, one, None, terms=terms).elected == (elected,)


def test_what_an_election_by_debians_rule_must_state() -> None:
    one = strict((1, "AB"), candidates="AB")
    for terms, says in (
        (None, "terms: debian/1 needs"),
        (Terms("X"), 'default: no option "X"; there are A and B'),
        (Terms("A", -1), "quorum: expected"),
        (Terms("A", 0, {"A": Fraction(2)}), "supermajority: "),
        (Terms("A", 0, {"B": Fraction(1, 2)}), "supermajority: expected a ratio from 1 for B"),
    ):
        with pytest.raises(NotCountable, match=says):
            count(DEBIAN, one, None, terms=terms)
    with pytest.raises(NotCountable, match="terms: schulze/1 has none"):
        count(SCHULZE, one, None, terms=Terms("A"))


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
