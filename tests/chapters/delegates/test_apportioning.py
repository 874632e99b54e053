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
    shares = seats_by_branch(rolls, CLOSED)
    assert shares == {c: max(1, ceil(Fraction(m, 10))) for c, m in rolls.items() if m}


@given(ROLLS, st.integers(0, 3))
def test_every_peopled_branch_has_the_minimum(rolls, minimum):
    rules = replace(OPEN, delegates=replace(OPEN.delegates, minimum=minimum))
    assert all(share >= minimum for share in seats_by_branch(rolls, rules).values())


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
