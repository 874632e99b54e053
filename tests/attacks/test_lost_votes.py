"""The keeper makes sealed votes disappear while a vote or a poll is open. Nobody gains by it: what
could have turned the result decides nothing, and is held again.

Here a choice is lost because its opening is forgotten; tests/attacks/test_by_hand_in_the_database
has the same done to a real database.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.chapters.calendar import DAY, MINUTE
from quorate.chapters.floor.counted import counted
from quorate.chapters.floor.remembers import Vote
from quorate.rulebook.schema import Majority
from support.caught import VERIFY, caught_by
from support.pure import document
from support.small import Small, founded
from support.year import apportioned as shared_out
from support.year import (
    branch_elections,
    cast,
    chair,
    convention,
    delegates,
    delegates_elected,
    led,
    nominated,
    opened_vote,
    poll,
    proposed,
    sitting,
    vote_all_alike,
)
from support.year import called as called_year


@pytest.fixture
def small() -> Small:
    """A convention that sits, with one proposal on its agenda."""
    small = delegates_elected(founded(agenda='"as-numbered"'))
    proposed(small, 1)
    return sitting(small)


def lose(small: Small, commitment: str) -> None:
    """The keeper deletes the row of a sealed choice."""
    # Something else takes its place: salts are made from how many there are.
    small.pure.sealed[f"was {commitment}"] = small.pure.sealed.pop(commitment)


def voted(small: Small, choices: list[str], question: str = "proposal", **fields: object) -> int:
    """The number of a vote in which the delegates have voted so, still open."""
    number = opened_vote(small, 1, question, **fields)
    for member, choice in zip(delegates(small), choices, strict=True):
        cast(small, number, member, choice)
    return number


def closed(small: Small, number: int, lost: list[str]) -> Vote:
    """The vote, counted, after the votes of these seats were deleted."""
    for seat in lost:
        lose(small, small.state.floor.votes[number].sealed[seat].choice)
    small.pure.go_to(small.pure.time + 2 * MINUTE)
    small.pure.do(chair(small), "floor.close_vote", vote=number)
    small.pure.let_fall_due()
    return small.state.floor.votes[number]


def seats_that_said(small: Small, number: int, choice: str) -> list[str]:
    sealed = small.state.floor.votes[number].sealed
    return sorted(s for s, v in sealed.items() if small.pure.sealed[v.choice][0] == choice)


class TestOnTheFloor:
    @caught_by(VERIFY)
    def test_deleting_the_votes_for_does_not_reject(self, small: Small) -> None:
        number = voted(small, ["for"] * 7 + ["against"] * 5)
        found = closed(small, number, seats_that_said(small, number, "for"))
        assert found.tally is not None
        assert found.tally.undecided
        assert not found.tally.carried
        assert len(found.lost) == 7
        assert 1 not in convention(small).items

    @caught_by(VERIFY)
    def test_deleting_the_votes_against_does_not_adopt(self, small: Small) -> None:
        number = voted(small, ["for"] * 5 + ["against"] * 7)
        found = closed(small, number, seats_that_said(small, number, "against"))
        assert found.tally is not None
        assert found.tally.undecided
        assert not found.tally.carried
        assert 1 not in convention(small).items
        assert 1 not in small.state.followup.tasks

    def test_it_is_put_to_the_vote_again_and_then_decided(self, small: Small) -> None:
        number = voted(small, ["for"] * 7 + ["against"] * 5)
        closed(small, number, seats_that_said(small, number, "for"))
        led(small)
        because = small.refused(chair(small), "floor.close", "floor.close")
        assert "without an outcome: 1" in because
        again = voted(small, ["for"] * 7 + ["against"] * 5)
        found = closed(small, again, [])
        assert found.tally is not None
        assert found.tally.carried
        assert convention(small).items[1].outcome == "adopted"
        assert convention(small).items[1].vote == again
        small.pure.do(chair(small), "floor.close")

    def test_what_could_not_have_turned_it_does_not_stop_it(self, small: Small) -> None:
        number = voted(small, ["for"] * 10 + ["against"] * 2)
        found = closed(small, number, seats_that_said(small, number, "for")[:3])
        assert found.tally is not None
        assert found.tally.carried
        assert not found.tally.undecided
        assert len(found.tally.lost) == 3
        assert convention(small).items[1].outcome == "adopted"

    def test_a_referral_can_be_put_again_too(self, small: Small) -> None:
        about = {"owner": "steering-committee", "due": small.pure.time + 300 * DAY}
        number = voted(small, ["for"] * 7 + ["against"] * 5, "referral", **about)
        closed(small, number, seats_that_said(small, number, "for"))
        again = voted(small, ["for"] * 7 + ["against"] * 5, "referral", **about)
        closed(small, again, [])
        assert convention(small).items[1].outcome == "referred"

    def test_a_replaced_vote_that_is_lost_turns_nothing_and_is_named(self, small: Small) -> None:
        number = voted(small, ["for"] * 7 + ["against"] * 5)
        first = small.state.floor.votes[number].sealed["A1-1"].choice
        cast(small, number, delegates(small)[0], "for", "mistake")
        lose(small, first)
        found = closed(small, number, [])
        assert found.replaced_lost == ("A1-1/1",)
        assert found.tally is not None
        assert found.tally.carried
        assert found.tally.lost == ()

    def test_what_a_replaced_vote_was_is_opened(self, small: Small) -> None:
        number = voted(small, ["for"] * 7 + ["against"] * 5)
        cast(small, number, delegates(small)[0], "abstain", "mistake")
        cast(small, number, delegates(small)[0], "against", "changed-my-mind")
        found = closed(small, number, [])
        assert dict(found.replaced) == {"A1-1/1": "for", "A1-1/2": "abstain"}
        assert found.opened_choices["A1-1"] == "against"
        assert found.tally is not None
        assert (found.tally.in_favour, found.tally.against) == (6, 6)


def carried(in_favour: int, against: int, rule: Majority) -> bool:
    """The plain meaning of a majority of the votes for and against."""
    if not in_favour:
        return False
    share = Fraction(in_favour, in_favour + against)
    return share > rule.share if rule.strictly else share >= rule.share


@given(
    st.integers(0, 7),
    st.integers(0, 7),
    st.integers(0, 6),
    st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)]),
    st.booleans(),
)
def test_undecided_is_what_some_fate_of_the_lost_would_change(
    in_favour: int, against: int, lost: int, share: Fraction, strictly: bool
) -> None:
    """Every way in which the lost votes could have been for, against or abstaining is tried."""
    rule = Majority(share=share, of="cast", strictly=strictly)
    said = ["for"] * in_favour + ["against"] * against
    tally = counted(
        said,  # type: ignore[arg-type]
        present=30,
        seats=30,
        majority=rule,
        lost=tuple(str(n) for n in range(lost)),
        spoilt=(),
    )
    fates = {
        carried(in_favour + fate.count("for"), against + fate.count("against"), rule)
        for fate in product(("for", "against", "abstain"), repeat=lost)
    }
    assert tally.undecided == (len(fates) == 2)
    assert tally.carried == (fates == {True})


class TestElections:
    @caught_by(VERIFY)
    def test_an_office_of_the_convention_is_elected_anew(self, small: Small) -> None:
        election = poll(small, "chair")
        standing = delegates(small)[:2]
        for member in standing:
            small.pure.do(member, "elections.nominate", election=election.number, member=member)
        small.pure.go_to(election.opens)
        vote_all_alike(small, election.number, delegates(small))
        found = small.state.elections.elections[election.number]
        lose(small, next(iter(found.sealed.values())).choice)
        small.pure.go_to(election.closes)
        small.pure.let_fall_due()
        found = small.state.elections.elections[election.number]
        assert found.void
        assert found.result is None
        assert len(found.lost) == 1
        again = small.state.elections.elections[found.anew or 0]
        assert [c.member for c in again.standing] == standing
        assert again.closes - again.opens == election.closes - election.opens
        vote_all_alike(small, again.number, delegates(small))
        small.pure.go_to(again.closes)
        small.pure.let_fall_due()
        result = small.state.elections.elections[again.number].result
        assert result is not None
        assert result.elected == (standing[0],)
        from quorate.chapters.floor.close import owed_elections

        assert "chair" not in owed_elections(small.state, convention(small))

    def test_the_convention_does_not_close_over_it(self, small: Small) -> None:
        from quorate.chapters.floor.close import owed_elections

        election = poll(small, "chair")
        member = delegates(small)[0]
        small.pure.do(member, "elections.nominate", election=election.number, member=member)
        small.pure.go_to(election.opens)
        vote_all_alike(small, election.number, delegates(small))
        sealed = small.state.elections.elections[election.number].sealed
        lose(small, next(iter(sealed.values())).choice)
        small.pure.go_to(election.closes)
        small.pure.let_fall_due()
        assert "chair" in owed_elections(small.state, convention(small))

    def test_a_branch_elects_its_delegates_anew(self) -> None:
        small = nominated(shared_out(called_year(founded(agenda='"as-numbered"'))))
        small.pure.go_to(convention(small).dates.election_opens)
        for election in branch_elections(small):
            voters = [m for m in small.members[election.place] if m in election.voters]
            vote_all_alike(small, election.number, voters)
        robbed = branch_elections(small)[0]
        lose(small, next(iter(robbed.sealed.values())).choice)
        small.pure.go_to(robbed.closes)
        small.pure.let_fall_due()
        robbed = small.state.elections.elections[robbed.number]
        assert robbed.void
        assembly = small.state.delegates.assemblies[1]
        assert assembly.delegations[robbed.place].election == robbed.anew
        seats = assembly.delegations[robbed.place].seats
        assert all(assembly.seats[seat].holder is None for seat in seats)
        again = small.state.elections.elections[robbed.anew or 0]
        voters = [m for m in small.members[again.place] if m in again.voters]
        vote_all_alike(small, again.number, voters)
        small.pure.go_to(again.closes)
        small.pure.let_fall_due()
        assembly = small.state.delegates.assemblies[1]
        assert all(assembly.seats[seat].holder is not None for seat in seats)


class TestRecalls:
    def demanded(self, small: Small) -> int:
        """The number of an open recall vote of branch A1 on its secretary."""
        secretary = small.holder("branch-secretary", "A1")
        for member in small.members["A1"]:
            if member != secretary and not small.state.offices.votes:
                small.pure.do(
                    member,
                    "offices.demand_recall",
                    office="branch-secretary",
                    place="A1",
                    member=secretary,
                    reason=document("why"),
                )
        return len(small.state.offices.votes)

    @caught_by(VERIFY)
    def test_it_is_held_again_by_itself(self) -> None:
        small = founded()
        number = self.demanded(small)
        secretary = small.holder("branch-secretary", "A1")
        for member in small.members["A1"][:9]:
            small.pure.do(
                member, "offices.vote_recall", recall=number, choice=small.pure.seal("for")
            )
        for sealed in small.state.offices.votes[number].sealed.values():
            lose(small, sealed.choice)
        small.pure.go_to(small.state.offices.votes[number].closes)
        small.pure.let_fall_due()
        found = small.state.offices.votes[number]
        assert found.tally is not None
        assert found.tally.undecided
        assert small.holder("branch-secretary", "A1") == secretary
        again = small.state.offices.votes[number + 1]
        assert again.voters == found.voters
        assert again.closes - again.opened == found.closes - found.opened
        for member in small.members["A1"][:9]:
            small.pure.do(
                member, "offices.vote_recall", recall=again.number, choice=small.pure.seal("for")
            )
        small.pure.go_to(again.closes)
        small.pure.let_fall_due()
        assert ("branch-secretary", "A1") not in small.state.offices.now
