"""The close: refused while anything that reached the convention lacks an answer."""

from __future__ import annotations

import pytest

from quorate.chapters.floor.close import owed_elections
from support.small import Small, founded
from support.year import (
    chair,
    convention,
    decided,
    delegates,
    delegates_elected,
    led,
    opened_vote,
    poll,
    proposed,
    sitting,
    vote_all_alike,
)


@pytest.fixture
def small() -> Small:
    small = delegates_elected(founded(agenda='"as-numbered"'))
    proposed(small, 8)
    return sitting(small)


def refused(small: Small, by: str, rule: str) -> str:
    refusal = small.pure.tried(by, "floor.close")
    assert refusal is not None
    assert refusal.rule == rule
    return refusal.because


def test_every_proposal_ends_in_an_answer(small):
    led(small)
    because = refused(small, chair(small), "floor.close")
    assert because == "8 proposals on the agenda without an outcome: 1, 2, 3, 4, 5 and 3 more."
    for number in range(1, 8):
        decided(small, number, ["for"] * 12)
    assert (
        refused(small, chair(small), "floor.close")
        == "1 proposal on the agenda without an outcome: 8."
    )
    opened_vote(small, 8)
    refused(small, chair(small), "floor.close")


def test_a_referral_that_failed_is_no_answer(small):
    led(small)
    for number in range(1, 8):
        decided(small, number, ["against"] * 12)
    decided(small, 8, ["against"] * 12, "referral", owner="steering-committee", due=2**46)
    assert "8" in refused(small, chair(small), "floor.close")


def test_the_convention_elects_whom_it_owes():
    small = sitting(delegates_elected(founded()))
    because = refused(small, chair(small), "floor.close")
    assert "steering committee" in because
    led(small)
    assert small.pure.tried(chair(small), "floor.close") is None


def test_an_election_under_way_is_waited_for():
    small = sitting(delegates_elected(founded()))
    for _ in range(2):  # nobody stands twice: it is owed no more, and can be held again
        small.pure.go_to(poll(small, "bulletin-editor").closes)
    led(small)
    poll(small, "bulletin-editor")
    assert "bulletin editor" in refused(small, chair(small), "floor.close")


def test_an_office_for_which_nobody_stood_is_owed_a_second_election():
    """Else whoever holds it would stay in it, if the chair let ten minutes pass unseen."""
    small = sitting(delegates_elected(founded()))
    small.pure.go_to(poll(small, "bulletin-editor").closes)
    assert "bulletin-editor" in owed_elections(small.state, convention(small))
    small.pure.go_to(poll(small, "bulletin-editor").closes)
    assert "bulletin-editor" not in owed_elections(small.state, convention(small))


def test_an_election_in_which_too_few_voted_is_owed_however_often():
    small = sitting(delegates_elected(founded()))
    for _ in range(3):
        election = poll(small, "bulletin-editor")
        member = delegates(small)[0]
        small.pure.do(member, "elections.nominate", election=election.number, member=member)
        small.pure.go_to(election.opens)
        vote_all_alike(small, election.number, delegates(small)[:5])
        small.pure.go_to(election.closes)
        assert "bulletin-editor" in owed_elections(small.state, convention(small))


def test_only_the_chair_closes_what_sits():
    small = delegates_elected(founded())
    refused(small, chair(small), "floor.close")
    sitting(small)
    refused(small, small.holder("steering-committee"), "floor.chaired_by")
    led(small)
    small.pure.do(chair(small), "floor.close")
    refused(small, small.holder("chair"), "floor.close")


def test_with_the_close_presence_and_seats_end(small):
    led(small)
    for number in range(1, 9):
        decided(small, number, ["for"] * 12)
    member = delegates(small)[0]
    small.pure.do(chair(small), "floor.close")
    assert small.state.floor.current is None
    assert not convention(small).presence
    for act, fields in (
        ("floor.arrive", {}),
        ("delegates.give_way", {}),
        ("floor.vote", {"vote": 1, "choice": small.pure.seal("for"), "reason": "mistake"}),
    ):
        assert small.pure.tried(member, act, **fields) is not None
