"""Handing in, revising, withdrawing: whose, when, how long, and what stays beside what."""

from __future__ import annotations

import pytest

from support.bulletin import (
    contribution,
    days_before,
    open_bulletin,
    printed,
    proposal,
    revise,
    second,
)
from support.pure import document
from support.small import Small, founded
from support.year import admit, called, convention, delegates_elected, hand_in

KINDS = ["proposal", "perspective", "report"]
AMENDING = {"kind": "amendment", "text": document("t"), "words": 9}


@pytest.fixture
def small() -> Small:
    return open_bulletin()


def fields(**changed: object) -> dict[str, object]:
    return {"kind": "proposal", "text": document("t"), "words": 9} | changed


@pytest.mark.parametrize("kind", KINDS)
def test_any_member_hands_in_and_has_a_number_at_once(small, kind):
    author = small.members["C2"][-1]
    assert hand_in(small, author, kind) == 1
    found = contribution(small, 1)
    assert (found.author, found.branch, found.kind) == (author, "C2", kind)
    assert found.convention == convention(small).number
    assert found.latest.entry == small.state.size - 1
    assert found.latest.time == small.pure.time
    assert (1 in small.state.proposals.proposals) == (kind == "proposal")
    assert hand_in(small, author, kind) == 2


def test_it_is_open_from_140_to_35_days_before():
    small = called(founded())
    author = small.members["A1"][5]
    small.pure.go_to(days_before(small, 140) - 1)
    small.refused(author, "bulletin.hand_in", "bulletin.opens", **fields())
    small.pure.go_to(days_before(small, 140))
    small.pure.do(author, "bulletin.hand_in", **fields())
    small.pure.go_to(days_before(small, 35) - 1)
    small.pure.do(author, "bulletin.hand_in", **fields(text=document("u")))
    small.pure.go_to(days_before(small, 35))
    small.refused(author, "bulletin.hand_in", "bulletin.closes", **fields(text=document("v")))
    revised = {"contribution": 1, "text": document("w"), "words": 9}
    small.refused(author, "bulletin.revise", "bulletin.closes", **revised)


def test_before_the_call_there_is_no_bulletin():
    small = founded()
    small.refused(small.members["A1"][5], "bulletin.hand_in", "bulletin.opens", **fields())


def test_only_members_in_good_standing(small):
    member = small.members["A1"][-1]
    small.suspend(member)
    small.refused(member, "bulletin.hand_in", "membership.admission", **fields())
    left = small.members["A1"][-2]
    small.pure.do(left, "membership.resign")
    small.refused(left, "bulletin.hand_in", "membership.admission", **fields())


def test_the_longest_text_that_is_allowed(small):
    author = small.members["B1"][5]
    small.pure.do(author, "bulletin.hand_in", **fields(words=100_000))
    small.refused(author, "bulletin.hand_in", "bulletin.words", **fields(words=100_001))
    revised = {"contribution": 1, "text": document("longer")}
    small.refused(author, "bulletin.revise", "bulletin.words", words=100_001, **revised)
    small.pure.do(author, "bulletin.revise", words=100_000, **revised)


def test_where_only_delegates_may_propose_others_write_perspectives():
    small = delegates_elected(founded(may_propose='"delegates"'))
    seated = small.state.delegates.assemblies[1].seated
    outside = next(m for m in small.everyone if m not in seated)
    small.refused(outside, "bulletin.hand_in", "proposals.may_propose", **fields())
    amendment = AMENDING | {"amends": "programme"}
    small.refused(outside, "bulletin.hand_in", "proposals.may_propose", **amendment)
    assert hand_in(small, outside, "perspective") == 1
    assert hand_in(small, min(seated)) == 2


def test_a_reply_names_what_is_there(small):
    author = small.members["A2"][5]
    small.refused(author, "bulletin.hand_in", "bulletin.opens", **fields(kind="reply"))
    for kind in ("reply", "perspective", "report"):
        small.refused(author, "bulletin.hand_in", "record.subject", **fields(kind=kind, about=1))
    hand_in(small, author, "perspective")
    assert contribution(small, hand_in(small, author, "reply", about=1)).about == 1


@pytest.mark.parametrize("amends", ["programme", "rulebook", "proposal"])
def test_an_amendment_is_about_nothing_that_is_not_there(small, amends):
    change = ({"path": "bulletin.words", "value": 900},) if amends == "rulebook" else ()
    given = AMENDING | {"amends": amends, "changes": change}
    author = small.members["A2"][5]
    for about in (1, 7):
        small.refused(author, "bulletin.hand_in", "record.subject", **given, about=about)
    assert not small.state.bulletin.contributions


