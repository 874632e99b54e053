"""Seats for lists: textbook tables, and the methods' definitions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import floor

import pytest
from elections_drawn import SEED, elections
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.count.lists import Terms
from quorate.count.lot import LotNeeded
from quorate.count.papers import Election, NotCountable, Paper
from quorate.count.rules import count
from quorate.count.sheet import Sheet, to_json
from quorate.count.why import why_not

DHONDT, LAGUE, HARE = "dhondt/1", "sainte-lague/1", "hare-niemeyer/1"
quick = settings(max_examples=100, deadline=None)


def lists(seats: int, **votes: int) -> Election:
    papers = tuple(Paper(n, (at,)) for at, n in enumerate(votes.values(), start=1) if n)
    return Election("", seats, tuple(votes), frozenset(), papers)


def shares(sheet: Sheet) -> dict[str, int]:
    assert sheet.lists is not None
    return {one.name: one.seats for one in sheet.lists}


def test_textbook_divisors() -> None:
    one = lists(7, a=53_000, b=24_000, c=23_000)
    assert shares(count(DHONDT, one, None)) == {"a": 4, "b": 2, "c": 1}
    assert shares(count(LAGUE, one, None)) == {"a": 3, "b": 2, "c": 2}


def test_textbook_table_of_quotients() -> None:
    """Eight seats by d'Hondt: 100,000, 80,000, 30,000 and 20,000 votes."""
    sheet = count(DHONDT, lists(8, a=100_000, b=80_000, c=30_000, d=20_000), None)
    assert shares(sheet) == {"a": 4, "b": 3, "c": 1, "d": 0}
    assert sheet.elected == ("a", "b", "a", "b", "a", "c", "b", "a")
    assert sheet.not_elected == ("d",)
    assert to_json(sheet)["lists"][0] == {
        "name": "a",
        "votes": 100_000,
        "seats": 4,
        "quota": None,
        "quotients": ["100000", "50000", "100000/3", "25000", "20000"],
    }
    assert sheet.elections[5].how == "seat 6, quotient 30000"


def test_textbook_largest_remainders() -> None:
    one = lists(10, a=47_000, b=16_000, c=15_800, d=12_000, e=6_100, f=3_100)
    sheet = count(HARE, one, None)
    assert shares(sheet) == {"a": 5, "b": 2, "c": 1, "d": 1, "e": 1, "f": 0}
    assert sheet.lists is not None
    assert sheet.lists[0].quota == Fraction(47, 10)


@quick
@given(elections(), st.sampled_from([DHONDT, LAGUE, HARE]))
def test_by_definition(one: Election, rule: str) -> None:
    """Divisors: no seat would have a higher quotient elsewhere. Quotas: within one of each."""
    sheet = count(rule, one, SEED)
    votes = {name: int(n) for name, n in sheet.stages[0].votes if name not in sheet.withdrawn}
    held = shares(sheet)
    total = sum(votes.values())
    assert sheet.papers.valid == total
    assert sum(held.values()) == len(sheet.elected) == (one.seats if total else 0)
    assert {*sheet.elected, *sheet.not_elected, *sheet.withdrawn} == set(one.candidates)
    assert all(sheet.elected.count(name) == seats for name, seats in held.items())
    for name in one.candidates:
        assert why_not(sheet, name)
    if not total:
        return
    if rule == HARE:
        quotas = {name: Fraction(n * one.seats, total) for name, n in votes.items()}
        over = {name for name in votes if held[name] > floor(quotas[name])}
        assert all(held[n] - floor(quotas[n]) in (0, 1) for n in votes)
        rest = {name: quotas[name] - floor(quotas[name]) for name in votes}
        assert all(rest[a] >= rest[b] for a in over for b in set(votes) - over)
        return
    divisor = (lambda n: n + 1) if rule == DHONDT else (lambda n: 2 * n + 1)
    last = min(Fraction(votes[n], divisor(s - 1)) for n, s in held.items() if s)
    assert all(Fraction(votes[n], divisor(s)) <= last for n, s in held.items())


