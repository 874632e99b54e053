"""Suspensions take effect so many days after they are decided, never while a convention sits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.chapters.calendar import DAY, HOUR, MINUTE
from quorate.chapters.floor.presence import present_seats
from quorate.chapters.membership.suspensions import TAKES_EFFECT
from support.pure import document
from support.small import Small, founded
from support.year import (
    called,
    chair,
    convention,
    decided,
    delegates,
    delegates_elected,
    led,
    poll,
    proposed,
    sitting,
    vote_all_alike,
)

RULE = "membership.suspension_after"


def standing(small: Small, member: str) -> str:
    return small.state.membership.members[member].standing


def due(small: Small) -> list[int]:
    return [d.time for d in small.state.calendar.deadlines if d.act == TAKES_EFFECT]


@pytest.fixture
def small() -> Small:
    return founded(suspension_after="14")


def test_it_is_decided_now_and_takes_effect_at_its_instant(small: Small) -> None:
    member = small.members["C2"][-1]
    small.suspend(member)
    begins = small.pure.time + 14 * DAY
    assert small.state.membership.suspensions[member] == begins
    assert due(small) == [begins]
    small.pure.go_to(begins - 1)
    small.pure.do(member, "membership.be_reachable", yes=True)
    assert standing(small, member) == "good"
    small.pure.go_to(begins)
    assert standing(small, member) == "suspended"
    assert not small.state.membership.suspensions
    assert small.state.membership.in_good_standing == 59
    small.refused(member, "membership.be_reachable", "membership.admission", yes=False)


def test_under_a_rule_of_no_days_it_takes_effect_at_once() -> None:
    small = founded(suspension_after="0")
    member = small.members["C2"][-1]
    small.suspend(member)
    assert standing(small, member) == "suspended"
    assert due(small) == []


def test_it_is_decided_once(small: Small) -> None:
    member = small.members["C2"][-1]
    small.suspend(member)
    fields = {"member": member, "reason": document("again")}
    for judge in small.holders("credentials-committee"):
        because = small.refused(judge, "membership.suspend", RULE, **fields)
        assert "it takes effect on" in because


def test_it_can_be_taken_back_before_and_then_never_takes_effect(small: Small) -> None:
    member = small.members["C2"][-1]
    small.suspend(member)
    small.restore(member)
    assert not small.state.membership.suspensions
    assert not small.state.membership.voices
    assert due(small) == []
    small.pure.go_to(small.pure.time + 15 * DAY)
    assert standing(small, member) == "good"
    small.refused(
        small.holder("credentials-committee"),
        "membership.restore",
        "membership.suspended_by",
        member=member,
    )
    small.suspend(member)  # by a new decision, from which the days count anew
    assert due(small) == [small.pure.time + 14 * DAY]


def test_who_has_said_that_it_be_taken_back_need_not_say_so_again(small: Small) -> None:
    member, judges = small.members["C2"][-1], small.holders("credentials-committee")
    small.suspend(member)
    for judge in judges[:2]:
        small.pure.do(judge, "membership.restore", member=member)
    small.pure.go_to(small.pure.time + 14 * DAY)
    assert standing(small, member) == "suspended"
    small.pure.do(judges[2], "membership.restore", member=member)
    assert standing(small, member) == "good"


def test_the_member_concerned_does_not_take_it_back(small: Small) -> None:
    judge = small.holder("credentials-committee")
    small.suspend(judge)
    small.refused(judge, "membership.restore", "membership.suspended_by", member=judge)


def test_whoever_leaves_before_is_not_suspended_afterwards(small: Small) -> None:
    member = small.members["C2"][-1]
    small.suspend(member)
    small.pure.do(member, "membership.resign")
    assert due(small) == []
    small.pure.go_to(small.pure.time + 15 * DAY)
    assert standing(small, member) == "resigned"
    assert small.state.membership.in_good_standing == 59


def test_it_goes_with_them_to_another_branch(small: Small) -> None:
    member = small.members["C2"][-1]
    small.suspend(member)
    small.pure.do(member, "membership.transfer", branch="A1")
    small.pure.go_to(small.pure.time + 14 * DAY)
    assert standing(small, member) == "suspended"


def test_nobody_makes_it_take_effect_by_hand(small: Small) -> None:
    member = small.members["C2"][-1]
    small.suspend(member)
    entry = small.state.membership.members[member].entry
    small.refused(small.holder("chair"), TAKES_EFFECT, "record.due", of=entry)


def floor() -> tuple[Small, str, list[str]]:
    """A convention that sits; a delegate who is to be suspended while it does; the judges."""
    small = delegates_elected(founded(suspension_after="2", agenda='"as-numbered"'))
    proposed(small, 1)
    judges = small.holders("credentials-committee")
    member = next(m for m in delegates(small) if m not in judges)
    opens = convention(small).dates.opens
    small.pure.go_to(opens - 2 * DAY + HOUR)
    small.suspend(member)
    return sitting(small), member, judges


def closed(small: Small) -> None:
    (number,) = convention(small).agenda or ()
    decided(small, number, ["for"] * 12)
    led(small)
    small.pure.do(chair(small), "floor.close")
    small.pure.let_fall_due()


def test_it_never_takes_effect_while_a_convention_sits_but_when_that_closes() -> None:
    small, member, _ = floor()
    small.pure.go_to(small.pure.time + HOUR)
    assert small.state.membership.suspensions[member] == small.pure.time
    assert standing(small, member) == "good"
    assert len(present_seats(small.state, convention(small))) == 12
    (number,) = convention(small).agenda or ()
    vote = decided(small, number, ["for"] * 12)
    assert vote.tally is not None
    assert vote.tally.in_favour == 12
    led(small)
    assert standing(small, member) == "good"
    small.pure.do(chair(small), "floor.close")
    small.pure.let_fall_due()
    assert standing(small, member) == "suspended"
    assert due(small) == []


def test_it_waits_for_a_convention_that_lapses_too() -> None:
    small, member, _ = floor()
    days = convention(small).rules.floor.lapses_after
    small.pure.go_to(convention(small).dates.opens + days * DAY - 1)
    assert standing(small, member) == "good"
    small.pure.go_to(convention(small).dates.opens + days * DAY)
    assert convention(small).lapsed is not None
    assert standing(small, member) == "suspended"


def test_it_can_be_taken_back_while_it_waits() -> None:
    small, member, _ = floor()
    small.pure.go_to(small.pure.time + 2 * HOUR)
    small.restore(member)
    closed(small)
    assert standing(small, member) == "good"


def test_one_whose_days_are_not_over_does_not_hurry_when_a_convention_closes() -> None:
    small = delegates_elected(founded(suspension_after="14"))
    proposed(small, 1)
    sitting(small)
    member = small.members["C2"][-1]
    small.suspend(member)
    begins = small.pure.time + 14 * DAY
    closed(small)
    assert standing(small, member) == "good"
    assert due(small) == [begins]
    small.pure.go_to(begins)
    assert standing(small, member) == "suspended"


def test_three_of_five_cannot_unseat_a_candidate_for_the_minute_of_the_close() -> None:
    small = delegates_elected(founded(suspension_after="14"))
    sitting(small)
    election = poll(small, "chair")
    judges = small.holders("credentials-committee")
    favourite = next(m for m in delegates(small) if m not in judges)
    rival = next(m for m in judges if m != favourite)
    for member in (favourite, rival):
        small.pure.do(favourite, "elections.nominate", election=election.number, member=member)
    small.pure.do(rival, "elections.accept", election=election.number, yes=True)
    small.pure.go_to(election.opens)
    vote_all_alike(small, election.number, delegates(small), "1")
    small.pure.go_to(election.closes - MINUTE)
    small.suspend(favourite)
    small.pure.go_to(election.closes)
    small.pure.let_fall_due()
    small.restore(favourite)
    result = small.state.elections.elections[election.number].result
    assert result is not None
    assert result.elected == (favourite,)


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from(["suspend", "restore", "resign", "wait"]), st.integers(0, 3))
    )
)
def test_what_is_to_come_has_its_deadline_and_nobody_else_has_one(steps) -> None:
    small = founded(suspension_after="3")
    called(small)
    judges = small.holders("credentials-committee")
    people = [member for member in small.members["C2"] if member not in judges]
    for what, which in steps:
        member = people[which]
        known = small.state.membership
        to_come = member in known.suspensions
        if what == "wait":
            small.pure.go_to(small.pure.time + DAY)
        elif what == "suspend" and standing(small, member) == "good" and not to_come:
            small.suspend(member)
        elif what == "restore" and (to_come or standing(small, member) == "suspended"):
            small.restore(member)
        elif what == "resign" and standing(small, member) != "resigned":
            small.pure.do(member, "membership.resign")
        known = small.state.membership
        assert sorted(known.suspensions.values()) == due(small)
        assert all(known.members[m].standing == "good" for m in known.suspensions)
        good = sum(m.standing == "good" for m in known.members.values())
        assert known.in_good_standing == good
