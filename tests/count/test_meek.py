"""Meek's method: against the reference rule carried out paper by paper, and what must hold."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import ceil, floor
from pathlib import Path

import pytest
from elections_drawn import SEED, elections
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quorate.count import meek
from quorate.count.blt_bundles import read_blt_bundles
from quorate.count.bundles import bundled
from quorate.count.lot import LotNeeded
from quorate.count.papers import Election, Paper, grouped
from quorate.count.picture import bars, flow
from quorate.count.preferences import read_papers
from quorate.count.rules import count
from quorate.count.sheet import Sheet, to_json
from quorate.count.why import why_not

RULE = "meek-prf/1"
NINTH = 10**9
ELECTIONS = Path(__file__).parents[1] / "real" / "elections"
quick = settings(max_examples=150, deadline=None)


def election(seats: int, *papers: tuple[int, str], candidates: str = "ABCDE") -> Election:
    """Papers such as (3, "AB"): three with A first and B second."""
    return Election(
        "",
        seats,
        tuple(candidates),
        frozenset(),
        tuple(Paper(weight, [candidates.index(x) + 1 for x in order]) for weight, order in papers),
    )


def up(number: Fraction) -> Fraction:
    return Fraction(ceil(number * NINTH), NINTH)


def down(number: Fraction) -> Fraction:
    return Fraction(floor(number * NINTH), NINTH)


class Tied(Exception):
    """The reference rule leaves ties to a procedure of one's own."""


def by_the_reference_rule(one: Election) -> tuple[list[set[int]], list[int], list[Fraction]]:
    """The Reference Meek Rule step by step in fractions, a paper at a time.

    Who was elected round by round, who was defeated in order, and the votes at the end of the
    last round that distributed any. Raises Tied.
    """
    ballots = [(order, weight) for order, weight in read_papers(one)[0].items()]
    omega = Fraction(1, 10**6)
    numbers = range(1, len(one.candidates) + 1)
    hopeful = set(one.standing)
    elected: set[int] = set()
    kf = {c: Fraction(c in hopeful) for c in numbers}
    rounds: list[set[int]] = []
    defeated: list[int] = []
    votes = dict.fromkeys(numbers, Fraction(0))
    while len(elected) < one.seats and len(elected) + len(hopeful) > one.seats:
        last_surplus: Fraction | None = None
        while True:
            votes = dict.fromkeys(numbers, Fraction(0))
            for order, weight in ballots:
                w = Fraction(1)
                for c in order:
                    share = up(w * kf[c])
                    votes[c] += share * weight
                    w -= share
                    if w == 0:
                        break
            quota = down(sum(votes.values()) / (one.seats + 1)) + Fraction(1, NINTH)
            new = {c for c in hopeful if votes[c] >= quota}
            hopeful -= new
            elected |= new
            surplus = max(Fraction(0), sum((votes[c] - quota for c in elected), Fraction(0)))
            if new:
                rounds.append(new)
                break
            if surplus < omega or (last_surplus is not None and surplus >= last_surplus):
                lowest = min(votes[c] for c in hopeful)
                tied = [c for c in hopeful if votes[c] <= lowest + surplus]
                if len(tied) > 1:
                    raise Tied
                hopeful -= {tied[0]}
                defeated.append(tied[0])
                kf[tied[0]] = Fraction(0)
                break
            last_surplus = surplus
            for c in elected:
                kf[c] = up(up(kf[c] * quota) / votes[c])
    if len(elected) < one.seats:
        rounds.append(hopeful)
    return rounds, defeated, [votes[c] for c in numbers]


def same_as_the_reference_rule(one: Election, sheet: Sheet) -> None:
    rounds, defeated, votes = by_the_reference_rule(one)
    told = [stage.elected for stage in sheet.stages if stage.elected]
    by_number = [{one.name(c) for c in new} for new in rounds if new]
    flat = [name for stage in told for name in stage]
    assert flat == [n for new in by_number for n in sorted(new, key=flat.index)]
    excluded = [s.action.of for s in sheet.stages if s.action.kind == "exclusion"]
    assert excluded == [one.name(c) for c in defeated]
    if not rounds or not any(votes):
        return  # no more candidates than seats: the rule distributes nothing
    # An exclusion that completes the count is followed by no distribution in the rule.
    last = sheet.stages[-1]
    if last.action.kind == "exclusion" and "anew" not in last.action.says:
        last = sheet.stages[-2]
    assert [Fraction(v) for _, v in last.votes] == votes


