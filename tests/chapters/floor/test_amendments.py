"""Amendments to a proposal: decided before it, each with its outcome, and in force with it."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY
from quorate.chapters.floor.amendments import changes_as_amended, every_adopted_to
from quorate.rulebook.amending import Change
from support.small import Small, founded
from support.year import (
    admit,
    called,
    chair,
    convention,
    decided,
    delegates,
    delegates_elected,
    hand_in,
    led,
    sitting,
)

LONGER = [{"path": "bulletin.appeal_within", "value": 14}]
LONGER_STILL = [{"path": "bulletin.appeal_within", "value": 21}]
NOTICE = [{"path": "floor.notice", "value": 200}]


@pytest.fixture
def small() -> Small:
    return delegates_elected(founded(agenda='"as-numbered"'))


def admitted(small: Small, kind: str = "amendment", **fields: object) -> int:
    number = hand_in(small, delegates(small)[0], kind, **fields)
    admit(small, number)
    return number


def test_an_amendment_to_a_change_of_the_rulebook_changes_what_comes_into_force(small):
    change = admitted(small, amends="rulebook", changes=LONGER)
    amendment = admitted(small, amends="proposal", about=change, changes=LONGER_STILL + NOTICE)
    longest = [{"path": "bulletin.appeal_within", "value": 20}]
    rejected = admitted(small, amends="proposal", about=change, changes=longest)
    sitting(small)
    assert convention(small).agenda == (amendment, rejected, change)
    decided(small, amendment, ["for"] * 12)
    decided(small, rejected, ["against"] * 12)
    decided(small, change, ["for"] * 12, "rulebook")
    led(small)
    small.pure.do(chair(small), "floor.close")
    small.pure.let_fall_due()
    assert small.state.rules.bulletin.appeal_within == 21
    assert small.state.rules.floor.notice == 200


def test_of_two_amendments_to_one_rule_the_later_decides(small):
    change = admitted(small, amends="rulebook", changes=LONGER)
    amendments = [
        admitted(small, amends="proposal", about=change, changes=changes)
        for changes in (NOTICE, LONGER_STILL, [{"path": "floor.notice", "value": 250}])
    ]
    amending = admitted(
        small,
        amends="proposal",
        about=amendments[1],
        changes=[{"path": "floor.notice", "value": 300}],
    )
    sitting(small)
    for number in (amendments[0], amending, amendments[1], amendments[2]):
        decided(small, number, ["for"] * 12)
    assert changes_as_amended(small.state, change) == (
        Change("bulletin.appeal_within", 21),
        Change("floor.notice", 250),
    )


def test_its_words_alone_would_do_nothing(small):
    change = hand_in(small, delegates(small)[0], "amendment", amends="rulebook", changes=LONGER)
    other = hand_in(small, delegates(small)[0])
    fields = {"kind": "amendment", "amends": "proposal", "text": "0" * 64, "words": 3}
    rule = "proposals.may_propose"
    by = delegates(small)[1]
    small.refused(by, "bulletin.hand_in", rule, **fields, about=change)
    small.refused(by, "bulletin.hand_in", rule, **fields, about=other, changes=LONGER)
    small.refused(
        by,
        "bulletin.hand_in",
        rule,
        **fields,
        about=change,
        changes=[{"path": "bulletin.no_such_rule", "value": 3}],
    )


def test_a_proposal_is_not_withdrawn_from_under_an_admitted_amendment(small):
    """Else its author could take the amendment off the agenda, and it would end without a vote."""
    author = delegates(small)[0]
    number = hand_in(small, author)
    amendment = hand_in(small, delegates(small)[1], "amendment", amends="proposal", about=number)
    admit(small, amendment)
    small.refused(author, "bulletin.withdraw", "floor.close", contribution=number)
    other = hand_in(small, author)
    hand_in(small, delegates(small)[1], "amendment", amends="proposal", about=other)
    small.pure.do(author, "bulletin.withdraw", contribution=other)


def test_it_is_carried_out_with_what_it_amends_and_not_where_that_is_rejected(small):
    number = admitted(small, "proposal")
    amendment = admitted(small, amends="proposal", about=number)
    sitting(small)
    decided(small, amendment, ["for"] * 12)
    decided(small, number, ["against"] * 12)
    assert convention(small).items[amendment].outcome == "adopted"
    assert not small.state.followup.tasks


def referred(small: Small, number: int) -> None:
    """The convention refers it for a year."""
    due = small.pure.time + 10**10
    decided(small, number, ["for"] * 12, "referral", owner="steering-committee", due=due)


def over(small: Small) -> None:
    """The leadership is elected and the convention closes."""
    led(small)
    small.pure.do(chair(small), "floor.close")
    small.pure.let_fall_due()


class TestWhatWasAdoptedStandsThoughItsProposalIsDecidedLater:
    """Else whoever loses on an amendment has its proposal referred, and it is gone."""

    def test_after_a_referral(self, small):
        change = admitted(small, amends="rulebook", changes=LONGER)
        amendment = admitted(small, amends="proposal", about=change, changes=LONGER_STILL)
        sitting(small)
        decided(small, amendment, ["for"] * 12)
        referred(small, change)
        over(small)
        sitting(delegates_elected(small))
        assert convention(small).agenda == (change,)
        decided(small, change, ["for"] * 12, "rulebook")
        over(small)
        assert small.state.rules.bulletin.appeal_within == 21

    def test_after_a_convention_that_lapsed(self, small):
        change = admitted(small, amends="rulebook", changes=LONGER)
        amendment = admitted(small, amends="proposal", about=change, changes=LONGER_STILL)
        sitting(small)
        decided(small, amendment, ["for"] * 12)
        days = convention(small).rules.floor.lapses_after
        small.pure.go_to(convention(small).dates.opens + days * DAY)
        assert convention(small).lapsed is not None
        sitting(delegates_elected(small))
        assert convention(small).agenda == (change,)
        decided(small, change, ["for"] * 12, "rulebook")
        over(small)
        assert small.state.rules.bulletin.appeal_within == 21

    def test_a_later_conventions_amendment_goes_on_from_there(self, small):
        """And may say what the proposal said at first: that changes it now."""
        change = admitted(small, amends="rulebook", changes=LONGER + NOTICE)
        first = admitted(small, amends="proposal", about=change, changes=LONGER_STILL)
        sitting(small)
        decided(small, first, ["for"] * 12)
        referred(small, change)
        over(small)
        delegates_elected(small)
        second = admitted(small, amends="proposal", about=change, changes=LONGER)
        sitting(small)
        assert convention(small).agenda == (second, change)
        decided(small, second, ["for"] * 12)
        assert every_adopted_to(small.state, change) == (first, second)
        assert changes_as_amended(small.state, change) == (
            Change("bulletin.appeal_within", 14),
            Change("floor.notice", 200),
        )

    def test_those_of_a_time_are_known_with_the_amendments_to_them(self, small):
        base = admitted(small, "proposal")
        amendment = admitted(small, amends="proposal", about=base)
        to_that = admitted(small, amends="proposal", about=amendment)
        sitting(small)
        before = small.pure.time
        for number in (to_that, amendment, base):
            decided(small, number, ["for"] * 12)
        assert every_adopted_to(small.state, base) == (to_that, amendment)
        assert every_adopted_to(small.state, base, before) == ()


class TestReferring:
    """An amendment is not referred alone: its proposal would be decided without it, and it would
    come back to nothing."""

    REFERRAL = {"question": "referral", "owner": "steering-committee", "due": 2**46}

    def test_an_amendment_alone_is_refused_and_the_proposal_taken_in_its_place(self, small):
        base = admitted(small, "proposal")
        amendment = admitted(small, amends="proposal", about=base)
        to_that = admitted(small, amends="proposal", about=amendment)
        sitting(small)
        for number in (to_that, amendment):
            small.refused(
                chair(small),
                "floor.open_vote",
                "floor.majorities.referral" if number == to_that else "floor.agenda",
                proposal=number,
                **self.REFERRAL,
            )
        referred(small, base)
        outcomes = {n: item.outcome for n, item in convention(small).items.items()}
        assert outcomes == dict.fromkeys((to_that, amendment, base), "referred")
        assert len({item.vote for item in convention(small).items.values()}) == 1
        over(small)

    def test_what_has_an_outcome_keeps_it_and_the_rest_comes_back(self, small):
        base, other = admitted(small, "proposal"), admitted(small, "proposal")
        adopted, rejected, open_still = (
            admitted(small, amends="proposal", about=base) for _ in range(3)
        )
        sitting(small)
        decided(small, adopted, ["for"] * 12)
        decided(small, rejected, ["against"] * 12)
        referred(small, base)
        decided(small, other, ["for"] * 12)
        over(small)
        assert set(small.state.followup.tasks) == {base, other}
        delegates_elected(small)
        new = admitted(small, amends="proposal", about=base)
        sitting(small)
        assert convention(small).agenda == (open_still, new, base)
        assert not convention(small).items
        decided(small, open_still, ["for"] * 12)
        decided(small, new, ["against"] * 12)
        decided(small, base, ["for"] * 12)
        assert every_adopted_to(small.state, base) == (adopted, open_still)

    def test_referred_again_they_come_back_again_and_after_a_lapse_too(self, small):
        base = admitted(small, "proposal")
        amendment = admitted(small, amends="proposal", about=base)
        sitting(small)
        referred(small, base)
        over(small)
        sitting(delegates_elected(small))
        referred(small, base)
        over(small)
        called(small)
        days = convention(small).rules.floor.lapses_after
        small.pure.go_to(convention(small).dates.opens + days * DAY)
        assert convention(small).lapsed is not None
        sitting(delegates_elected(small))
        assert convention(small).agenda == (amendment, base)
        for number in (amendment, base):
            decided(small, number, ["for"] * 12)
        over(small)
        sitting(delegates_elected(small))
        assert convention(small).agenda == ()

    def test_not_carried_it_leaves_both_to_be_decided_in_their_order(self, small):
        base = admitted(small, "proposal")
        amendment = admitted(small, amends="proposal", about=base)
        sitting(small)
        due = small.pure.time + 10**10
        decided(small, base, ["against"] * 12, "referral", owner="steering-committee", due=due)
        assert not convention(small).items
        decided(small, amendment, ["for"] * 12)
        small.refused(
            chair(small),
            "floor.open_vote",
            "floor.majorities.referral",
            proposal=base,
            **self.REFERRAL,
        )
        decided(small, base, ["for"] * 12)

    def test_no_amendment_is_decided_after_what_it_amends(self, small):
        """So nothing referred can come back without what it amends."""
        base = admitted(small, "proposal")
        amendment = admitted(small, amends="proposal", about=base)
        sitting(small)
        small.refused(
            chair(small), "floor.open_vote", "floor.agenda", proposal=base, question="proposal"
        )
        decided(small, amendment, ["for"] * 12)
        decided(small, base, ["for"] * 12)
