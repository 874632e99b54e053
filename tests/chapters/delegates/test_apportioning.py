"""Seats follow from the frozen rolls, by definitions that are checked without our own code."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.chapters.delegates.apportion import seats_by_branch
from quorate.rulebook.reading import preset, read_rulebook
from support.small import BRANCHES, SEATS, founded
from support.year import apportioned, assembly, branch_elections, called, convention

OPEN = read_rulebook(preset("open-convention"))
CLOSED = read_rulebook(preset("closed-slate"))
ROLLS = st.dictionaries(
    st.text("ABCDEFG", min_size=1, max_size=3), st.integers(0, 500), min_size=1, max_size=20
)


@given(ROLLS, st.integers(1, 200))
def test_sainte_lague_gives_no_seat_where_another_branch_had_a_better_claim(rolls, seats):
    rules = replace(OPEN, delegates=replace(OPEN.delegates, seats=seats, minimum=0))
    shares = seats_by_branch(rolls, rules)
    peopled = {code: members for code, members in rolls.items() if members}
    assert set(shares) == set(peopled)
    assert sum(shares.values()) == (seats if peopled else 0)
    given_away = [Fraction(peopled[c], 2 * s - 1) for c, s in shares.items() if s]
    still_asked = [Fraction(peopled[c], 2 * s + 1) for c, s in shares.items()]
    if given_away:
        assert min(given_away) >= max(still_asked)


@given(ROLLS)
def test_a_seat_for_each_so_many_members_or_part_of_them(rolls):
    rules = replace(CLOSED, delegates=replace(CLOSED.delegates, minimum_from=1))
    shares = seats_by_branch(rolls, rules)
    assert shares == {c: max(1, ceil(Fraction(m, 10))) for c, m in rolls.items() if m}


@given(ROLLS, st.integers(0, 3), st.integers(1, 40), st.sampled_from([OPEN, CLOSED]))
def test_every_branch_that_is_large_enough_has_the_minimum(rolls, minimum, enough, of):
    rules = replace(of, delegates=replace(of.delegates, minimum=minimum, minimum_from=enough))
    shares = seats_by_branch(rolls, rules)
    assert all(share >= minimum for code, share in shares.items() if rolls[code] >= enough)


@given(ROLLS, st.integers(1, 200), st.integers(2, 40))
def test_a_branch_too_small_for_the_minimum_has_what_its_number_gives_it(rolls, seats, enough):
    delegates = replace(OPEN.delegates, seats=seats, minimum=1, minimum_from=enough)
    shares = seats_by_branch(rolls, replace(OPEN, delegates=delegates))
    large = sum(members >= enough for members in rolls.values())
    assert sum(shares.values()) == (max(seats, large) if any(rolls.values()) else 0)
    small = [code for code in shares if rolls[code] < enough]
    taken = [Fraction(rolls[c], 2 * shares[c] - 1) for c in small if shares[c]]
    asked = [Fraction(rolls[c], 2 * shares[c] + 1) for c in shares]
    assert not taken or min(taken) >= max(asked)


@given(ROLLS, st.integers(2, 40), st.sampled_from(["ABC", ""]))
def test_it_has_no_seat_for_a_part_of_the_number(rolls, enough, new):
    rules = replace(CLOSED, delegates=replace(CLOSED.delegates, minimum_from=enough))
    shares = seats_by_branch(rolls, rules, {new})
    for code, members in rolls.items():
        if members and (members < enough or code == new):
            assert shares[code] == members // 10
        elif members:
            assert shares[code] == ceil(Fraction(members, 10))


@pytest.mark.parametrize("rules", [OPEN, CLOSED], ids=["open-convention", "closed-slate"])
def test_nobody_takes_seats_by_splitting_into_branches_of_one(rules):
    """80 of 1,120 members leave forty branches of 28, each for a branch of their own."""
    rolls = {f"B{n}": 26 for n in range(40)} | {f"Z{n}": 1 for n in range(80)}
    shares = seats_by_branch(rolls, rules)
    assert not any(share for code, share in shares.items() if code.startswith("Z"))
    assert sum(shares.values()) == 120
    without = replace(rules, delegates=replace(rules.delegates, minimum_from=1))
    before = seats_by_branch(rolls, without)
    assert sum(share for code, share in before.items() if code.startswith("Z")) == 80


@pytest.mark.parametrize(("opened", "seats"), [("before", 1), ("after", 0)])
def test_a_branch_opened_after_the_call_is_not_guaranteed_a_seat_there(opened, seats):
    small = founded(seats="2", minimum="1")  # six branches: a seat each, and none to share out
    by = small.holder("steering-committee")
    new = {"code": "Z1", "name": "New", "region": "C"}
    if opened == "before":
        small.pure.do(by, "membership.open_branch", **new)
    called(small)
    if opened == "after":
        small.pure.do(by, "membership.open_branch", **new)
    offices = set(small.holders("steering-committee")) | set(small.holders("credentials-committee"))
    for member in [m for m in small.members["A1"] if m not in offices][:5]:
        small.pure.do(member, "membership.transfer", branch="Z1")
    apportioned(small)
    assert len(assembly(small).delegations["Z1"].seats) == seats
    assert assembly(small).delegations["Z1"].members == 5
    assert [e.place for e in branch_elections(small)].count("Z1") == seats


@pytest.mark.parametrize("name", ["open-convention", "closed-slate"])
def test_each_branch_has_its_seats_and_one_election(name):
    small = apportioned(called(founded(name)))
    delegations = assembly(small).delegations
    expected = (
        {"A1": 3, "A2": 3, "B1": 2, "B2": 2, "C1": 1, "C2": 1}  # 60 members, 12 seats: 5 a seat
        if name == "open-convention"
        else {code: ceil(size / 5) for code, (_, size) in BRANCHES.items()}
    )
    assert {code: len(d.seats) for code, d in delegations.items()} == expected
    if name == "open-convention":
        assert sum(expected.values()) == SEATS
    assert [e.place for e in branch_elections(small)] == sorted(BRANCHES)
    for election in branch_elections(small):
        assert election.seats == expected[election.place]
        assert sorted(election.voters) == sorted(small.members[election.place])
        assert election.closes == convention(small).dates.election_closes


def test_nobody_does_it_by_hand():
    small = called(founded())
    refusal = small.pure.tried(small.holder("chair"), "delegates.apportion", of=1)
    assert refusal is not None
    assert refusal.rule == "record.due"


def test_who_joins_after_the_cut_off_is_on_no_roll():
    from support.pure import person, pseudonym

    small = called(founded())
    small.pure.go_to(convention(small).dates.roll_cut_off + 1)
    late = pseudonym(999)
    small.pure.do(
        small.holder("branch-secretary", "C2"),
        "membership.admit",
        member=late,
        branch="C2",
        person=person(999),
    )
    apportioned(small)
    election = next(e for e in branch_elections(small) if e.place == "C2")
    assert late not in election.voters
    refusal = small.pure.tried(late, "elections.nominate", election=election.number, member=late)
    assert refusal is not None
    assert refusal.rule == "delegates.count"
