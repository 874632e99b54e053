"""The issues: on the rulebook's dates, with everything handed in until then, each thing once."""

from __future__ import annotations

import pytest

from support.bulletin import days_before, open_bulletin, printed, revise
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
