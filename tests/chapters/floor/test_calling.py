"""The call: who, with how much notice, and which dates follow from it."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from quorate.chapters.calendar import DAY
from support.small import Small, founded
from support.year import called, chair, convention, delegates_elected, led, sitting


@pytest.fixture
def small() -> Small:
    return founded()


def refused(small: Small, by: str, rule: str, **fields: object) -> str:
    refusal = small.pure.tried(by, "floor.call", **fields)
    assert refusal is not None
    assert refusal.rule == rule
    return refusal.because


def test_only_the_body_that_the_rulebook_names_calls(small):
    opens = small.pure.time + 200 * DAY
    for by in (small.members["C2"][-1], chair(small)):
        refused(small, by, "floor.called_by", opens=opens)


def test_there_is_notice(small):
    caller = small.holder("steering-committee")
    just = small.pure.time + small.state.rules.floor.notice * DAY
    refused(small, caller, "floor.notice", opens=just - 1)
    small.pure.do(caller, "floor.call", opens=just)


def test_one_convention_at_a_time(small):
    called(small)
    opens = small.pure.time + 300 * DAY
    refused(small, small.holder("steering-committee"), "floor.called_by", opens=opens)


def test_dates_are_whole_days_before_the_hour_of_the_opening(small):
    """By the rulebook's own numbers, read again here from its text."""
    import tomllib

    from support.small import rules_text

    called(small)
    rules = tomllib.loads(rules_text("open-convention"))
    found = convention(small).dates
    days = (found.opens - found.roll_cut_off) / DAY
    assert days == rules["membership"]["roll_cut_off"]
    assert (found.opens - found.election_opens) / DAY == rules["delegates"]["election_opens"]
    assert (found.opens - found.seconding_closes) / DAY == rules["proposals"]["seconding_closes"]
    assert [(found.opens - t) / DAY for t in found.issues] == rules["bulletin"]["issues"]
    assert (found.roll_final - found.challenges_until) / DAY == 7


def test_everything_of_the_year_falls_due(small):
    called(small)
    acts = [deadline.act for deadline in small.state.calendar.deadlines]
    assert acts.count("bulletin.publish") == 4
    for act in (
        "membership.freeze_roll",
        "membership.settle_rolls",
        "proposals.lapse",
        "proposals.note_missing_answers",
    ):
        assert acts.count(act) == 1
    small.pure.go_to(convention(small).dates.opens)
    assert [deadline.act for deadline in small.state.calendar.deadlines] == ["floor.lapse"]


@pytest.mark.parametrize("name", ["open-convention", "closed-slate"])
def test_a_second_year_follows_the_first(name):
    small = sitting(delegates_elected(founded(name, **seconded(name))))
    led(small)
    small.pure.do(chair(small), "floor.close")
    sitting(delegates_elected(small))
    assert convention(small).number == 2
    issues = [(issue.convention, issue.number) for issue in small.state.bulletin.issues]
    count = len(convention(small).dates.issues)
    assert issues == [(year, n) for year in (1, 2) for n in range(1, count + 1)]
    assert astuple(small.state.floor.conventions[1].dates) != astuple(convention(small).dates)


def seconded(name: str) -> dict[str, str]:
    return {"delegates": "3"} if name == "closed-slate" else {}
