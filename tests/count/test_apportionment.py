"""Seats for branches: textbook cases, definitions, and what every divisor method keeps."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quorate.count.apportionment import (
    LARGER_FIRST,
    ByLot,
    CannotApportion,
    InOrder,
    dhondt,
    divisor_awards,
    hare_niemeyer,
    odd,
    per_members,
    sainte_lague,
    whole,
)
from quorate.count.lot import drawn_order

Method = Callable[..., dict[str, int]]
DIVISORS: list[tuple[Method, Callable[[int], int]]] = [(sainte_lague, odd), (dhondt, whole)]
branches = st.dictionaries(
    st.sampled_from("abcdefgh"), st.integers(0, 500), min_size=1, max_size=8
).filter(lambda members: any(members.values()))
quick = settings(max_examples=200, deadline=None)


def test_textbook_divisors() -> None:
    members = {"a": 53_000, "b": 24_000, "c": 23_000}
    assert dhondt(members, 7, minimum=0) == {"a": 4, "b": 2, "c": 1}
    assert sainte_lague(members, 7, minimum=0) == {"a": 3, "b": 2, "c": 2}
    four = {"a": 100_000, "b": 80_000, "c": 30_000, "d": 20_000}
    assert dhondt(four, 8, minimum=0) == {"a": 4, "b": 3, "c": 1, "d": 0}


def test_textbook_largest_remainders() -> None:
    members = {"a": 47_000, "b": 16_000, "c": 15_800, "d": 12_000, "e": 6_100, "f": 3_100}
    seats = {"a": 5, "b": 2, "c": 1, "d": 1, "e": 1, "f": 0}
    assert hare_niemeyer(members, 10, minimum=0) == seats


@quick
@given(branches, st.integers(0, 60), st.integers(0, 3), st.sampled_from(DIVISORS))
def test_divisor_methods_by_definition(
    members: dict[str, int], more: int, minimum: int, method: tuple[Method, Callable[[int], int]]
) -> None:
    """No seat above the minimum would have a higher quotient elsewhere."""
    share, divisor = method
    seats = minimum * len(members) + more
    shares = share(members, seats, minimum=minimum)
    assert sum(shares.values()) == seats
    assert all(number >= minimum for number in shares.values())
    for giver, held in shares.items():
        if held > minimum:
            last = Fraction(members[giver], divisor(held - 1))
            assert all(last >= Fraction(members[b], divisor(shares[b])) for b in members)


@quick
@given(branches, st.integers(0, 60), st.integers(0, 2), st.sampled_from([sainte_lague, dhondt]))
def test_one_seat_more_costs_nobody_one(
    members: dict[str, int], more: int, minimum: int, share: Method
) -> None:
    seats = minimum * len(members) + more
    fewer, plus = (share(members, n, minimum=minimum) for n in (seats, seats + 1))
    assert all(plus[branch] >= fewer[branch] for branch in members)


@quick
@given(
    branches,
    st.integers(0, 60),
    st.integers(1, 300),
    st.sampled_from([sainte_lague, dhondt]),
    st.data(),
)
def test_more_members_cost_no_seat(
    members: dict[str, int], seats: int, growth: int, share: Method, data: st.DataObject
) -> None:
    branch = data.draw(st.sampled_from(sorted(members)))
    grown = members | {branch: members[branch] + growth}
    before, after = share(members, seats, minimum=0), share(grown, seats, minimum=0)
    assert after[branch] >= before[branch]


@quick
@given(branches, st.integers(0, 60), st.integers(0, 3))
def test_hare_niemeyer_by_definition(members: dict[str, int], more: int, minimum: int) -> None:
    seats = minimum * len(members) + more
    shares = hare_niemeyer(members, seats, minimum=minimum)
    assert sum(shares.values()) == seats
    assert all(number >= minimum for number in shares.values())
    total = sum(members.values())
    quotas = {branch: Fraction(size * seats, total) for branch, size in members.items()}
    assume(all(quota >= minimum for quota in quotas.values()))
    up = [quotas[b] % 1 for b in members if shares[b] > quotas[b]]
    down = [quotas[b] % 1 for b in members if shares[b] < quotas[b]]
    assert all(abs(shares[branch] - quotas[branch]) < 1 for branch in members)
    assert not up or not down or min(up) >= max(down)


@quick
@given(branches, st.integers(0, 60))
def test_the_order_of_branches_changes_nothing(members: dict[str, int], seats: int) -> None:
    turned = dict(reversed(members.items()))
    for share in (sainte_lague, dhondt, hare_niemeyer):
        assert share(members, seats, minimum=0) == share(turned, seats, minimum=0)


@pytest.mark.parametrize("share", [sainte_lague, dhondt, hare_niemeyer])
def test_ties_as_stated(share: Method) -> None:
    equal = {"x": 10, "y": 10, "z": 10}
    assert share(equal, 4, minimum=0) == {"x": 2, "y": 1, "z": 1}
    assert share(equal, 4, minimum=0, ties=InOrder(("z", "y", "x")))["z"] == 2
    with pytest.raises(CannotApportion, match="does not name z"):
        share(equal, 4, minimum=0, ties=InOrder(("x", "y")))
    for seed in (b"1", b"2", b"3", b"4"):
        first = drawn_order(seed, "apportionment seat 4", ["x", "y", "z"])[0]
        assert share(equal, 4, minimum=0, ties=ByLot(seed))[first] == 2


def test_equal_quotients_go_to_more_members_first() -> None:
    """30 ÷ 3 = 10 ÷ 1: the third seat of Sainte-Laguë after 30 and 20."""
    members = {"a": 10, "b": 30, "c": 20}
    assert sainte_lague(members, 3, minimum=0) == {"a": 0, "b": 2, "c": 1}


def test_awards_show_quotients_and_who_was_passed_over() -> None:
    awards = list(divisor_awards({"a": 10, "b": 30, "c": 20}, 3, odd, 0, LARGER_FIRST))
    assert [(one.seat, one.code, one.quotient) for one in awards] == [
        (1, "b", 30),
        (2, "c", 20),
        (3, "b", 10),
    ]
    assert awards[2].passed_over == ("a",)


@given(branches, st.integers(1, 60), st.integers(0, 3))
def test_members_per_delegate_by_definition(
    members: dict[str, int], per: int, minimum: int
) -> None:
    counts = per_members(members, per, minimum=minimum)
    rounds = per_members(members, per, minimum=minimum, part="rounds")
    for branch, size in members.items():
        whole_ones, part = divmod(size, per)
        assert counts[branch] == max(minimum, whole_ones + (part > 0))
        assert rounds[branch] == max(minimum, whole_ones + (2 * part >= per))


@given(branches, st.integers(0, 60), st.data())
def test_each_branch_has_the_minimum_that_is_its_own(
    members: dict[str, int], seats: int, data: st.DataObject
) -> None:
    own = {code: data.draw(st.integers(0, 3), label=code) for code in members}
    seats += sum(own.values())
    for share, divisor in DIVISORS:
        if not any(members.values()):
            continue
        shares = share(members, seats, minimum=own)
        assert sum(shares.values()) == seats
        assert all(shares[code] >= own[code] for code in members)
        above = [
            Fraction(members[c], divisor(shares[c] - 1)) for c in members if shares[c] > own[c]
        ]
        asked = [Fraction(members[c], divisor(shares[c])) for c in members]
        assert not above or min(above) >= max(asked)
        assert share(members, seats, minimum={}) == share(members, seats, minimum=0)


def test_what_cannot_be_shared_out_says_why() -> None:
    with pytest.raises(CannotApportion, match=r"^seats: 2 with the minimum of each need 3"):
        sainte_lague({"a": 1, "b": 1}, 2, minimum={"a": 3})
    with pytest.raises(CannotApportion, match=r"^minimum: expected"):
        sainte_lague({"a": 1}, 2, minimum={"a": -1})
    for share in (sainte_lague, dhondt, hare_niemeyer):
        with pytest.raises(CannotApportion, match=r"^seats: 2 with at least 2 each need 4"):
            share({"a": 1, "b": 1}, 3, minimum=2)
        with pytest.raises(CannotApportion, match=r"^a: expected"):
            share({"a": -1}, 3, minimum=0)
        with pytest.raises(CannotApportion, match=r"^members: nobody"):
            share({"a": 0}, 1, minimum=0)
        assert share({"a": 0, "b": 0}, 4, minimum=2) == {"a": 2, "b": 2}
        assert share({}, 0, minimum=1) == {}
    with pytest.raises(CannotApportion, match="members per delegate"):
        per_members({"a": 1}, 0, minimum=0)
