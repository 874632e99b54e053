"""Votes of the floor: by roll call, sealed until the close, one a seat, in exact fractions."""

from __future__ import annotations

import pytest

from quorate import organisation
from quorate.chapters.calendar import DAY
from quorate.chapters.clause import RULEBOOK, Occasion
from quorate.chapters.fields import Opening
from quorate.record import entry
from support.small import Small, founded
from support.year import (
    assembly,
    cast,
    chair,
    closed_vote,
    convention,
    credentialed,
    decided,
    delegates,
    delegates_elected,
    opened_vote,
    proposed,
    sitting,
    with_two_proposals,
)


@pytest.fixture
def small() -> Small:
    return with_two_proposals()


class TestPuttingToTheVote:
    def test_the_chair_puts_the_next_item_and_no_other(self, small):
        small.refused(
            delegates(small)[0],
            "floor.open_vote",
            "floor.chaired_by",
            proposal=1,
            question="proposal",
        )
        because = small.refused(
            chair(small), "floor.open_vote", "floor.agenda", proposal=2, question="proposal"
        )
        assert "Proposal 1 is next" in because
        opened_vote(small, 1)

    def test_one_vote_at_a_time(self, small):
        opened_vote(small, 1)
        small.refused(
            chair(small),
            "floor.open_vote",
            "floor.chaired_by",
            proposal=1,
            question="proposal",
        )

    def test_the_kind_of_question_follows_from_what_it_changes(self, small):
        for question in ("programme", "rulebook"):
            small.refused(
                chair(small),
                "floor.open_vote",
                "floor.majorities.proposal",
                proposal=1,
                question=question,
            )

    def test_nothing_is_put_before_the_opening(self):
        small = delegates_elected(founded())
        number = proposed(small)[0]
        small.refused(
            chair(small),
            "floor.open_vote",
            "floor.called_by",
            proposal=number,
            question="proposal",
        )

    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"owner": "steering-committee"},
            {"due": 2**46},
            {"owner": "steering-committee", "due": 1000},
            {"owner": "nobody-at-all", "due": 2**46},
            {"owner": "branch-secretary", "due": 2**46},
        ],
    )
    def test_a_referral_names_an_owner_and_a_date_to_come(self, small, fields):
        small.refused(
            chair(small),
            "floor.open_vote",
            "floor.majorities.referral",
            proposal=1,
            question="referral",
            **fields,
        )

    def test_only_a_referral_names_them(self, small):
        small.refused(
            chair(small),
            "floor.open_vote",
            "floor.majorities.referral",
            proposal=1,
            question="proposal",
            owner="steering-committee",
        )

    def test_everything_has_its_outcome_in_the_end(self, small):
        decided(small, 1, ["for"] * 12)
        decided(small, 2, ["against"] * 12)
        items = convention(small).items
        assert (items[1].outcome, items[2].outcome) == ("adopted", "rejected")
        small.refused(
            chair(small),
            "floor.open_vote",
            "floor.agenda",
            proposal=1,
            question="proposal",
        )


