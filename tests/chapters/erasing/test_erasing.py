"""A text is erased on request, by whoever the rulebook names, in time; never one still to be voted
on, and never somebody's sheet."""

from __future__ import annotations

import pytest

from quorate import organisation
from quorate.chapters.calendar import DAY
from quorate.chapters.clause import Erased
from quorate.record import entry
from support.bulletin import open_bulletin, proposal, second
from support.pure import document
from support.small import Small, founded
from support.year import hand_in

RULE = "erasing.decided_by"
TEXT = document("handed in for this")
WHY = {"reason": document("it names me")}


@pytest.fixture
def small() -> Small:
    return founded("open-convention")


def judges(small: Small) -> list[str]:
    return small.holders(small.state.rules.erasing.decided_by)


def asked(small: Small, text: str = TEXT, by: str = "") -> str:
    """Somebody asks; gives who."""
    by = by or small.members["C1"][3]
    small.pure.do(by, "erasing.ask", text=text, **WHY)
    return by


def judged(small: Small, decision: str, request: int = 1) -> None:
    """More than half say so."""
    for judge in judges(small):
        found = small.state.erasing.requests[request]
        if found.decision is None and judge not in found.judgements:
            fields = {"request": request, "decision": decision, **WHY}
            small.pure.do(judge, "erasing.judge", **fields)


def gone(small: Small) -> list[Erased]:
    """What the store was told to remove, entry by entry, as a replay tells it."""
    state, removed = organisation.EMPTY, []
    for occasion, act in small.pure.entries:
        removed += organisation.erased_with(state, act, occasion)
        state = organisation.apply(state, act, occasion)
    assert state == small.state
    return removed


def test_more_than_half_of_the_judges_have_it_erased(small: Small) -> None:
    asked(small)
    first, *others = judges(small)
    small.pure.do(first, "erasing.judge", request=1, decision="upheld", **WHY)
    assert not small.state.erasing.texts
    assert gone(small) == []
    small.refused(first, "erasing.judge", RULE, request=1, decision="upheld", **WHY)
    judged(small, "upheld")
    request = small.state.erasing.requests[1]
    assert (request.decision, request.decided) == ("upheld", small.pure.time)
    assert 2 * len(request.judgements) > len(judges(small))
    assert 2 * (len(request.judgements) - 1) <= len(judges(small)), "nobody more was needed"
    assert dict(small.state.erasing.texts) == {TEXT: 1}
    assert gone(small) == [Erased(TEXT)]
    small.refused(others[-1], "erasing.judge", RULE, request=1, decision="upheld", **WHY)
    assert "erased already" in small.refused(
        small.members["B1"][2], "erasing.ask", RULE, text=TEXT, **WHY
    )


def test_dismissed_it_stays_and_somebody_else_may_ask(small: Small) -> None:
    by = asked(small)
    judged(small, "dismissed")
    assert gone(small) == []
    assert "by request 1" in small.refused(by, "erasing.ask", RULE, text=TEXT, **WHY)
    asked(small, by=small.members["B2"][2])
    small.refused(small.members["B1"][2], "erasing.ask", RULE, text=TEXT, **WHY)
    judged(small, "upheld", 2)
    assert gone(small) == [Erased(TEXT)]


def test_whoever_has_left_may_ask(small: Small) -> None:
    leaver = small.members["B1"][4]
    small.pure.do(leaver, "membership.resign")
    asked(small, by=leaver)
    assert small.state.erasing.requests[1].by == leaver


@pytest.mark.parametrize(("rule", "stays"), [("kept", True), ("erased", False)])
def test_what_is_not_decided_in_time_counts_as_the_rulebook_says(rule: str, stays: bool) -> None:
    small = founded(undecided=f'"{rule}"')
    asked(small)
    due = small.state.erasing.requests[1].due
    assert due == small.pure.time + small.state.rules.erasing.decided_within * DAY
    small.pure.go_to(due - 1)
    assert small.state.erasing.requests[1].decision is None
    small.pure.go_to(due)
    request = small.state.erasing.requests[1]
    assert (request.decision == "dismissed", request.by_default) == (stays, True)
    assert gone(small) == ([] if stays else [Erased(TEXT)])


def test_a_majority_of_those_who_are_left_decides_when_time_is_over(small: Small) -> None:
    asked(small)
    able = judges(small)
    small.pure.do(able[0], "erasing.judge", request=1, decision="upheld", **WHY)
    for leaver in able[1:]:
        small.pure.do(leaver, "membership.resign")
    small.pure.go_to(small.state.erasing.requests[1].due)
    request = small.state.erasing.requests[1]
    assert (request.decision, request.by_default) == ("upheld", False)
    assert gone(small) == [Erased(TEXT)]


def test_nobody_judges_their_own_request_or_their_own_text() -> None:
    small = open_bulletin()
    one, two, *_ = judges(small)
    small.pure.do(one, "bulletin.hand_in", kind="perspective", text=TEXT, words=9)
    asked(small, by=two)
    for party in (one, two):
        said = small.refused(party, "erasing.judge", RULE, request=1, decision="upheld", **WHY)
        assert said == "Nobody judges their own case."
    stranger = small.members["C2"][1]
    small.refused(stranger, "erasing.judge", RULE, request=1, decision="upheld", **WHY)
    for judge in judges(small):
        if judge not in (one, two) and small.state.erasing.requests[1].decision is None:
            small.pure.do(judge, "erasing.judge", request=1, decision="upheld", **WHY)
    assert gone(small) == [Erased(TEXT)]


def test_a_personal_sheet_is_nobodys_text(small: Small) -> None:
    other = small.state.membership.members[small.members["A1"][2]].person
    small.refused(small.members["A1"][3], "erasing.ask", "membership.admission", text=other, **WHY)


def handed_in(small: Small) -> str:
    """A proposal's text."""
    hand_in(small, small.members["A1"][5])
    return small.state.bulletin.contributions[1].latest.text


def admit(small: Small) -> None:
    for member in small.members["B1"][-2:]:
        second(small, member, 1)
    assert proposal(small, 1).admission is not None


def test_a_text_on_which_is_still_to_be_voted_stays() -> None:
    small = open_bulletin(delegates="60", branches="60")
    text = handed_in(small)
    admit(small)
    said = small.refused(small.members["C1"][3], "erasing.ask", RULE, text=text, **WHY)
    assert "still to decide" in said


def test_asked_for_before_it_was_admitted_it_stays_all_the_same() -> None:
    """Neither the judges nor the end of the time take a proposal away before the vote."""
    small = open_bulletin(delegates="60", branches="60", undecided='"erased"')
    text = handed_in(small)
    asked(small, text)
    admit(small)
    judge = judges(small)[0]
    small.refused(judge, "erasing.judge", RULE, request=1, decision="upheld", **WHY)
    small.pure.do(judge, "erasing.judge", request=1, decision="dismissed", **WHY)
    small.pure.go_to(small.state.erasing.requests[1].due)
    assert small.state.erasing.requests[1].decision == "dismissed"
    assert text not in small.state.erasing.texts


def test_each_act_is_an_entry_that_reads_back(small: Small) -> None:
    asked(small)
    judged(small, "upheld")
    for occasion, act in small.pure.entries[-3:]:
        assert entry.read(entry.write(occasion, act)).act == act
