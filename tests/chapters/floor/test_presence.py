"""Presence is counted by seats; the quorum follows from it."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY
from quorate.chapters.floor.presence import quorum
from support.small import Small, founded
from support.year import (
    arrived,
    assembly,
    chair,
    convention,
    credentialed,
    delegates,
    delegates_elected,
    drawn,
    proposed,
    sitting,
)


@pytest.fixture
def small() -> Small:
    return delegates_elected(founded())


def refused(small: Small, by: str, act: str, rule: str, **fields: object) -> str:
    refusal = small.pure.tried(by, act, **fields)
    assert refusal is not None
    assert refusal.rule == rule
    return refusal.because


def test_nobody_arrives_early_without_credentials_or_twice(small):
    holder = assembly(small).seats["A1-1"].holder
    refused(small, holder, "floor.arrive", "floor.quorum")
    small.pure.go_to(convention(small).dates.opens - DAY)
    refused(small, holder, "floor.arrive", "delegates.credentials_by")
    credentialed(small, "A1-1")
    small.pure.do(holder, "floor.arrive")
    refused(small, holder, "floor.arrive", "floor.quorum")
    small.pure.do(holder, "floor.leave")
    refused(small, holder, "floor.leave", "floor.quorum")
    small.pure.do(holder, "floor.arrive")


def test_who_sits_in_no_seat_is_not_counted(small):
    small.pure.go_to(convention(small).dates.opens)
    for by in (small.members["A1"][-1], small.holder("regional-organiser", "B")):
        assert by not in delegates(small)
        refused(small, by, "floor.arrive", "floor.quorum")
        refused(small, by, "floor.leave", "floor.quorum")


@pytest.mark.parametrize(("present", "opens"), [(0, False), (5, False), (6, True), (12, True)])
def test_half_of_the_seats_make_a_quorum(small, present, opens):
    arrived(small, present)
    assert quorum(small.state, convention(small)) == (present, 6)
    refusal = small.pure.tried(chair(small), "floor.open")
    if opens:
        assert refusal is None
    else:
        assert refusal.rule == "floor.quorum"
        assert f"{present} seats are present; 6 must be." == refusal.because


def test_a_suspended_delegate_makes_no_quorum(small):
    arrived(small, 6)
    present = [m for m in convention(small).presence.values() if m != chair(small)]
    small.suspend(present[0])
    refused(small, chair(small), "floor.open", "floor.quorum")


def test_only_the_chair_opens_once_in_time_and_after_the_draw(small):
    small.pure.go_to(convention(small).dates.opens - DAY)
    for seat in sorted(assembly(small).seats):
        credentialed(small, seat)
        small.pure.do(assembly(small).seats[seat].holder, "floor.arrive")
    refused(small, chair(small), "floor.open", "floor.called_by")
    small.pure.go_to(convention(small).dates.opens)
    refused(small, small.holder("steering-committee"), "floor.open", "floor.chaired_by")
    refused(small, chair(small), "floor.open", "floor.agenda")
    drawn(small)
    small.pure.do(chair(small), "floor.open")
    refused(small, chair(small), "floor.open", "floor.chaired_by")


def test_no_vote_opens_when_the_quorum_has_left(small):
    number = proposed(small)[0]
    sitting(small)
    for member in delegates(small)[:7]:
        small.pure.do(member, "floor.leave")
    refused(
        small,
        chair(small),
        "floor.open_vote",
        "floor.quorum",
        proposal=number,
        question="proposal",
    )