class TestVoting:
    def test_until_the_close_nothing_shows_how_it_stands(self, small):
        vote = opened_vote(small, 1)
        for member, choice in zip(delegates(small), ["for", "against", "abstain"], strict=False):
            cast(small, vote, member, choice)
        found = small.state.floor.votes[vote]
        assert found.tally is None
        assert not found.opened_choices
        written = [entry.write(occasion, act) for occasion, act in small.pure.entries]
        assert not any(b'"choice":"against"' in line for line in written)
        choices = dict(closed_vote(small, vote).opened_choices)
        assert choices == {"A1-1": "for", "A1-2": "against", "A1-3": "abstain"}

    def test_who_sits_in_no_seat_has_no_vote(self, small):
        vote = opened_vote(small, 1)
        small.refused(
            small.members["A1"][-1],
            "floor.vote",
            "delegates.method",
            vote=vote,
            choice=small.pure.seal("for"),
        )

    def test_who_is_not_present_has_none_now(self, small):
        vote, member = opened_vote(small, 1), delegates(small)[0]
        small.pure.do(member, "floor.leave")
        small.refused(
            member, "floor.vote", "floor.quorum", vote=vote, choice=small.pure.seal("for")
        )

    def test_a_suspended_delegate_has_none_from_that_entry_on(self, small):
        vote = opened_vote(small, 1)
        member = next(m for m in delegates(small) if m != chair(small))
        small.suspend(member)
        small.refused(
            member,
            "floor.vote",
            "membership.admission",
            vote=vote,
            choice=small.pure.seal("for"),
        )

    def test_no_such_vote_and_none_that_is_closed(self, small):
        member = delegates(small)[0]
        choice = small.pure.seal("for")
        small.refused(member, "floor.vote", "floor.majorities", vote=7, choice=choice)
        vote = opened_vote(small, 1)
        closed_vote(small, vote)
        small.refused(member, "floor.vote", "floor.majorities", vote=vote, choice=choice)
        small.refused(chair(small), "floor.close_vote", "floor.chaired_by", vote=vote)

    def test_nobody_copies_a_sealed_vote(self, small):
        vote = opened_vote(small, 1)
        first, second = delegates(small)[:2]
        copied = small.pure.seal("for")
        small.pure.do(first, "floor.vote", vote=vote, choice=copied)
        small.refused(second, "floor.vote", "floor.majorities", vote=vote, choice=copied)

    def test_a_second_vote_needs_a_reason_replaces_the_first_and_leaves_it_visible(self, small):
        vote, member = opened_vote(small, 1), delegates(small)[0]
        first = small.pure.seal("for")
        rule = "floor.majorities"
        small.refused(member, "floor.vote", rule, vote=vote, choice=first, reason="mistake")
        small.pure.do(member, "floor.vote", vote=vote, choice=first)
        second = small.pure.seal("against")
        small.refused(member, "floor.vote", rule, vote=vote, choice=second)
        small.refused(member, "floor.vote", rule, vote=vote, choice=second, reason="stepped-in")
        small.pure.do(member, "floor.vote", vote=vote, choice=second, reason="mistake")
        sealed = small.state.floor.votes[vote].sealed["A1-1"]
        assert sealed.before == ((first, "mistake"),)
        found = closed_vote(small, vote)
        assert dict(found.opened_choices) == {"A1-1": "against"}
        assert (found.tally.in_favour, found.tally.against) == (0, 1)

    def test_a_seat_has_one_vote_whoever_sits_in_it(self, small):
        vote, holder = opened_vote(small, 1), assembly(small).seats["A1-1"].holder
        cast(small, vote, holder, "for")
        small.pure.do(holder, "delegates.give_way")
        small.refused(
            holder,
            "floor.vote",
            "delegates.method",
            vote=vote,
            choice=small.pure.seal("against"),
            reason="mistake",
        )
        alternate = assembly(small).delegations["A1"].alternates[0]
        small.pure.do(alternate, "delegates.step_in", seat="A1-1")
        credentialed(small, "A1-1")
        small.pure.do(alternate, "floor.arrive")
        choice = small.pure.seal("against")
        for reason in ("", "mistake"):
            small.refused(
                alternate,
                "floor.vote",
                "floor.majorities",
                vote=vote,
                choice=choice,
                reason=reason,
            )
        small.pure.do(alternate, "floor.vote", vote=vote, choice=choice, reason="stepped-in")
        assert dict(closed_vote(small, vote).opened_choices) == {"A1-1": "against"}


