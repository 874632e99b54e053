"""The issues: on the rulebook's dates, with everything handed in until then, each thing once."""

from __future__ import annotations

import pytest

from support.bulletin import (
    appeal,
    contribution,
    days_before,
    open_bulletin,
    printed,
    refuse,
    revise,
    second,
)
from support.small import Small
from support.year import convention, hand_in

DATES = {"open-convention": [110, 80, 55, 35], "closed-slate": [110, 70, 35]}
"""Days before the convention, as the presets say."""


@pytest.mark.parametrize("name", sorted(DATES))
def test_they_come_out_on_the_dates_with_everything_until_then(name):
    small = open_bulletin(name)
    expected = []
    for days in DATES[name]:
        small.pure.go_to(days_before(small, days) - 1)
        number = hand_in(small, small.members["A1"][5], "perspective")
        last_moment = hand_in(small, small.members["C2"][-1], "report")
        expected.append((number, last_moment))
        assert printed(small) == expected[:-1]
        small.pure.go_to(days_before(small, days))
        assert printed(small) == expected
    issues = small.state.bulletin.issues
    assert [issue.time for issue in issues] == [days_before(small, d) for d in DATES[name]]
    assert [issue.number for issue in issues] == list(range(1, len(issues) + 1))
    assert {issue.convention for issue in issues} == {convention(small).number}


def test_at_the_instant_of_an_issue_it_comes_out_first():
    small = open_bulletin()
    small.pure.time = days_before(small, 110)  # nobody was watching while it fell due
    number = hand_in(small, small.members["A1"][5], "perspective")
    assert printed(small) == [()]
    small.pure.go_to(days_before(small, 80))
    assert printed(small) == [(), (number,)]


def test_a_late_lane_prints_every_issue_that_was_due():
    small = open_bulletin()
    number = hand_in(small, small.members["A1"][5], "perspective")
    small.pure.time = days_before(small, 55)
    small.pure.let_fall_due()
    assert printed(small) == [(number,), (), ()]


def test_a_text_is_printed_once_and_again_when_it_was_changed():
    small = open_bulletin()
    number = hand_in(small, small.members["A1"][5])
    small.pure.go_to(days_before(small, 110))
    small.pure.go_to(days_before(small, 90))
    revise(small, number, "changed once")
    revise(small, number, "changed twice")
    small.pure.go_to(days_before(small, 35))
    assert printed(small) == [(number,), (number,), (), ()]


def test_nobody_publishes_by_hand():
    small = open_bulletin()
    for by in (small.holder("bulletin-editor"), small.holder("chair")):
        small.refused(by, "bulletin.publish", "record.due", of=1)


def test_what_is_printed_stays_as_it_was_printed():
    small = open_bulletin()
    number = hand_in(small, small.members["A1"][5])
    first = small.state.bulletin.contributions[number].latest.text
    small.pure.go_to(days_before(small, 110))
    later = revise(small, number, "quite another text")
    assert small.state.bulletin.issues[0].versions == (first,)
    small.pure.go_to(days_before(small, 80))
    assert [issue.versions for issue in small.state.bulletin.issues] == [(first,), (later,)]


def texts(small: Small) -> list[tuple[str, ...]]:
    """The versions that each issue carried."""
    return [issue.versions for issue in small.state.bulletin.issues]


def test_a_version_with_seconders_is_printed_beside_the_latest():
    small = open_bulletin()
    number = hand_in(small, small.members["A1"][5])
    first = contribution(small, number).latest.text
    second(small, small.members["B1"][5], number)
    revise(small, number, "a version that nobody seconds")
    latest = revise(small, number, "the latest")
    small.pure.go_to(days_before(small, 110))
    assert printed(small) == [(number, number)]
    assert texts(small) == [(first, latest)]
    assert small.state.bulletin.issues[0].numbers == (number,)
    small.pure.go_to(days_before(small, 35))
    assert texts(small)[1:] == [(), (), ()], "each once"


def test_a_version_that_finds_seconders_after_an_issue_is_in_the_next():
    small = open_bulletin()
    number = hand_in(small, small.members["A1"][5])
    first = contribution(small, number).latest.text
    latest = revise(small, number, "the latest")
    small.pure.go_to(days_before(small, 110))
    assert texts(small) == [(latest,)]
    second(small, small.members["B1"][5], number, first)
    small.pure.go_to(days_before(small, 80))
    assert texts(small) == [(latest,), (first,)]


def test_a_version_admitted_after_the_last_issue_has_one_of_its_own():
    """Nothing comes before a convention that was never printed."""
    small = open_bulletin(branches="60")
    small.pure.go_to(days_before(small, 36))
    number = hand_in(small, small.members["A1"][5])
    first = contribution(small, number).latest.text
    latest = revise(small, number, "the latest")
    small.pure.go_to(days_before(small, 30))
    assert texts(small)[3:] == [(latest,)]
    for member in small.members["B1"][5:7]:  # 3% of the 60 members
        second(small, member, number, first)
    assert small.state.proposals.proposals[number].admission.version == first
    assert texts(small)[4:] == [(first,)]


def test_a_refused_version_is_not_printed_whoever_has_seconded_it():
    small = open_bulletin()
    number = hand_in(small, small.members["A1"][5])
    first = contribution(small, number).latest.text
    second(small, small.members["B1"][5], number)
    latest = revise(small, number, "the latest")
    refuse(small, number, version=first)
    small.pure.go_to(days_before(small, 110))
    assert texts(small) == [(latest,)]
    small.pure.go_to(days_before(small, 35))
    assert texts(small)[1:] == [(), (), ()]


def test_a_version_whose_refusal_was_overturned_is_printed_though_a_later_one_was():
    small = open_bulletin()
    small.pure.go_to(days_before(small, 112))
    number = hand_in(small, small.members["A1"][5])
    first = contribution(small, number).latest.text
    latest = revise(small, number, "the latest")
    refuse(small, number, version=first)
    appeal(small, number)
    small.pure.go_to(days_before(small, 80))
    assert texts(small) == [(latest,), (first,)]


def test_what_is_withdrawn_is_not_printed_though_it_has_seconders():
    small = open_bulletin()
    number = hand_in(small, small.members["A1"][5])
    second(small, small.members["B1"][5], number)
    small.pure.do(small.members["A1"][5], "bulletin.withdraw", contribution=number)
    small.pure.go_to(days_before(small, 110))
    assert texts(small) == [()]
