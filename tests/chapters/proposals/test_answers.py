"""The answer in writing: from whom, to what, by when; late and missing ones are shown."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY
from support.bulletin import days_before, open_bulletin, proposal, second
from support.pure import document
from support.small import Small
from support.year import hand_in

RULE = "proposals.answer_from"


@pytest.fixture
def small() -> Small:
    """Proposals 1 and 2 are admitted, 3 is not."""
    small = open_bulletin(delegates="60", branches="60")
    for _ in range(3):
        hand_in(small, small.members["A1"][5])
    for number in (1, 2):
        for member in small.members["B1"][-2:]:
            second(small, member, number)
    assert [proposal(small, n).admission is not None for n in (1, 2, 3)] == [True, True, False]
    return small


def answer(number: int) -> dict[str, object]:
    return {"proposal": number, "text": document(f"answer {number}")}


def missing(small: Small) -> tuple[int, ...]:
    return small.state.proposals.answers_missing


def test_the_steering_committee_owes_it_and_nobody_else_gives_it(small):
    for by in (
        small.members["A1"][5],
        small.holder("chair"),
        small.holder("bulletin-editor"),
        small.holder("credentials-committee"),
    ):
        small.refused(by, "proposals.answer", RULE, **answer(1))
    by = small.holder("steering-committee")
    small.pure.do(by, "proposals.answer", **answer(1))
    found = proposal(small, 1).answer
    assert found is not None
    assert (found.by, found.time, found.text) == (by, small.pure.time, document("answer 1"))


def test_it_is_given_once_and_stands(small):
    first, other = small.holders("steering-committee")[:2]
    small.pure.do(first, "proposals.answer", **answer(1))
    for by in (first, other):
        small.refused(by, "proposals.answer", RULE, proposal=1, text=document("another"))


def test_none_is_owed_to_what_is_not_admitted(small):
    by = small.holder("steering-committee")
    small.refused(by, "proposals.answer", RULE, **answer(3))
    small.refused(by, "proposals.answer", RULE, **answer(9))


def test_what_did_not_come_14_days_before_is_noted_for_good(small):
    by = small.holder("steering-committee")
    small.pure.go_to(days_before(small, 14) - 1)
    small.pure.do(by, "proposals.answer", **answer(1))
    assert missing(small) == ()
    small.pure.go_to(days_before(small, 14))
    assert missing(small) == (2,)
    small.pure.do(by, "proposals.answer", **answer(2))  # a late answer is taken, and shown as late
    found = proposal(small, 2).answer
    assert found is not None
    assert found.time >= days_before(small, 14)
    assert missing(small) == (2,)


def test_an_author_asks_each_branch_once(small):
    author = small.members["A1"][5]
    asking = {"proposal": 3, "branch": "B1"}
    small.pure.do(author, "proposals.ask", **asking)
    small.refused(author, "proposals.ask", "proposals.seconds", **asking)
    small.pure.do(author, "proposals.ask", proposal=3, branch="C2")
    assert [request.branch for request in proposal(small, 3).requests] == ["B1", "C2"]
    small.pure.go_to(small.pure.time + DAY)
    small.refused(author, "proposals.ask", "proposals.seconds", **asking)


def test_only_the_author_asks_for_what_still_needs_it(small):
    author = small.members["A1"][5]
    rule = "proposals.seconds"
    small.refused(small.members["A1"][6], "proposals.ask", rule, proposal=3, branch="B1")
    small.refused(author, "proposals.ask", rule, proposal=3, branch="NOWHERE")
    small.refused(author, "proposals.ask", rule, proposal=1, branch="B1")
    small.refused(author, "proposals.ask", rule, proposal=9, branch="B1")