@quick
@given(elections())
def test_equals_the_reference_rule_paper_by_paper(one: Election) -> None:
    sheet = count(RULE, one, SEED)
    assume(sheet.papers.valid and not sheet.ties)  # V1
    same_as_the_reference_rule(one, sheet)


@settings(max_examples=60, deadline=None)
@given(elections(clear=True, withdrawals=False), st.integers(1, 10**7))
def test_equals_the_reference_rule_with_many_papers(one: Election, times: int) -> None:
    """Up to billions of papers, where int64 is nearly full, and beyond, where it is not used."""
    many = tuple(Paper(p.weight * times + place, p.ranks) for place, p in enumerate(one.papers))
    whole = replace(one, papers=many)
    sheet = count(RULE, whole, SEED)
    assume(sheet.papers.valid and not sheet.ties)  # V1
    same_as_the_reference_rule(whole, sheet)


@quick
@given(elections())
def test_int64_and_pythons_integers_agree(one: Election) -> None:
    whole = to_json(count(RULE, one, SEED))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meek, "MOST_IN_INT64", -1)
        assert to_json(count(RULE, one, SEED)) == whole


@pytest.mark.parametrize("papers", [meek.MOST_IN_INT64 - 10, meek.MOST_IN_INT64 + 1000, 10**20])
def test_exact_on_both_sides_of_the_limit(papers: int) -> None:
    most = papers - papers // 7 - papers // 11
    one = election(2, (most, "ABC"), (papers // 7, "BCA"), (papers // 11, "CB"), candidates="ABC")
    same_as_the_reference_rule(one, count(RULE, one, None))


@quick
@given(elections())
def test_votes_are_conserved_at_every_stage(one: Election) -> None:
    sheet = count(RULE, one, SEED)
    assert sheet.papers.read == sum(paper.weight for paper in one.papers)
    for stage in sheet.stages:
        assert sum(v for _, v in stage.votes) + stage.nontransferable == sheet.papers.valid
        assert all(votes >= 0 for _, votes in stage.votes)
        assert all(0 < keep <= 1 for _, keep in stage.keep)
        assert stage.nontransferable >= 0


@quick
@given(elections(), st.randoms(use_true_random=False))
def test_order_and_grouping_of_papers_change_nothing(one: Election, random: object) -> None:
    single = [Paper(1, paper.ranks) for paper in one.papers for _ in range(paper.weight)]
    random.shuffle(single)  # type: ignore[attr-defined]
    whole = to_json(count(RULE, one, SEED))
    assert to_json(count(RULE, replace(one, papers=tuple(single)), SEED)) == whole
    assert to_json(count(RULE, bundled(replace(one, papers=grouped(single))), SEED)) == whole


@quick
@given(elections())
def test_names_change_nothing(one: Election) -> None:
    other = replace(one, candidates=tuple(f"[{name[1:-1]}]" for name in one.candidates))
    told = json.dumps(to_json(count(RULE, one, SEED)))
    renamed = json.dumps(to_json(count(RULE, other, SEED)))
    assert renamed.replace("[", "<").replace("]", ">") == told.replace("[", "<").replace("]", ">")


@quick
@given(elections())
def test_every_seat_is_filled_and_everyone_is_somewhere(one: Election) -> None:
    sheet = count(RULE, one, SEED)
    places = min(one.seats, len(one.standing)) if sheet.papers.valid else 0  # V1
    assert len(sheet.elected) == places
    everyone = sorted((*sheet.elected, *sheet.not_elected, *sheet.withdrawn))
    assert everyone == sorted(one.candidates)
    assert [name for stage in sheet.stages for name in stage.elected] == list(sheet.elected)
    for name in sheet.candidates:
        assert why_not(sheet, name)
    assert bars(sheet)
    assert flow(sheet)


@quick
@given(elections(clear=True, withdrawals=False))
def test_droop_proportionality(one: Election) -> None:
    """A group that more than k Droop quotas rank above all others, in any order, wins k seats."""
    sheet = count(RULE, one, SEED)
    numbers = range(1, len(one.candidates) + 1)
    for size in numbers:
        for group in combinations(numbers, size):
            solid = sum(
                paper.weight
                for paper in one.papers
                if {rank[0] for rank in paper.ranks[:size]} == set(group)
            )
            quotas = ceil(Fraction(solid * (one.seats + 1), max(1, sheet.papers.valid))) - 1
            won = sum(one.name(number) in sheet.elected for number in group)
            assert won >= min(quotas, size, one.seats), (group, solid)


def test_keep_values_and_the_quota_by_hand() -> None:
    """Step B.2.f once: A has 60 of 100 votes for 2 seats; the quota is 33.333333333 + 1e-9."""
    assert meek.quota_of(100 * NINTH, 2) == 33_333_333_334
    assert meek.keep_value(NINTH, 33_333_333_334, 60 * NINTH) == 555_555_556
    assert meek.keep_value(555_555_556, 33_333_333_334, 60 * NINTH) == 308_641_976


def test_a_surplus_reaches_the_next_and_the_elected_keep_receiving() -> None:
    """A's papers name B, B's name A: both stay at the quota, and C's share grows from both."""
    one = election(3, (50, "ABC"), (30, "BAC"), (9, "D"), (6, "C"), (5, "E"))
    sheet = count(RULE, one, None)
    assert sheet.quota == Decimal("25.000000001")
    assert sheet.stages[0].elected == ("A", "B")
    second = sheet.stages[1]
    assert (second.action.kind, second.elected) == ("surplus", ("C",))
    assert "A and B" in second.action.says
    keep = dict(second.keep)
    assert keep["A"] < 1
    assert keep["B"] < 1
    same_as_the_reference_rule(one, sheet)


def test_the_quota_falls_as_votes_become_nontransferable() -> None:
    one = election(2, (40, "A"), (12, "B"), (10, "C"), (5, "DC"), candidates="ABCD")
    sheet = count(RULE, one, None)
    quotas = [stage.quota for stage in sheet.stages if stage.quota is not None]
    assert sheet.quota == quotas[0] == Decimal("22.333333334")
    assert quotas == sorted(quotas, reverse=True)
    assert quotas[-1] < quotas[0]
    assert sheet.elected == ("A", "C")


def test_a_tie_goes_by_the_earliest_difference() -> None:
    """C and D are equal in the end; at stage 1 D had fewer, so D goes."""
    one = election(1, (10, "A"), (1, "BD"), (4, "C"), (3, "D"), (9, "E"))
    sheet = count(RULE, one, None)
    assert [stage.action.of for stage in sheet.stages[1:3]] == ["B", "D"]
    assert (sheet.ties[0].candidates, sheet.ties[0].label) == (("C", "D"), None)


def test_a_lot_is_needed_and_names_the_tied() -> None:
    one = election(1, (2, "A"), (2, "B"), (3, "C"), candidates="ABC")
    with pytest.raises(LotNeeded) as caught:
        count(RULE, one, None)
    assert caught.value.candidates == ("A", "B")
    sheet = count(RULE, one, SEED)
    assert sheet.ties[0].label == "meek-prf/1 stage 2 exclusion"
    assert sheet.stages[1].action.of in sheet.ties[0].chosen


def test_many_seats_and_candidates_by_routes_of_every_kind() -> None:
    """Long papers through many elected candidates: the routes' tree grows deep."""
    names = tuple(f"n{number}" for number in range(1, 13))
    papers = tuple(
        Paper(1 + k * k % 31, [1 + (k * step + step * step) % 12 for step in range(1, 1 + k % 13)])
        for k in range(1, 300)
    )
    one = Election("", 7, names, frozenset({12}), papers)
    sheet = count(RULE, one, SEED)
    assert not sheet.ties
    same_as_the_reference_rule(one, sheet)


def test_routes_are_found_alike_by_table_and_by_sorting(monkeypatch: pytest.MonkeyPatch) -> None:
    election_read = read_blt_bundles((ELECTIONS / "highland_2017_ward10.blt").read_bytes()).election
    whole = count(RULE, election_read, None)
    monkeypatch.setattr("quorate.count.routes._TABLE", 0)
    assert count(RULE, election_read, None) == whole


@pytest.mark.parametrize("path", sorted(ELECTIONS.glob("*.blt")), ids=lambda path: path.stem)
def test_real_wards_equal_the_reference_rule(path: Path) -> None:
    read = read_blt_bundles(path.read_bytes()).election
    sheet = count(RULE, read, None)
    assert not sheet.ties
    same_as_the_reference_rule(read.as_election(), sheet)