class TestClosing:
    def test_nobody_but_the_chair_closes(self, small):
        vote = opened_vote(small, 1)
        small.refused(delegates(small)[0], "floor.close_vote", "floor.chaired_by", vote=vote)

    def test_no_vote_is_hurried_while_a_present_seat_has_not_voted(self, small):
        vote = opened_vote(small, 1)
        for member in delegates(small)[:-1]:
            cast(small, vote, member, "for")
        because = small.refused(chair(small), "floor.close_vote", "floor.vote_minutes", vote=vote)
        assert because == "1 seat present and not voted yet: C2-1."
        cast(small, vote, delegates(small)[-1], "for")
        small.pure.do(chair(small), "floor.close_vote", vote=vote)

    def test_after_the_minutes_it_can_be_closed_with_seats_that_did_not_vote(self, small):
        vote = opened_vote(small, 1)
        for member in delegates(small)[:6]:
            cast(small, vote, member, "abstain")
        found = closed_vote(small, vote)
        assert (found.tally.base, found.tally.carried) == (0, False)
        assert convention(small).items[1].outcome == "rejected"

    def test_with_fewer_votes_than_the_quorum_nothing_is_decided(self, small):
        """Whoever is there and does not vote takes no part; nobody rejects by nobody voting."""
        vote = opened_vote(small, 1)
        for member in delegates(small)[:5]:
            cast(small, vote, member, "for")
        found = closed_vote(small, vote)
        assert (found.tally.in_favour, found.tally.too_few, found.tally.carried) == (5, True, False)
        assert 1 not in convention(small).items
        small.refused(chair(small), "floor.close", "floor.close")
        again = closed_vote(small, opened_vote(small, 1))
        assert again.tally.too_few
        assert decided(small, 1, ["for"] * 6).tally.carried
        assert convention(small).items[1].outcome == "adopted"

    def test_a_referral_on_which_too_few_voted_can_be_put_again(self, small):
        fields = {"owner": "steering-committee", "due": small.pure.time + 100 * DAY}
        assert decided(small, 1, ["for"] * 5, "referral", **fields).tally.too_few
        assert decided(small, 1, ["for"] * 7, "referral", **fields).tally.carried

    def test_under_the_closed_slate_the_chair_closes_at_will(self):
        small = delegates_elected(founded("closed-slate", delegates="3"))
        number = proposed(small)[0]
        vote = opened_vote(sitting(small), number)
        small.pure.do(chair(small), "floor.close_vote", vote=vote)

    def test_a_vote_that_cannot_be_opened_is_named_and_counts_for_nobody(self, small):
        vote, (first, second) = opened_vote(small, 1), delegates(small)[:2]
        cast(small, vote, first, "for")
        cast(small, vote, second, "for")
        del small.pure.sealed[small.state.floor.votes[vote].sealed["A1-1"].choice]
        found = closed_vote(small, vote)
        assert found.lost == found.tally.lost == ("A1-1",)
        assert (found.tally.in_favour, found.tally.against) == (1, 0)

    def test_a_vote_that_says_nothing_is_spoilt(self, small):
        vote, (first, second) = opened_vote(small, 1), delegates(small)[:2]
        cast(small, vote, first, "maybe")
        cast(small, vote, second, "against")
        found = closed_vote(small, vote)
        assert found.spoilt == ("A1-1",)
        assert found.tally.base == 1

    def test_openings_must_be_just_what_was_sealed(self, small):
        vote = opened_vote(small, 1)
        for member in delegates(small):
            cast(small, vote, member, "against")
        small.pure.do(chair(small), "floor.close_vote", vote=vote)
        due = organisation.fallen_due(small.state, small.pure.time)
        honest = small.pure.falling_due(due)
        occasion = Occasion(small.state.size, small.pure.time, RULEBOOK)
        first, *rest = honest.openings
        turned = Opening(first.whose, "for", first.salt)
        read = organisation.CLAUSES["floor.open_votes"].act
        for openings, lost in (
            ((turned, *rest), ()),
            (tuple(rest), ()),
            (honest.openings, (first.whose,)),
            ((first, first, *rest), ()),
        ):
            refusal = organisation.decide(
                small.state, read(of=vote, openings=openings, lost=lost), occasion
            )
            assert refusal is not None
            assert refusal.rule == "floor.majorities"
        assert organisation.decide(small.state, honest, occasion) is None
        by_chair = Occasion(small.state.size, small.pure.time, chair(small))
        assert organisation.decide(small.state, honest, by_chair).rule == "record.due"


class TestReferring:
    DUE = 2**46

    def test_a_referral_carried_is_an_outcome_with_owner_and_date(self, small):
        decided(
            small,
            1,
            ["for"] * 7 + ["against"] * 5,
            "referral",
            owner="steering-committee",
            due=self.DUE,
        )
        item = convention(small).items[1]
        assert (item.outcome, item.owner, item.due) == ("referred", "steering-committee", self.DUE)

    def test_a_referral_not_carried_leaves_the_item_to_be_decided(self, small):
        decided(small, 1, ["against"] * 12, "referral", owner="steering-committee", due=self.DUE)
        assert 1 not in convention(small).items
        decided(small, 1, ["for"] * 12)
        assert convention(small).items[1].outcome == "adopted"
