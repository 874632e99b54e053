"""Debian's rule: against its definition, and votes of its technical committee as published."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations

import pytest
from elections_drawn import SEED, elections
from hypothesis import given
from hypothesis import strategies as st
from pairs_compared import for_one_seat, preferred, quick, ranked, strict

from quorate.count.debian import Terms
from quorate.count.lot import LotNeeded
from quorate.count.papers import Election, NotCountable, Paper
from quorate.count.rules import count
from quorate.count.why import why_not

SCHULZE, DEBIAN = "schulze/1", "debian/1"


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
