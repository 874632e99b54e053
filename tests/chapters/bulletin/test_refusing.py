"""Refusal: by whom the rulebook names, in their name, for a listed reason, before the print."""

from __future__ import annotations

import pytest

from support.bulletin import (
    EDITOR,
    appeal,
    contribution,
    days_before,
    open_bulletin,
    printed,
    proposal,
    refuse,
    revise,
    second,
)
from support.pure import document
from support.small import Small
from support.year import hand_in

OPEN = ["unlawful", "personal-data", "threat", "not-a-contribution"]
CLOSED = [*OPEN, "security", "disruptive"]
"""The reasons that the presets list."""


@pytest.fixture
def small() -> Small:
    return open_bulletin()


def refusal(number: int, reason: str = "threat") -> dict[str, object]:
    return {"contribution": number, "reason": reason, "remark": document("r")}


@pytest.mark.parametrize(("name", "reasons"), [("open-convention", OPEN), ("closed-slate", CLOSED)])
def test_only_for_a_listed_reason_and_in_ones_name(name, reasons):
    small = open_bulletin(name)
    editor = small.holder(EDITOR)
    for reason in CLOSED:
        number = hand_in(small, small.members["A1"][5], "perspective")
        if reason not in reasons:
            rule = "bulletin.refusal_reasons"
            said = small.refused(editor, "bulletin.refuse", rule, **refusal(number, reason))
            assert reason in said
            assert not contribution(small, number).refused
            continue
        refuse(small, number, reason)
        found = contribution(small, number).refusal
        assert found is not None
        assert (found.by, found.reason, found.time) == (editor, reason, small.pure.time)
    number = hand_in(small, small.members["A1"][5], "perspective")
    for reason in ("too-long", "i-do-not-like-it"):
        rule = "bulletin.refusal_reasons"
        small.refused(editor, "bulletin.refuse", rule, **refusal(number, reason))


def test_nobody_else_refuses(small):
    number = hand_in(small, small.members["A1"][5])
    for by in (
        small.members["A1"][5],
        small.holder("chair"),
        small.holder("steering-committee"),
        small.holder("credentials-committee"),
        small.holder("branch-secretary", "A1"),
    ):
        small.refused(by, "bulletin.refuse", "bulletin.refused_by", **refusal(number))
    small.refused(small.holder(EDITOR), "bulletin.refuse", "bulletin.refused_by", **refusal(9))


def test_an_editor_does_not_refuse_their_own(small):
    number = hand_in(small, small.holder(EDITOR))
    by = small.holder(EDITOR)
    small.refused(by, "bulletin.refuse", "bulletin.refused_by", **refusal(number))


def test_an_editor_whose_rights_rest_refuses_nothing(small):
    number = hand_in(small, small.members["A1"][5])
    editor = small.holder(EDITOR)
    small.suspend(editor)
    small.refused(editor, "bulletin.refuse", "bulletin.refused_by", **refusal(number))


def test_what_was_printed_cannot_be_refused_any_more(small):
    number = hand_in(small, small.members["A1"][5], "perspective")
    small.pure.go_to(days_before(small, 110) - 1)
    other = hand_in(small, small.members["A1"][6], "perspective")
    refuse(small, other)
    small.pure.go_to(days_before(small, 110))
    assert printed(small) == [(number,)]
    editor = small.holder(EDITOR)
    small.refused(editor, "bulletin.refuse", "bulletin.refused_by", **refusal(number))
    revise(small, number, "the same with a comma")
    small.refused(editor, "bulletin.refuse", "bulletin.refused_by", **refusal(number))


def test_what_is_admitted_cannot_be_refused_any_more(small):
    number = hand_in(small, small.members["A1"][5])
    for member in small.members["A2"][5:7]:  # 3% of the 60 members
        second(small, member, number)
    assert proposal(small, number).admission is not None
    editor = small.holder(EDITOR)
    small.refused(editor, "bulletin.refuse", "bulletin.refused_by", **refusal(number))


def test_what_was_withdrawn_is_not_refused_and_nothing_twice(small):
    author = small.members["A1"][5]
    first, other = hand_in(small, author), hand_in(small, author)
    small.pure.do(author, "bulletin.withdraw", contribution=first)
    editor = small.holder(EDITOR)
    small.refused(editor, "bulletin.refuse", "bulletin.refused_by", **refusal(first))
    refuse(small, other)
    small.refused(editor, "bulletin.refuse", "bulletin.refused_by", **refusal(other, "unlawful"))


def test_it_stays_listed_and_is_neither_seconded_nor_printed_nor_changed(small):
    author = small.members["A1"][5]
    number = hand_in(small, author)
    version = contribution(small, number).latest.text
    refuse(small, number)
    seconding = {"proposal": number, "version": version}
    by = small.members["B1"][5]
    small.refused(by, "proposals.second", "proposals.seconds", **seconding)
    small.refused(author, "proposals.ask", "proposals.seconds", proposal=number, branch="B1")
    revised = {"contribution": number, "text": document("n"), "words": 9}
    small.refused(author, "bulletin.revise", "bulletin.closes", **revised)
    small.refused(author, "bulletin.withdraw", "bulletin.opens", contribution=number)
    small.pure.go_to(days_before(small, 28))
    assert printed(small) == [(), (), (), ()]
    assert contribution(small, number).refused
    assert proposal(small, number).lapsed is None  # it was refused, and is shown as that


def test_a_refusal_does_not_hold_back_what_others_wrote(small):
    number = hand_in(small, small.members["A1"][5], "perspective")
    reply = hand_in(small, small.members["A1"][6], "reply", about=number)
    refuse(small, number)
    appeal(small, number)
    small.pure.go_to(days_before(small, 110))
    assert reply in printed(small)[0]
