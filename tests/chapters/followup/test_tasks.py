"""What was decided has an owner and a date; nobody puts it off, and what is done is said."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY
from support.pure import document
from support.small import Small, founded
from support.year import (
    chair,
    convention,
    decided,
    delegates,
    delegates_elected,
    led,
    proposed,
    sitting,
)

RULE = "floor.carried_out_by"


@pytest.fixture
def small() -> Small:
    """Proposal 1 adopted, 2 rejected, 3 referred; the convention still sits."""
    small = delegates_elected(founded(agenda='"as-numbered"'))
    proposed(small, 3)
    sitting(small)
    decided(small, 1, ["for"] * 12)
    decided(small, 2, ["against"] * 12)
    due = small.pure.time + 100 * DAY
    decided(small, 3, ["for"] * 12, "referral", owner="credentials-committee", due=due)
    return small


@pytest.fixture
def after(small: Small) -> Small:
    led(small)
    small.pure.do(chair(small), "floor.close")
    return small


def refused(small: Small, by: str, act: str, rule: str, **fields: object) -> str:
    refusal = small.pure.tried(by, act, **fields)
    assert refusal is not None
    assert refusal.rule == rule
    return refusal.because


def test_every_decision_has_an_owner_and_a_date(small):
    tasks = small.state.followup.tasks
    item = convention(small).items[1]
    assert set(tasks) == {1, 3}
    assert (tasks[1].owner, tasks[1].due) == ("steering-committee", item.time + 180 * DAY)
    assert (tasks[1].taken_on, tasks[1].returns) == (False, False)
    assert (tasks[3].owner, tasks[3].returns) == ("credentials-committee", True)


def test_the_chair_gives_it_to_another_while_the_convention_sits(small):
    due = small.state.followup.tasks[1].due - DAY
    for owner in ("nobody-at-all", "branch-secretary"):
        refused(small, chair(small), "followup.take_on", RULE, proposal=1, due=due, owner=owner)
    small.pure.do(
        chair(small), "followup.take_on", proposal=1, due=due, owner="credentials-committee"
    )
    task = small.state.followup.tasks[1]
    assert (task.owner, task.due, task.taken_on) == ("credentials-committee", due, True)


def test_the_chair_gives_it_away_once_and_puts_nothing_off(small):
    """Else one person could put what was adopted off for ever, with no vote."""
    task = small.state.followup.tasks[1]
    late = {"proposal": 1, "due": task.due + 1}
    refused(small, chair(small), "followup.take_on", "floor.carried_out_within", **late)
    small.pure.do(chair(small), "followup.take_on", proposal=1, due=task.due)
    again = {"proposal": 1, "due": task.due - 1, "owner": "credentials-committee"}
    refused(small, chair(small), "followup.take_on", RULE, **again)


def test_later_only_the_owner_names_a_date_and_only_an_earlier_one(after):
    task = after.state.followup.tasks[1]
    owner = after.holder("steering-committee")
    outsider = after.members["C2"][-1]
    refused(after, outsider, "followup.take_on", RULE, proposal=1, due=task.due - 1)
    for due in (task.due, task.due + 1):
        refused(after, owner, "followup.take_on", "floor.carried_out_within", proposal=1, due=due)
    refused(after, owner, "followup.take_on", "floor.carried_out_within", proposal=1, due=5)
    refused(
        after,
        owner,
        "followup.take_on",
        RULE,
        proposal=1,
        due=task.due - 1,
        owner="credentials-committee",
    )
    after.pure.do(owner, "followup.take_on", proposal=1, due=task.due - 1)
    assert after.state.followup.tasks[1].due == task.due - 1


def test_what_the_floor_voted_on_in_a_referral_stays(small):
    refused(
        small,
        chair(small),
        "followup.take_on",
        "floor.majorities.referral",
        proposal=3,
        due=small.pure.time + DAY,
    )


def test_there_is_nothing_to_carry_out_for_what_was_rejected(small):
    for number in (2, 99):
        refused(
            small,
            chair(small),
            "followup.take_on",
            RULE,
            proposal=number,
            due=small.pure.time + DAY,
        )


def test_the_owner_reports_until_it_is_done(after):
    owner = after.holder("steering-committee")
    text = document("report")
    refused(
        after, after.members["C2"][-1], "followup.report", RULE, proposal=1, text=text, done=True
    )
    after.pure.do(owner, "followup.report", proposal=1, text=text, done=False)
    after.pure.do(owner, "followup.report", proposal=1, text=document("more"), done=True)
    reports = after.state.followup.tasks[1].reports
    assert [(r.done, r.by) for r in reports] == [(False, owner), (True, owner)]
    refused(after, owner, "followup.report", RULE, proposal=1, text=text, done=True)


def test_reports_on_a_referral_stay_when_it_comes_back(after):
    owner = after.holder("credentials-committee")
    after.pure.do(owner, "followup.report", proposal=3, text=document("found"), done=False)
    sitting(delegates_elected(after))
    assert convention(after).agenda == (3,)
    assert after.state.followup.tasks[3].returned_to == 2
    decided(after, 3, ["for"] * len(delegates(after)))
    task = after.state.followup.tasks[3]
    assert (task.convention, task.returns, len(task.reports)) == (2, False, 1)


def test_referred_again_it_comes_back_again(after):
    sitting(delegates_elected(after))
    due = after.pure.time + 10 * DAY
    decided(after, 3, ["for"] * 12, "referral", owner="steering-committee", due=due)
    led(after)
    after.pure.do(chair(after), "floor.close")
    sitting(delegates_elected(after))
    assert convention(after).number == 3
    assert convention(after).agenda == (3,)
    decided(after, 3, ["against"] * 12)
    led(after)
    after.pure.do(chair(after), "floor.close")
    owner = after.holder("steering-committee")
    refused(after, owner, "followup.report", RULE, proposal=3, text=document("x"), done=True)
    sitting(delegates_elected(after))
    assert convention(after).agenda == ()
