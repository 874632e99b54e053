"""The appeal: who, until when, before whom; undecided it counts as won; the clock had stopped."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY, HOUR
from support.bulletin import (
    EDITOR,
    appeal,
    contribution,
    days_before,
    judge,
    open_bulletin,
    printed,
    proposal,
    refuse,
    second,
)
from support.pure import document
from support.small import Small
from support.year import hand_in

COMMITTEE = "credentials-committee"
JUDGE = "bulletin.judge_appeal"


@pytest.fixture
def small() -> Small:
    """Proposal 1 of a member of A1 is refused, 130 days before."""
    small = open_bulletin()
    small.pure.go_to(days_before(small, 130))
    refuse(small, hand_in(small, small.members["A1"][5]))
    return small


def won(small: Small, number: int = 1) -> bool:
    return not contribution(small, number).refused


def grounds(number: int = 1) -> dict[str, object]:
    return {"contribution": number, "grounds": document("g")}


def judging(decision: str = "upheld") -> dict[str, object]:
    return {"contribution": 1, "decision": decision, "reason": document("r")}


def test_the_author_appeals_within_seven_days(small):
    refused_at = small.pure.time
    author = contribution(small, 1).author
    small.refused(small.members["A1"][6], "bulletin.appeal", "bulletin.appeal_to", **grounds())
    small.refused(author, "bulletin.appeal", "bulletin.appeal_to", **grounds(2))
    kept = hand_in(small, author)
    small.refused(author, "bulletin.appeal", "bulletin.appeal_to", **grounds(kept))
    small.pure.go_to(refused_at + 7 * DAY - 1)
    appeal(small, 1)
    small.refused(author, "bulletin.appeal", "bulletin.appeal_to", **grounds())


def test_later_it_is_too_late(small):
    small.pure.go_to(small.pure.time + 7 * DAY)
    author = contribution(small, 1).author
    small.refused(author, "bulletin.appeal", "bulletin.appeal_within", **grounds())
    assert contribution(small, 1).refused


def test_more_than_half_of_the_five_judges_decide(small):
    appeal(small, 1)
    judges = small.holders(COMMITTEE)
    assert len(judges) == 5
    for member in judges[:2]:
        judge(small, 1, member, "upheld")
        assert not won(small)
    judge(small, 1, judges[2], "dismissed")
    assert not won(small)
    judge(small, 1, judges[3], "upheld")
    assert won(small)
    small.refused(judges[4], JUDGE, "bulletin.appeal_to", **judging())


def test_dismissed_it_stays_refused_for_good(small):
    appeal(small, 1)
    for member in small.holders(COMMITTEE)[:3]:
        judge(small, 1, member, "dismissed")
    small.pure.go_to(days_before(small, 28))
    assert contribution(small, 1).refused
    author = contribution(small, 1).author
    small.refused(author, "bulletin.appeal", "bulletin.appeal_to", **grounds())
    assert all(1 not in issue for issue in printed(small))


def test_each_judge_says_so_once_and_nobody_else_does(small):
    appeal(small, 1)
    first = small.holders(COMMITTEE)[0]
    judge(small, 1, first, "dismissed")
    small.refused(first, JUDGE, "bulletin.appeal_to", **judging("upheld"))
    for by in (
        small.holder("chair"),
        small.holder("steering-committee"),
        small.members["B1"][-1],
    ):
        small.refused(by, JUDGE, "bulletin.appeal_to", **judging())
    assert "own case" in small.refused(
        small.holder(EDITOR), JUDGE, "bulletin.appeal_to", **judging()
    )
    assert "own case" in small.refused(
        contribution(small, 1).author, JUDGE, "bulletin.appeal_to", **judging()
    )


def test_there_is_nothing_to_judge_before_the_appeal(small):
    by = small.holder(COMMITTEE)
    small.refused(by, JUDGE, "bulletin.appeal_to", **judging())
    small.refused(by, JUDGE, "bulletin.appeal_to", **(judging() | {"contribution": 9}))


def test_a_judge_who_is_the_author_is_left_out_of_the_count():
    """Four judges are left of five: two are not more than half of them, three are."""
    small = open_bulletin()
    author, *others = small.holders(COMMITTEE)
    refuse(small, hand_in(small, author))
    appeal(small, 1)
    small.refused(author, JUDGE, "bulletin.appeal_to", **judging())
    judge(small, 1, others[0], "upheld")
    judge(small, 1, others[1], "upheld")
    assert not won(small)
    judge(small, 1, others[2], "upheld")
    assert won(small)


def test_undecided_for_seven_days_it_counts_as_won(small):
    appeal(small, 1)
    judge(small, 1, small.holder(COMMITTEE), "dismissed")
    due = small.pure.time + 7 * DAY
    small.pure.go_to(due - 1)
    assert not won(small)
    small.pure.go_to(due)
    assert won(small)
    refusal = contribution(small, 1).refusal
    assert refusal is not None
    assert refusal.appeal is not None
    assert refusal.appeal.by_default


def test_a_judge_who_left_is_not_counted(small):
    """Two of five find it right; when two who said nothing leave, those two are most of three."""
    appeal(small, 1)
    judges = small.holders(COMMITTEE)
    for member in judges[:2]:
        judge(small, 1, member, "dismissed")
    small.pure.do(judges[3], "membership.resign")
    small.pure.do(judges[4], "offices.lay_down", office=COMMITTEE)
    small.pure.go_to(small.pure.time + 7 * DAY)
    assert not won(small)
    refusal = contribution(small, 1).refusal
    assert refusal is not None
    assert refusal.appeal is not None
    assert not refusal.appeal.by_default


def test_what_a_judge_who_left_had_said_does_not_count(small):
    appeal(small, 1)
    judges = small.holders(COMMITTEE)
    judge(small, 1, judges[0], "dismissed")
    judge(small, 1, judges[1], "dismissed")
    small.pure.do(judges[0], "membership.resign")
    judge(small, 1, judges[2], "dismissed")  # two of the four who are left: no majority
    small.pure.go_to(small.pure.time + 7 * DAY)
    assert won(small)


def test_where_no_judge_is_left_the_author_wins(small):
    appeal(small, 1)
    for member in small.holders(COMMITTEE):
        small.pure.do(member, "membership.resign")
    by = small.holder("steering-committee")  # who stands in for it acts, but does not judge
    small.refused(by, JUDGE, "bulletin.appeal_to", **judging())
    small.pure.go_to(small.pure.time + 7 * DAY)
    assert won(small)


def test_what_was_overturned_cannot_be_refused_again(small):
    appeal(small, 1)
    small.pure.go_to(small.pure.time + 7 * DAY)
    version = contribution(small, 1).latest.text
    again = {
        "contribution": 1,
        "version": version,
        "reason": "unlawful",
        "remark": document("r"),
    }
    small.refused(small.holder(EDITOR), "bulletin.refuse", "bulletin.refused_by", **again)


def test_won_it_is_in_the_next_issue(small):
    appeal(small, 1)
    small.pure.go_to(days_before(small, 110))
    assert printed(small) == [(1,)]


def test_won_after_the_last_issue_it_has_one_of_its_own():
    small = open_bulletin()
    small.pure.go_to(days_before(small, 35) - 1)
    refuse(small, hand_in(small, small.members["A1"][5], "perspective"))
    appeal(small, 1)
    small.pure.go_to(days_before(small, 35))
    assert printed(small) == [(), (), (), ()]
    small.pure.go_to(days_before(small, 28) - 1)
    assert printed(small)[4:] == [(1,)]
    assert not small.state.bulletin.unprinted


def test_the_author_has_as_much_more_time_as_the_refusal_took():
    """Refused 40 days before, won 33 days before: seven days more than until 28 days before."""
    small = open_bulletin(members='"100%"', delegates="60", branches="60")
    small.pure.go_to(days_before(small, 40))
    number = hand_in(small, small.members["A1"][5])
    other = hand_in(small, small.members["A1"][6])
    refuse(small, number)
    appeal(small, number)
    small.pure.go_to(days_before(small, 28))
    assert won(small, number)
    assert proposal(small, other).lapsed == days_before(small, 28)
    assert proposal(small, number).lapsed is None
    small.pure.go_to(days_before(small, 21) - 1)
    second(small, small.members["B1"][5], number)
    small.pure.go_to(days_before(small, 21))
    assert proposal(small, number).lapsed == days_before(small, 21)
    version = contribution(small, number).latest.text
    seconding = {"proposal": number, "version": version}
    by = small.members["B1"][6]
    small.refused(by, "proposals.second", "proposals.seconding_closes", **seconding)


def test_admitted_in_the_time_that_was_given_back_it_does_not_lapse():
    small = open_bulletin(branches="60")
    small.pure.go_to(days_before(small, 40))
    number = hand_in(small, small.members["A1"][5])
    refuse(small, number)
    appeal(small, number)
    small.pure.go_to(days_before(small, 21) - 1)
    for member in small.members["B1"][5:7]:  # 3% of the 60 members
        second(small, member, number)
    small.pure.go_to(days_before(small, 14))
    assert proposal(small, number).lapsed is None
    admission = proposal(small, number).admission
    assert admission is not None
    assert admission.time == days_before(small, 21) - 1


def test_what_reached_a_way_while_it_was_refused_is_admitted_when_the_appeal_is_won():
    """Two of 60 members are not 5%; two of 40 are, and the refusal alone stood in the way."""
    small = open_bulletin(delegates="60", branches="60", members='"5%"')
    number = hand_in(small, small.members["A1"][5])
    for member in small.members["B1"][-2:]:
        second(small, member, number)
    refuse(small, number)
    appeal(small, number)
    for member in [*small.members["A2"], *small.members["B2"]][:20]:
        small.pure.do(member, "membership.resign")
    assert proposal(small, number).admission is None
    small.pure.go_to(small.pure.time + 7 * DAY)
    admission = proposal(small, number).admission
    assert admission is not None
    assert admission.time == small.pure.time


def test_what_had_lapsed_does_not_come_back_by_a_refusal():
    """With an issue 15 days before, a proposal that has lapsed can still be refused."""
    small = open_bulletin(issues="[110, 15]")
    small.pure.go_to(days_before(small, 36))
    number = hand_in(small, small.members["A1"][5])
    small.pure.go_to(days_before(small, 28))
    assert proposal(small, number).lapsed is not None
    refuse(small, number)
    appeal(small, number)
    small.pure.go_to(days_before(small, 21))
    assert won(small, number)
    assert proposal(small, number).lapsed == days_before(small, 28)
    small.pure.go_to(days_before(small, 15))
    assert printed(small) == [(), (number,)]


def test_a_suspended_author_appeals_all_the_same(small):
    author = contribution(small, 1).author
    small.suspend(author)
    appeal(small, 1)
    small.pure.go_to(small.pure.time + 7 * DAY)
    assert won(small)


def test_the_author_has_more_time_for_a_new_version_too():
    small = open_bulletin()
    small.pure.go_to(days_before(small, 35) - HOUR)
    number = hand_in(small, small.members["A1"][5])
    refuse(small, number)
    appeal(small, number)
    small.pure.go_to(days_before(small, 28) - HOUR)
    revised = {"contribution": number, "text": document("mended"), "words": 9}
    small.pure.do(contribution(small, number).author, "bulletin.revise", **revised)
    small.pure.go_to(days_before(small, 28))
    late = {"contribution": number, "text": document("too late"), "words": 9}
    small.refused(contribution(small, number).author, "bulletin.revise", "bulletin.closes", **late)


def test_the_answer_is_due_by_so_much_later():
    small = open_bulletin()
    small.pure.go_to(days_before(small, 36))
    number, other = (hand_in(small, small.members["A1"][5]) for _ in range(2))
    refuse(small, number)
    appeal(small, number)
    for member in small.members["A2"][5:7]:  # 3% of the 60 members
        second(small, member, other)
    small.pure.go_to(days_before(small, 29))
    for member in small.members["A2"][5:7]:
        second(small, member, number)
    small.pure.go_to(days_before(small, 14))
    assert small.state.proposals.answers_missing == (other,)
    small.pure.go_to(days_before(small, 7) - 1)
    assert small.state.proposals.answers_missing == (other,)
    small.pure.go_to(days_before(small, 7))
    assert small.state.proposals.answers_missing == (other, number)
