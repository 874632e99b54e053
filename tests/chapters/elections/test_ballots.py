"""Ballots: sealed until the poll closes, one a voter, opened all together, counted as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate import organisation
from quorate.chapters.clause import RULEBOOK, Occasion
from quorate.chapters.elections.counting import count_sheet, digest
from quorate.chapters.elections.open_ballots import BALLOTS_AT_ONCE, ranks
from quorate.chapters.elections.remembers import Election
from quorate.record import entry
from support.small import Small, founded
from support.year import (
    apportioned,
    assembly,
    branch_elections,
    called,
    convention,
    drawn,
    nominated,
    vote_all_alike,
)


@pytest.fixture
def small() -> Small:
    """Voting for delegates has begun."""
    small = nominated(apportioned(called(founded())))
    small.pure.go_to(convention(small).dates.election_opens)
    return small


def election(small: Small, branch: str = "A1") -> Election:
    return next(e for e in branch_elections(small) if e.place == branch)


def refused(small: Small, by: str, rule: str, act: str = "elections.vote", **fields) -> str:
    refusal = small.pure.tried(by, act, **fields)
    assert refusal is not None
    assert refusal.rule == rule
    return refusal.because


def cast(small: Small, voter: str, ballot: str, branch: str = "A1") -> str:
    sealed = small.pure.seal(ballot)
    number = election(small, branch).number
    small.pure.do(voter, "elections.vote", election=number, ballot=sealed)
    return sealed


def to_the_close(small: Small) -> None:
    small.pure.go_to(convention(small).dates.election_closes)


def test_until_the_close_no_ballot_is_open_and_none_is_counted(small):
    cast(small, small.members["A1"][0], "1,2")
    assert not election(small).opened
    recorded = [entry.write(occasion, act) for occasion, act in small.pure.entries]
    assert not any(b'"1,2"' in line for line in recorded)
    to_the_close(small)
    assert election(small).opened[small.members["A1"][0]].ranks == (1, 2)


def test_a_later_ballot_replaces_the_earlier_and_leaves_it_visible(small):
    voter = small.members["A1"][0]
    first, second = cast(small, voter, "1"), cast(small, voter, "2")
    assert election(small).sealed[voter].before == (first,)
    assert election(small).sealed[voter].choice == second
    to_the_close(small)
    assert election(small).opened[voter].ranks == (2,)
    assert len(election(small).opened) == 1


def test_nobody_copies_a_sealed_ballot(small):
    first, second, third = small.members["A1"][:3]
    copied = cast(small, first, "1")
    number = election(small).number
    rule = "delegates.election_opens"
    refused(small, second, rule, election=number, ballot=copied)
    cast(small, first, "2")
    refused(small, third, rule, election=number, ballot=copied)


def test_only_who_is_on_the_roll_votes(small):
    number = election(small).number
    refused(
        small,
        small.members["A2"][0],
        "delegates.count",
        election=number,
        ballot=small.pure.seal("1"),
    )
    voter = small.members["A1"][0]
    small.pure.do(voter, "membership.resign")
    refused(small, voter, "membership.admission", election=number, ballot=small.pure.seal("1"))


def test_a_poll_has_its_hours(small):
    early = nominated(apportioned(called(founded())))
    rule = "delegates.election_opens"
    voter = small.members["A1"][0]
    refused(early, voter, rule, election=election(early).number, ballot=early.pure.seal("1"))
    number = election(small).number
    to_the_close(small)
    refused(small, voter, rule, election=number, ballot=small.pure.seal("1"))


def test_a_ballot_that_cannot_be_opened_is_named_as_lost(small):
    voter = small.members["A1"][0]
    lost = cast(small, voter, "1")
    cast(small, small.members["A1"][1], "1")
    del small.pure.sealed[lost]
    to_the_close(small)
    assert election(small).lost == (voter,)
    assert list(election(small).opened) == [small.members["A1"][1]]


def test_the_declared_result_is_that_of_a_recount(small):
    vote_all_alike(small, election(small).number, small.members["A1"])
    to_the_close(small)
    result = election(small).result
    sheet = count_sheet(small.state, election(small))
    assert result.elected == sheet.elected == tuple(c.member for c in election(small).standing[:3])
    assert result.sheet == digest(sheet)
    assert result.lot is None


def test_no_other_result_than_the_recount_can_be_declared(small):
    vote_all_alike(small, election(small).number, small.members["A1"])
    small.pure.time = convention(small).dates.election_closes
    while (due := organisation.fallen_due(small.state, small.pure.time)).act != "elections.declare":
        act = small.pure.falling_due(due)
        assert small.pure._record(RULEBOOK, act) is None
    honest = small.pure.falling_due(due)
    occasion = Occasion(small.state.size, small.pure.time, RULEBOOK)
    assert organisation.decide(small.state, honest, occasion) is None
    loser = election(small, small.state.elections.elections[due.of].place).standing[-1].member
    for forged in (
        replace(honest, elected=(loser, *honest.elected[1:])),
        replace(honest, elected=honest.elected[:-1]),
        replace(honest, sheet="0" * 64),
        replace(honest, elected=(), sheet="", lot_needed=True),
    ):
        refusal = organisation.decide(small.state, forged, occasion)
        assert refusal is not None
        assert refusal.rule == "delegates.count"


def test_openings_are_just_what_was_sealed(small):
    for voter in small.members["A1"][:4]:
        cast(small, voter, "1")
    small.pure.time = convention(small).dates.election_closes
    due = organisation.fallen_due(small.state, small.pure.time)
    while small.state.elections.elections[due.of].place != "A1":
        small.pure._record(RULEBOOK, small.pure.falling_due(due))
        due = organisation.fallen_due(small.state, small.pure.time)
    honest = small.pure.falling_due(due)
    occasion = Occasion(small.state.size, small.pure.time, RULEBOOK)
    first = honest.openings[0]
    for forged in (
        replace(honest, openings=(replace(first, choice="2"), *honest.openings[1:])),
        replace(honest, openings=honest.openings[1:]),
        replace(honest, openings=(*honest.openings, first)),
        replace(honest, openings=(replace(first, whose="nobody"), *honest.openings[1:])),
    ):
        refusal = organisation.decide(small.state, forged, occasion)
        assert refusal is not None
        assert refusal.rule == "delegates.election_closes"
    assert organisation.decide(small.state, honest, occasion) is None


def test_a_tie_waits_for_a_lot_and_only_for_one():
    small = apportioned(called(founded()))
    number = election(small, "C1").number
    candidates = small.members["C1"][3:5]
    for member in candidates:
        small.pure.do(member, "elections.nominate", election=number, member=member)
    small.pure.go_to(convention(small).dates.election_opens)
    cast(small, small.members["C1"][0], "1", "C1")
    cast(small, small.members["C1"][1], "2", "C1")
    to_the_close(small)
    waiting = small.state.elections.elections[number]
    assert waiting.lot_needed
    assert waiting.result is None
    assert assembly(small).seats["C1-1"].holder is None
    drawn(small, "delegates", 1)
    small.pure.let_fall_due()
    decided = small.state.elections.elections[number]
    assert decided.result.elected[0] in candidates
    assert decided.result.lot == 1
    assert not decided.lot_needed
    assert assembly(small).seats["C1-1"].holder == decided.result.elected[0]
    refused(small, small.holder("chair"), "lots.source", "lots.call", purpose="delegates", of=1)


def test_the_longest_ballots_of_all_fit_into_entries(small):
    """Nobody can stop the count with long ballots; more voters than one entry opens."""
    number = len(small.state.elections.elections) + 1
    region = [*small.members["A1"], *small.members["A2"]]
    rules = small.state.rules.elections
    day = 24 * 60 * 60 * 1000
    opens = small.pure.time + rules.nominations_days * day
    closes = opens + rules.poll_days * day
    small.pure.do(
        small.holder("steering-committee"),
        "elections.open_poll",
        office="regional-organiser",
        place="A",
        opens=opens,
        closes=closes,
    )
    small.pure.do(region[0], "elections.nominate", election=number, member=region[0])
    small.pure.go_to(opens)
    for voter in region:
        sealed = small.pure.seal(",".join(["1"] * 1000)[:2000])
        small.pure.do(voter, "elections.vote", election=number, ballot=sealed)
    small.pure.go_to(closes)
    opened = [
        (occasion, act)
        for occasion, act in small.pure.entries
        if type(act).__name__ == "OpenBallots" and act.of == number
    ]
    assert [len(act.openings) for _, act in opened] == [BALLOTS_AT_ONCE, 30 - BALLOTS_AT_ONCE]
    assert all(len(entry.write(occasion, act)) <= entry.MAX_BYTES for occasion, act in opened)
    assert small.holders("regional-organiser", "A") == [region[0]]


def test_however_late_the_lane_wakes_the_delegates_are_counted_before_seconding_closes(small):
    for each in branch_elections(small):
        vote_all_alike(small, each.number, small.members[each.place])
    small.pure.time = convention(small).dates.seconding_closes + 1
    small.pure.let_fall_due()
    names = [type(act).__name__ for _, act in small.pure.entries]
    assert max(i for i, name in enumerate(names) if name == "Declare") < names.index("Lapse")


@given(st.text(max_size=60))
def test_any_text_reads_as_a_ballot_without_falling_over(text):
    assert all(0 <= number < 100_000 for number in ranks(text))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.permutations(["1", "2", "3", "4"])), max_size=25))
def test_each_voter_has_one_ballot_and_it_is_the_last(votes):
    small = nominated(apportioned(called(founded())))
    small.pure.go_to(convention(small).dates.election_opens)
    last: dict[str, tuple[int, ...]] = {}
    for who, order in votes:
        voter = small.members["A1"][who]
        cast(small, voter, ",".join(order))
        last[voter] = tuple(int(number) for number in order)
    to_the_close(small)
    found = election(small)
    assert {voter: ballot.ranks for voter, ballot in found.opened.items()} == last
    if found.result is not None:
        assert len(found.result.elected) == (3 if last else 0)  # nobody is, where nobody voted
