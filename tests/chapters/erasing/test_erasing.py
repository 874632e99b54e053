"""A text is erased on request, by whoever the rulebook names, in time; never one still to be voted
on, and never somebody's sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quorate import organisation
from quorate.chapters.calendar import DAY
from quorate.chapters.clause import Erased
from quorate.chapters.erasing.ask import MOST
from quorate.chapters.erasing.judge import parties
from quorate.chapters.erasing.remembers import Request, Written
from quorate.record import entry
from support.bulletin import contribution, open_bulletin, proposal, refuse, second
from support.pure import document, person, pseudonym
from support.small import Small, founded
from support.year import hand_in

RULE = "erasing.decided_by"
TEXT = document("text 0")
"""Of the first contribution that is handed in."""
WHY = {"reason": document("it names me")}


@pytest.fixture
def small() -> Small:
    return with_text()


def with_text(author: str = "", **changed: str) -> Small:
    """The bulletin is open, and somebody has handed in a perspective."""
    small = open_bulletin(**changed)
    hand_in(small, author or small.members["A1"][5], "perspective")
    assert small.state.bulletin.contributions[1].latest.text == TEXT
    return small


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
    small = with_text(undecided=f'"{rule}"')
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
    author = judges(founded())[0]
    small = with_text(author)
    one, two, *_ = judges(small)
    assert one == author
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


def test_what_is_to_go_has_to_be_there(small: Small) -> None:
    """So nobody has a text erased, or a sheet, that somebody is going to hand in."""
    by = small.members["A1"][3]
    small.refused(by, "erasing.ask", RULE, text=document("nowhere"), **WHY)


def test_a_sheet_that_somebody_passed_off_as_a_text_stays(small: Small) -> None:
    """The commitment stands in a text's place first, and in a sheet's afterwards."""
    sheet = person(4711)
    by = small.members["A1"][3]
    small.pure.do(by, "bulletin.hand_in", kind="perspective", text=sheet, words=1)
    asked(small, sheet)
    secretary = small.holder("branch-secretary", "A1")
    fields = {"member": pseudonym(4711), "branch": "A1", "person": sheet}
    small.pure.do(secretary, "membership.admit", **fields)
    judge = judges(small)[0]
    said = small.refused(judge, "erasing.judge", RULE, request=1, decision="upheld", **WHY)
    assert "personal sheet" in said


def test_what_was_erased_does_not_come_back(small: Small) -> None:
    asked(small)
    judged(small, "upheld")
    by = small.members["A1"][5]
    fields = {"kind": "report", "text": TEXT, "words": 9}
    small.refused(by, "bulletin.hand_in", RULE, **fields)
    secretary = small.holder("branch-secretary", "A1")
    fields = {"member": pseudonym(4711), "branch": "A1", "person": TEXT}
    small.refused(secretary, "membership.admit", RULE, **fields)


def test_whoever_wrote_it_or_is_named_by_it_is_a_party(small: Small) -> None:
    """And the grounds of a case stay while a convention is called."""
    editor, author = small.holder("bulletin-editor"), small.members["A1"][5]
    remark = document("a remark")
    version = small.state.bulletin.contributions[1].latest.text
    fields = {"contribution": 1, "version": version, "reason": "threat", "remark": remark}
    small.pure.do(editor, "bulletin.refuse", **fields)
    assert small.state.erasing.written[remark] == Written(editor, "bulletin.refuse", author)
    asking = small.members["C1"][3]
    said = small.refused(asking, "erasing.ask", RULE, text=remark, **WHY)
    assert "stays while a convention is called" in said
    request = Request(1, remark, remark, asking, 0, 0, "credentials-committee", "kept")
    assert parties(small.state, request) == {asking, editor, author}


def test_what_was_refused_stays_while_an_appeal_can_be_made(small: Small) -> None:
    refuse(small, 1)
    asking = small.members["C1"][3]
    said = small.refused(asking, "erasing.ask", RULE, text=TEXT, **WHY)
    assert "an appeal is open or can be made" in said
    small.pure.go_to(small.pure.time + small.state.rules.bulletin.appeal_within * DAY)
    asked(small)


def test_nobody_buries_those_who_judge(small: Small) -> None:
    by = small.members["C1"][3]
    for number in range(MOST + 1):
        hand_in(small, small.members["A1"][5], "report")
        text = small.state.bulletin.contributions[number + 2].latest.text
        if number < MOST:
            asked(small, text, by)
    said = small.refused(by, "erasing.ask", RULE, text=text, **WHY)
    assert "not decided on yet" in said
    asked(small, text, small.members["C1"][4])


def test_why_something_went_never_goes(small: Small) -> None:
    asked(small)
    said = small.refused(small.members["B1"][1], "erasing.ask", RULE, text=WHY["reason"], **WHY)
    assert "stands for good" in said


def test_a_personal_sheet_is_nobodys_text(small: Small) -> None:
    other = small.state.membership.members[small.members["A1"][2]].person
    said = small.refused(small.members["A1"][3], "erasing.ask", RULE, text=other, **WHY)
    assert said == "No text of this record has this commitment."


def proposed(**changed: str) -> tuple[Small, str]:
    """A proposal that two can second into the agenda; its text."""
    small = open_bulletin(delegates="60", branches="60", **changed)
    hand_in(small, small.members["A1"][5])
    return small, small.state.bulletin.contributions[1].latest.text


def admit(small: Small) -> None:
    for member in small.members["B1"][-2:]:
        second(small, member, 1)
    assert proposal(small, 1).admission is not None


def test_what_can_still_be_seconded_and_voted_on_stays() -> None:
    small, text = proposed()
    asking = small.members["C1"][3]
    for _ in range(2):
        said = small.refused(asking, "erasing.ask", RULE, text=text, **WHY)
        assert "can still decide" in said
        if proposal(small, 1).admission is None:
            admit(small)


def test_a_withdrawn_proposal_can_go() -> None:
    small, text = proposed()
    small.pure.do(small.members["A1"][5], "bulletin.withdraw", contribution=1)
    asked(small, text)
    judged(small, "upheld")
    assert gone(small) == [Erased(text)]


def test_what_has_to_stay_at_the_end_of_the_time_can_be_asked_for_again() -> None:
    """Refused for now, and then an appeal brings it back to the table."""
    small, text = proposed(undecided='"erased"')
    refuse(small, 1)
    small.pure.go_to(small.pure.time + small.state.rules.bulletin.appeal_within * DAY)
    by = asked(small, text)
    request = small.state.erasing.requests[1]
    small.pure.state = small.state._replace(
        bulletin=small.state.bulletin._replace(
            contributions=small.state.bulletin.contributions.set(
                1, replace(small.state.bulletin.contributions[1], refusals=())
            )
        )
    )
    judge = judges(small)[0]
    small.refused(judge, "erasing.judge", RULE, request=1, decision="upheld", **WHY)
    small.pure.go_to(request.due)
    request = small.state.erasing.requests[1]
    assert (request.decision, request.by_default) == ("dismissed", True)
    small.pure.do(small.members["A1"][5], "bulletin.withdraw", contribution=1)
    asked(small, text, by)


def test_each_act_is_an_entry_that_reads_back(small: Small) -> None:
    asked(small)
    judged(small, "upheld")
    for occasion, act in small.pure.entries[-3:]:
        assert entry.read(entry.write(occasion, act)).act == act


class TestTheSameTextTwice:
    """Whoever knows a text and its salt, as its author and the keeper do, hands it in once more as
    something that may go."""

    @pytest.mark.parametrize("between", [0, 40])
    @pytest.mark.parametrize("first", ["proposal", "perspective"])
    def test_a_proposal_stays_wherever_its_text_stands_too(self, first: str, between: int) -> None:
        small = open_bulletin()
        other = {"proposal": "perspective", "perspective": "proposal"}[first]
        again = document("twice")
        author, copier = small.members["A1"][5], small.members["B1"][4]
        fields = {"text": again, "words": 3}
        small.pure.do(author, "bulletin.hand_in", kind=first, **fields)
        for _ in range(between):
            hand_in(small, author, "perspective")
        small.pure.do(copier, "bulletin.hand_in", kind=other, **fields)
        by = small.members["C1"][3]
        small.refused(by, "erasing.ask", RULE, text=again, **WHY)

    def test_a_proposals_text_does_not_go_as_a_remark(self) -> None:
        small = open_bulletin()
        author = small.members["A1"][5]
        number = hand_in(small, author, "perspective")
        again = document("twice")
        small.pure.do(
            small.holder("bulletin-editor"),
            "bulletin.refuse",
            contribution=number,
            version=contribution(small, number).latest.text,
            reason="threat",
            remark=again,
        )
        small.pure.do(author, "bulletin.hand_in", kind="proposal", text=again, words=3)
        small.refused(small.members["C1"][3], "erasing.ask", RULE, text=again, **WHY)

    def test_the_grounds_of_a_second_case_stay(self) -> None:
        """The same words against two: one case is over, and the other is not."""
        small = founded()
        one, two = small.members["A1"][6:8]
        judge = small.holder(small.state.rules.membership.suspended_by)
        same = document("why")
        small.suspend(one)
        small.restore(one)
        asker = small.members["C1"][3]
        small.pure.do(judge, "membership.suspend", member=two, reason=same)
        assert small.state.erasing.written[same].about == one
        small.refused(asker, "erasing.ask", RULE, text=same, **WHY)


def test_a_candidates_statement_stays_until_the_election_is_over() -> None:
    small = founded()
    opens = small.pure.time + small.state.rules.elections.nominations_days * DAY
    closes = opens + small.state.rules.elections.poll_days * DAY
    fields = {"office": "branch-secretary", "place": "A1", "opens": opens, "closes": closes}
    small.pure.do(small.holder("branch-secretary", "A1"), "elections.open_poll", **fields)
    election = small.state.elections.elections[1]
    candidate = small.members["A1"][7]
    text = document("why me")
    small.pure.do(
        candidate, "elections.nominate", election=election.number, member=candidate, statement=text
    )
    asker = small.members["C1"][3]
    small.refused(asker, "erasing.ask", RULE, text=text, **WHY)
    small.pure.go_to(small.state.elections.elections[election.number].closes + DAY)
    small.pure.do(asker, "erasing.ask", text=text, **WHY)