def test_an_amendment_says_what_it_amends(small):
    author = small.members["A2"][5]
    rule = "proposals.may_propose"
    change = ({"path": "bulletin.words", "value": 900},)
    small.refused(author, "bulletin.hand_in", rule, **AMENDING)
    small.refused(author, "bulletin.hand_in", rule, **AMENDING, amends="rulebook")
    programme = AMENDING | {"amends": "programme"}
    small.refused(author, "bulletin.hand_in", rule, **programme, changes=change)
    small.refused(author, "bulletin.hand_in", "bulletin.opens", **fields(amends="programme"))
    small.refused(author, "bulletin.hand_in", "bulletin.opens", **fields(changes=change))
    small.refused(author, "bulletin.hand_in", rule, **AMENDING, amends="proposal")
    hand_in(small, author, "report")
    small.refused(author, "bulletin.hand_in", rule, **AMENDING, amends="proposal", about=1)
    hand_in(small, author)
    small.pure.do(author, "bulletin.hand_in", **AMENDING, amends="proposal", about=2)
    small.pure.do(author, "bulletin.withdraw", contribution=2)
    small.refused(author, "bulletin.hand_in", rule, **AMENDING, amends="proposal", about=2)


@pytest.mark.parametrize(
    "changes",
    [
        [{"path": "bulletin.wrods", "value": 900}],
        [{"path": "bulletin.words", "value": "many"}],
        [{"path": "bulletin.words", "value": 100_000}],
        [{"path": "posts.bulletin-editor", "value": None}],
        [{"path": "bulletin.wrods", "value": None}, {"path": "bulletin.words", "value": 900}],
    ],
    ids=["misspelt", "wrong type", "nothing changed", "still named", "misspelt removal"],
)
def test_a_rulebook_that_could_not_stand_is_not_handed_in(small, changes):
    author = small.members["A2"][5]
    given = AMENDING | {"amends": "rulebook", "changes": changes}
    small.refused(author, "bulletin.hand_in", "proposals.may_propose", **given)
    given["changes"] = [{"path": "bulletin.words", "value": 900}]
    small.pure.do(author, "bulletin.hand_in", **given)
    revised = {"contribution": 1, "text": document("again"), "words": 9, "changes": changes}
    small.refused(author, "bulletin.revise", "proposals.may_propose", **revised)


def test_a_new_version_stays_beside_the_old_one(small):
    number = hand_in(small, small.members["A1"][5])
    first = contribution(small, number).latest
    second(small, small.members["A2"][5], number)
    small.pure.go_to(days_before(small, 100))
    later = revise(small, number, "a better text")
    versions = contribution(small, number).versions
    assert [v.text for v in versions] == [first.text, later]
    assert versions[0] == first
    assert versions[1].time == small.pure.time
    named = proposal(small, number).seconders[small.members["A2"][5]]
    assert named.version == first.text  # who seconded supports the text that they read


def test_nobody_else_changes_or_withdraws_it(small):
    number = hand_in(small, small.members["A1"][5])
    other = small.members["A1"][6]
    for by in (other, small.holder("bulletin-editor"), small.holder("chair")):
        revised = {"contribution": number, "text": document("mine"), "words": 9}
        small.refused(by, "bulletin.revise", "bulletin.closes", **revised)
        small.refused(by, "bulletin.withdraw", "bulletin.opens", contribution=number)
    small.refused(other, "bulletin.withdraw", "bulletin.opens", contribution=number + 1)


def test_what_is_withdrawn_stays_listed_and_is_not_printed(small):
    author = small.members["A1"][5]
    number = hand_in(small, author)
    kept = hand_in(small, author)
    small.pure.do(author, "bulletin.withdraw", contribution=number)
    small.refused(author, "bulletin.withdraw", "bulletin.opens", contribution=number)
    revised = {"contribution": number, "text": document("again"), "words": 9}
    small.refused(author, "bulletin.revise", "bulletin.closes", **revised)
    small.pure.go_to(days_before(small, 110))
    assert contribution(small, number).withdrawn is not None
    assert printed(small) == [(kept,)]


def test_what_is_admitted_is_the_text_that_was_seconded():
    small = delegates_elected(founded())
    number = hand_in(small, small.members["A1"][-1])
    admit(small, number)
    author = contribution(small, number).author
    revised = {"contribution": number, "text": document("sharper"), "words": 9}
    small.refused(author, "bulletin.revise", "bulletin.closes", **revised)
    small.refused(author, "bulletin.withdraw", "bulletin.opens", contribution=number)


def test_only_an_amendment_to_the_rulebook_changes_rules(small):
    number = hand_in(small, small.members["A1"][5])
    author = contribution(small, number).author
    revised = {"contribution": number, "text": document("x"), "words": 9}
    revised["changes"] = [{"path": "bulletin.words", "value": 900}]
    small.refused(author, "bulletin.revise", "proposals.may_propose", **revised)
