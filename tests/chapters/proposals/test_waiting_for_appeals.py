"""An appeal stops the clock: nothing lapses while a refusal of it can still be overturned."""

from __future__ import annotations

import pytest

from quorate.chapters.bulletin.reprieve import time_taken
from quorate.chapters.calendar import DAY, HOUR
from support.bulletin import (
    appeal,
    contribution,
    days_before,
    judge,
    open_bulletin,
    proposal,
    refuse,
    revise,
    second,
)
from support.small import Small
from support.year import hand_in

COMMITTEE = "credentials-committee"


@pytest.fixture
def small() -> Small:
    """Proposal 1 has two versions 36 days before; nothing is admitted but by members, two of 60."""
    small = open_bulletin(branches="60")
    small.pure.go_to(days_before(small, 36))
    number = hand_in(small, small.members["A1"][5])
    revise(small, number, "the second version")
    return small


def versions(small: Small) -> tuple[str, str]:
    one, two = (version.text for version in contribution(small, 1).versions)
    return one, two


def test_it_does_not_lapse_while_an_appeal_about_one_version_is_open(small):
    """Refused 36 days before, appealed 33 before, won 26 before: ten days more than until 28."""
    first, later = versions(small)
    refuse(small, 1, version=later)
    small.pure.go_to(days_before(small, 33))
    appeal(small, 1)
    small.pure.go_to(days_before(small, 28))
    assert proposal(small, 1).lapsed is None
    assert proposal(small, 1).waits == days_before(small, 26)
    by = small.members["B1"][6]
    seconding = {"proposal": 1, "version": first}
    because = small.refused(by, "proposals.second", "proposals.seconding_closes", **seconding)
    assert "not settled" in because
    small.pure.go_to(days_before(small, 26))
    assert proposal(small, 1).lapsed is None
    assert proposal(small, 1).waits is None
    second(small, small.members["B1"][6], 1, later)
    small.pure.go_to(days_before(small, 18) - 1)
    second(small, small.members["B1"][7], 1, later)
    admission = proposal(small, 1).admission
    assert admission is not None
    assert admission.version == later


def test_with_no_seconders_in_the_time_given_back_it_lapses_at_its_end(small):
    refuse(small, 1)
    small.pure.go_to(days_before(small, 33))
    appeal(small, 1)
    small.pure.go_to(days_before(small, 18) - 1)
    assert proposal(small, 1).lapsed is None
    small.pure.go_to(days_before(small, 18))
    assert proposal(small, 1).lapsed == days_before(small, 18)


def test_it_does_not_lapse_while_an_appeal_can_still_be_made(small):
    """Refused 29 days before, when another version stands: an appeal can be made until 22."""
    first, _ = versions(small)
    small.pure.go_to(days_before(small, 29))
    second(small, small.members["B1"][5], 1, first)
    refuse(small, 1, version=first)
    small.pure.go_to(days_before(small, 28))
    assert proposal(small, 1).waits == days_before(small, 22)
    small.pure.go_to(days_before(small, 22) - HOUR)
    appeal(small, 1)
    small.pure.go_to(days_before(small, 22))
    assert proposal(small, 1).lapsed is None
    assert proposal(small, 1).waits == days_before(small, 15) - HOUR
    small.pure.go_to(days_before(small, 15) - HOUR)
    assert proposal(small, 1).waits is None
    second(small, small.members["B1"][6], 1, first)
    assert proposal(small, 1).admission is not None, "a day was left when it was refused"


def test_without_an_appeal_it_lapses_when_none_can_be_made_any_more(small):
    first, _ = versions(small)
    small.pure.go_to(days_before(small, 29))
    second(small, small.members["B1"][5], 1, first)
    refuse(small, 1, version=first)
    small.pure.go_to(days_before(small, 22) - 1)
    assert proposal(small, 1).lapsed is None
    small.pure.go_to(days_before(small, 22))
    assert proposal(small, 1).lapsed == days_before(small, 22)
    assert proposal(small, 1).waits is None


