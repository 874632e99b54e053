"""Several versions refused: each refusal has its own appeal; none is buried under a later one."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY
from support.bulletin import (
    appeal,
    contribution,
    days_before,
    judge,
    open_bulletin,
    refuse,
    revise,
    second,
)
from support.pure import document
from support.small import Small
from support.year import hand_in

COMMITTEE = "credentials-committee"
RULE = "bulletin.appeal_to"


@pytest.fixture
def small() -> Small:
    """Of proposal 1 the version with a seconder is refused, a day later the next one too."""
    small = open_bulletin()
    small.pure.go_to(days_before(small, 130))
    number = hand_in(small, small.members["A1"][5])
    first = contribution(small, number).latest.text
    second(small, small.members["A2"][0], number)
    later = revise(small, number, "the second version")
    refuse(small, number, version=first)
    small.pure.go_to(small.pure.time + DAY)
    refuse(small, number, version=later)
    return small


def versions(small: Small) -> tuple[str, str]:
    one, two = (version.text for version in contribution(small, 1).versions)
    return one, two


def decisions(small: Small) -> list[str | None]:
    """How the appeals against each refusal stand; "" where there is none."""
    return [one.appeal.decision if one.appeal else "" for one in contribution(small, 1).refusals]


def test_an_earlier_refusal_is_not_buried_under_a_later_one(small):
    first, later = versions(small)
    appeal(small, 1, first)
    small.pure.go_to(small.pure.time + 7 * DAY)
    assert decisions(small) == ["upheld", ""]
    assert not contribution(small, 1).refuses(first)
    assert contribution(small, 1).refuses(later)
    second(small, small.members["A2"][2], 1, first)


def test_which_one_is_meant_has_to_be_said_while_there_are_several(small):
    first, later = versions(small)
    author = contribution(small, 1).author
    grounds = {"contribution": 1, "grounds": document("g")}
    because = small.refused(author, "bulletin.appeal", RULE, **grounds)
    assert because.startswith("2 versions of it are refused")
    appeal(small, 1, later)
    appeal(small, 1)  # only the first is left
    assert decisions(small) == [None, None]
    small.refused(author, "bulletin.appeal", RULE, **grounds, version=first)
    small.refused(author, "bulletin.appeal", RULE, **grounds, version=document("another"))


def test_each_has_its_own_time(small):
    first, later = versions(small)
    small.pure.go_to(days_before(small, 123))
    grounds = {"contribution": 1, "grounds": document("g")}
    author = contribution(small, 1).author
    small.refused(author, "bulletin.appeal", "bulletin.appeal_within", **grounds, version=first)
    small.pure.do(author, "bulletin.appeal", **grounds)
    assert decisions(small) == ["", None]
    assert contribution(small, 1).refusal_of(later).contested


def test_each_appeal_is_judged_by_itself(small):
    first, later = versions(small)
    appeal(small, 1, first)
    small.pure.go_to(small.pure.time + DAY)
    appeal(small, 1, later)
    judges = small.holders(COMMITTEE)
    judging = {"contribution": 1, "decision": "upheld", "reason": document("r")}
    assert "2 versions of it are under appeal" in small.refused(
        judges[0], "bulletin.judge_appeal", RULE, **judging
    )
    for member in judges[:3]:
        judge(small, 1, member, "dismissed", later)
    assert decisions(small) == [None, "dismissed"]
    small.refused(judges[3], "bulletin.judge_appeal", RULE, **judging, version=later)
    judge(small, 1, judges[3], "dismissed")
    small.pure.go_to(days_before(small, 122))
    assert decisions(small) == ["upheld", "dismissed"], "the first still fell due"


def test_two_appeals_fall_due_each_in_its_time(small):
    first, later = versions(small)
    appeal(small, 1, later)
    small.pure.go_to(small.pure.time + DAY)
    appeal(small, 1, first)
    due = small.pure.time + 6 * DAY
    small.pure.go_to(due)
    assert decisions(small) == [None, "upheld"]
    small.pure.go_to(due + DAY - 1)
    assert decisions(small) == [None, "upheld"]
    small.pure.go_to(due + DAY)
    assert decisions(small) == ["upheld", "upheld"]


def test_two_that_fall_due_at_once_are_both_won(small):
    first, later = versions(small)
    appeal(small, 1, later)
    appeal(small, 1, first)
    small.pure.go_to(small.pure.time + 7 * DAY)
    assert decisions(small) == ["upheld", "upheld"]


def test_while_one_appeal_is_open_there_is_no_new_version(small):
    first, later = versions(small)
    appeal(small, 1, first)
    appeal(small, 1, later)
    for member in small.holders(COMMITTEE)[:3]:
        judge(small, 1, member, "upheld", later)
    new = {"contribution": 1, "text": document("new"), "words": 9}
    by = contribution(small, 1).author
    small.refused(by, "bulletin.revise", "bulletin.appeal_decided_within", **new)