@quick
@given(elections(), st.sampled_from([DHONDT, LAGUE]))
def test_one_seat_more_costs_no_list_one(one: Election, rule: str) -> None:
    more = Election("", one.seats + 1, one.candidates, one.withdrawn, one.papers)
    try:
        fewer, plus = count(rule, one, None), count(rule, more, None)
    except LotNeeded:
        return
    assert all(shares(plus)[name] >= seats for name, seats in shares(fewer).items())


@pytest.mark.parametrize("rule", [DHONDT, LAGUE, HARE])
def test_equal_lists_for_the_last_seat_need_a_lot(rule: str) -> None:
    one = lists(3, a=100, b=100, c=20)
    with pytest.raises(LotNeeded) as caught:
        count(rule, one, None)
    assert caught.value.candidates == ("a", "b")
    assert caught.value.label == f"{rule} last seat"
    results = [shares(count(rule, one, bytes([n]))) for n in range(12)]
    assert {"a": 2, "b": 1, "c": 0} in results
    assert {"a": 1, "b": 2, "c": 0} in results


@pytest.mark.parametrize("rule", [DHONDT, LAGUE, HARE])
def test_equal_lists_with_seats_for_all_need_none(rule: str) -> None:
    assert shares(count(rule, lists(4, a=100, b=100), None)) == {"a": 2, "b": 2}


def test_without_a_vote_no_seat_is_given() -> None:
    sheet = count(DHONDT, lists(3, a=0, b=0), None)
    assert sheet.elected == ()
    assert sheet.remarks == ("No paper is valid, so nobody is elected.",)


@quick
@given(elections(), st.sampled_from([DHONDT, LAGUE, HARE]), st.integers(1, 3), st.integers(0, 9))
def test_with_a_minimum_by_definition(one: Election, rule: str, minimum: int, more: int) -> None:
    """Each has the minimum, and no seat above it would have a higher quotient elsewhere; by
    quotas, whoever has more than the minimum is within one seat of the quota of the sharing."""
    one = replace(one, seats=minimum * len(one.standing) + more)
    sheet = count(rule, one, SEED, terms=Terms(minimum))
    votes = {name: int(n) for name, n in sheet.stages[0].votes if name not in sheet.withdrawn}
    held = shares(sheet)
    if not any(votes.values()):
        assert sheet.elected == ()
        return
    assert sum(held.values()) == len(sheet.elected) == one.seats
    assert all(seats >= minimum for seats in held.values())
    assert sheet.terms == (("Seats of each list", f"at least {minimum}"),)
    if rule == HARE:
        assert sheet.lists is not None
        assert all(abs(s.seats - s.quota) < 1 for s in sheet.lists if s.quota and s.seats > minimum)
        return
    divisor = (lambda n: n + 1) if rule == DHONDT else (lambda n: 2 * n + 1)
    above = [Fraction(votes[n], divisor(s - 1)) for n, s in held.items() if s > minimum]
    assert all(Fraction(votes[n], divisor(s)) <= low for n, s in held.items() for low in above)


@pytest.mark.parametrize("rule", [DHONDT, LAGUE, HARE])
def test_a_minimum_as_delegates_are_shared_out(rule: str) -> None:
    """Five of eight for the largest, by all three: worked out by hand."""
    one = lists(8, a=53, b=24, c=3)
    sheet = count(rule, one, None, terms=Terms(1))
    assert shares(sheet) == {"a": 5, "b": 2, "c": 1}
    with pytest.raises(NotCountable, match="3 with at least 3 each need 9"):
        count(rule, one, None, terms=Terms(3))


def test_why_of_a_list_that_has_the_minimum_only() -> None:
    """What it has is not a remainder's, and nobody lost a seat to its remainder."""
    one = lists(10, A=53_000, B=24_000, C=23_000, D=1)
    sheet = count(HARE, one, None, terms=Terms(1))
    assert shares(sheet) == {"A": 5, "B": 2, "C": 2, "D": 1}
    assert "below the minimum" in " ".join(why_not(sheet, "D"))
    said = " ".join(why_not(sheet, "C"))
    assert "The last seat for a remainder went to A, which has 77/100 left, more." in said
