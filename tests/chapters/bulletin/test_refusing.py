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


def refusal(small: Small, number: int, reason: str = "threat") -> dict[str, object]:
    found = small.state.bulletin.contributions.get(number)
    version = document("never handed in") if found is None else found.versions[-1].text
    return {
        "contribution": number,
        "version": version,
        "reason": reason,
        "remark": document("r"),
    }


@pytest.mark.parametrize(("name", "reasons"), [("open-convention", OPEN), ("closed-slate", CLOSED)])
def test_only_for_a_listed_reason_and_in_ones_name(name, reasons):
    small = open_bulletin(name)
    editor = small.holder(EDITOR)
    for reason in CLOSED:
        number = hand_in(small, small.members["A1"][5], "perspective")
        if reason not in reasons:
            rule = "bulletin.refusal_reasons"
            said = small.refused(editor, "bulletin.refuse", rule, **refusal(small, number, reason))
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
        small.refused(editor, "bulletin.refuse", rule, **refusal(small, number, reason))


def test_nobody_else_refuses(small):
    number = hand_in(small, small.members["A1"][5])
    for by in (
        small.members["A1"][5],
        small.holder("chair"),
        small.holder("steering-committee"),
        small.holder("credentials-committee"),
        small.holder("branch-secretary", "A1"),
    ):
        small.refused(by, "bulletin.refuse", "bulletin.refused_by", **refusal(small, number))
    small.refused(
        small.holder(EDITOR), "bulletin.refuse", "bulletin.refused_by", **refusal(small, 9)
    )


def test_an_editor_does_not_refuse_their_own(small):
    number = hand_in(small, small.holder(EDITOR))
    by = small.holder(EDITOR)
    small.refused(by, "bulletin.refuse", "bulletin.refused_by", **refusal(small, number))


def test_an_editor_whose_rights_rest_refuses_nothing(small):
    number = hand_in(small, small.members["A1"][5])
    editor = small.holder(EDITOR)
    small.suspend(editor)
    small.refused(editor, "bulletin.refuse", "bulletin.refused_by", **refusal(small, number))


def test_what_was_printed_cannot_be_refused_any_more(small):
    number = hand_in(small, small.members["A1"][5], "perspective")
    small.pure.go_to(days_before(small, 110) - 1)
    other = hand_in(small, small.members["A1"][6], "perspective")
    refuse(small, other)
    small.pure.go_to(days_before(small, 110))
    assert printed(small) == [(number,)]
    editor = small.holder(EDITOR)
    small.refused(editor, "bulletin.refuse", "bulletin.refused_by", **refusal(small, number))


def test_what_is_admitted_cannot_be_refused_any_more(small):
    number = hand_in(small, small.members["A1"][5])
    for member in small.members["A2"][5:7]:  # 3% of the 60 members
        second(small, member, number)
    assert proposal(small, number).admission is not None
    editor = small.holder(EDITOR)
    small.refused(editor, "bulletin.refuse", "bulletin.refused_by", **refusal(small, number))


def test_what_was_withdrawn_is_not_refused_and_nothing_twice(small):
    author = small.members["A1"][5]
    first, other = hand_in(small, author), hand_in(small, author)
    small.pure.do(author, "bulletin.withdraw", contribution=first)
    editor = small.holder(EDITOR)
    small.refused(editor, "bulletin.refuse", "bulletin.refused_by", **refusal(small, first))
    refuse(small, other)
    small.refused(
        editor, "bulletin.refuse", "bulletin.refused_by", **refusal(small, other, "unlawful")
    )


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


def test_it_is_the_version_that_was_read_which_is_refused(small):
    author, editor = small.members["A1"][5], small.holder(EDITOR)
    number = hand_in(small, author)
    read = refusal(small, number)
    revise(small, number, "the name is taken out")
    small.pure.do(editor, "bulletin.refuse", **read)
    assert not contribution(small, number).refused
    assert contribution(small, number).latest.text != read["version"]
    second(small, small.members["B1"][5], number)
    seconding = {"proposal": number, "version": read["version"]}
    by = small.members["B1"][6]
    small.refused(by, "proposals.second", "proposals.seconds", **seconding)
    other = refusal(small, number) | {"version": document("never handed in")}
    small.refused(editor, "bulletin.refuse", "bulletin.refused_by", **other)


def test_a_harmless_version_in_print_does_not_shield_a_later_one(small):
    author = small.members["A1"][5]
    number = hand_in(small, author)
    harmless = contribution(small, number).latest.text
    second(small, small.members["B1"][5], number)
    small.pure.go_to(days_before(small, 110))
    threat = revise(small, number, "a threat")
    small.pure.do(small.holder(EDITOR), "bulletin.refuse", **refusal(small, number))
    found = contribution(small, number)
    assert found.refuses(threat)
    assert not found.refused
    assert found.latest.text == harmless
    assert harmless in {s.version for s in proposal(small, number).seconders.values()}
    small.pure.go_to(days_before(small, 35))
    assert printed(small) == [(number,), (), (), ()]


def test_an_overturned_refusal_does_not_shield_a_later_version(small):
    number = hand_in(small, small.members["A1"][5])
    editor = small.holder(EDITOR)
    refuse(small, number)
    appeal(small, number)
    small.pure.go_to(days_before(small, 125))
    assert not contribution(small, number).refused
    revise(small, number, "a threat")
    small.pure.do(editor, "bulletin.refuse", **refusal(small, number))
    assert [one.stands for one in contribution(small, number).refusals] == [False, True]


def test_while_an_appeal_is_open_there_is_no_other_version_and_no_other_refusal(small):
    author, editor = small.members["A1"][5], small.holder(EDITOR)
    number = hand_in(small, author)
    revise(small, number, "a threat")
    refuse(small, number)
    appeal(small, number)
    again = refusal(small, number) | {"version": contribution(small, number).versions[0].text}
    small.refused(editor, "bulletin.refuse", "bulletin.refused_by", **again)
    new = {"contribution": number, "text": document("new"), "words": 9}
    small.refused(author, "bulletin.revise", "bulletin.appeal_decided_within", **new)