def test_dismissed_it_lapses_when_that_is_settled(small):
    refuse(small, 1)
    small.pure.go_to(days_before(small, 30))
    appeal(small, 1)
    small.pure.go_to(days_before(small, 27))
    for member in small.holders(COMMITTEE)[:3]:
        judge(small, 1, member, "dismissed")
    small.pure.go_to(days_before(small, 23))
    assert proposal(small, 1).lapsed == days_before(small, 23)


def test_what_is_refused_after_seconding_closed_gains_nothing():
    small = open_bulletin(branches="60", issues="[110, 15]")
    small.pure.go_to(days_before(small, 36))
    number = hand_in(small, small.members["A1"][5])
    first = contribution(small, number).latest.text
    revise(small, number, "the second version")
    small.pure.go_to(days_before(small, 29))
    refuse(small, number, version=first)
    small.pure.go_to(days_before(small, 27))
    later = contribution(small, number).latest.text
    refuse(small, number, version=later)
    appeal(small, number, later)
    for member in small.holders(COMMITTEE)[:3]:
        judge(small, number, member, "upheld")
    assert proposal(small, number).waits is not None
    by = small.members["B1"][6]
    seconding = {"proposal": number, "version": later}
    small.refused(by, "proposals.second", "proposals.seconding_closes", **seconding)
    small.pure.go_to(days_before(small, 22))
    assert proposal(small, number).lapsed == days_before(small, 22)


def test_two_refusals_at_once_take_the_time_once(small):
    first, later = versions(small)
    refuse(small, 1, version=first)
    small.pure.go_to(small.pure.time + 12 * HOUR)
    refuse(small, 1, version=later)
    appeal(small, 1, first)
    small.pure.go_to(days_before(small, 33))
    appeal(small, 1, later)
    small.pure.go_to(days_before(small, 26))
    assert time_taken(contribution(small, 1)) == 10 * DAY
    assert proposal(small, 1).more_time == 10 * DAY
    small.pure.go_to(days_before(small, 18) - 1)
    assert proposal(small, 1).lapsed is None
    small.pure.go_to(days_before(small, 18))
    assert proposal(small, 1).lapsed == days_before(small, 18)


def test_one_after_the_other_they_add_up():
    """Refused from 36 to 29 days before, and in the time given back from 25 to 11 days before."""
    small = open_bulletin(branches="60", delegates="60")
    small.pure.go_to(days_before(small, 36))
    number = hand_in(small, small.members["A1"][5])
    refuse(small, number)
    appeal(small, number)
    small.pure.go_to(days_before(small, 29))
    later = revise(small, number, "the second version")
    small.pure.go_to(days_before(small, 25))
    refuse(small, number, version=later)
    small.pure.go_to(days_before(small, 21))
    assert proposal(small, number).waits == days_before(small, 18), "its own seconding has closed"
    small.pure.go_to(days_before(small, 18) - 1)
    appeal(small, number)
    small.pure.go_to(days_before(small, 11) - 1)
    assert proposal(small, number).more_time == 21 * DAY - 1
    small.pure.go_to(days_before(small, 7) - 1)
    assert proposal(small, number).lapsed == days_before(small, 7) - 1


def test_while_it_waits_members_who_leave_do_not_admit_it():
    """One of 60 members is not 2%; one of 50 is, but seconding has closed."""
    small = open_bulletin(branches="60", delegates="60", members='"2%"')
    small.pure.go_to(days_before(small, 36))
    number = hand_in(small, small.members["A1"][5])
    second(small, small.members["B1"][5], number)
    revise(small, number, "the second version")
    refuse(small, number)
    small.pure.go_to(days_before(small, 33))
    appeal(small, number)
    small.pure.go_to(days_before(small, 28))
    assert proposal(small, number).waits is not None
    for member in small.members["A2"][-10:]:
        small.pure.do(member, "membership.resign")
    assert proposal(small, number).admission is None
    small.pure.go_to(days_before(small, 26))
    assert proposal(small, number).admission is not None, "it has time again"
