"""A recall by those who elected: who demands it, when the vote opens, what it remembers."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY
from quorate.chapters.offices.demand_recall import enough
from support.pure import document
from support.small import Small, founded, founded_with, rules_text
from support.year import convention, delegates, delegates_elected, sitting


@pytest.fixture
def small() -> Small:
    return founded()


def test_whoever_may_vote_can_read_why_it_was_demanded(small: Small) -> None:
    secretary = small.holder("branch-secretary", "A1")
    about = {"office": "branch-secretary", "place": "A1", "member": secretary}
    others = [member for member in small.members["A1"] if member != secretary]
    needed = enough(small.state, tuple(small.members["A1"]))
    assert needed == 4  # a fifth of sixteen
    for place, member in enumerate(others[:needed]):
        assert not small.state.offices.votes
        reason = document(f"reason {place}")
        small.pure.do(member, "offices.demand_recall", **about, reason=reason)
    assert dict(small.state.offices.votes[1].reasons) == {
        member: document(f"reason {place}") for place, member in enumerate(others[:needed])
    }


def test_only_those_who_elected_demand_it(small: Small) -> None:
    secretary = small.holder("branch-secretary", "A1")
    about = {"office": "branch-secretary", "place": "A1", "member": secretary}
    small.refused(
        small.members["B1"][-1],
        "offices.demand_recall",
        "posts.branch-secretary",
        **about,
        reason=document("why"),
    )


def demand(small: Small, by: str, place: str, member: str, office: str = "branch-secretary"):
    about = {"office": office, "place": place, "member": member}
    return small.pure.tried(by, "offices.demand_recall", reason=document("why"), **about)


def crowd(small: Small) -> list[str]:
    """Eight of A1, where there are sixteen, move to C2, where there are five."""
    busy = {h.member for held in small.state.offices.now.values() for h in held}
    moving = [member for member in small.members["A1"] if member not in busy][:8]
    for member in moving:
        small.pure.do(member, "membership.transfer", branch="C2")
    return moving


@pytest.mark.parametrize("days", [0, 30])
def test_nobody_recalls_a_secretary_by_moving_to_the_branch_for_it(days: int) -> None:
    small = founded(recall__voice_after=str(days))
    small.pure.go_to(small.pure.time + 31 * DAY)
    secretary = small.holder("branch-secretary", "C2")
    refusals = [demand(small, member, "C2", secretary) for member in crowd(small)[:3]]
    if not days:
        assert refusals == [None] * 3
        assert small.state.offices.votes[1].reasons
        return
    assert {refusal and refusal.rule for refusal in refusals} == {"recall.voice_after"}
    assert not small.state.offices.votes
    own = next(member for member in small.members["C2"] if member != secretary)
    assert demand(small, own, "C2", secretary) is None
    vote = small.state.offices.votes[1]  # a fifth of the five who have a voice
    assert sorted(vote.voters) == sorted(small.members["C2"])


def test_they_have_a_voice_at_the_instant_at_which_the_days_are_over() -> None:
    small = founded(recall__voice_after="30")
    small.pure.go_to(small.pure.time + 31 * DAY)
    secretary = small.holder("branch-secretary", "C2")
    first, second, *_ = crowd(small)
    small.pure.go_to(small.pure.time + 30 * DAY - 1)
    small.refused(
        first,
        "offices.demand_recall",
        "recall.voice_after",
        office="branch-secretary",
        place="C2",
        member=secretary,
        reason=document("why"),
    )
    small.pure.go_to(small.pure.time + 1)
    assert demand(small, first, "C2", secretary) is None
    assert demand(small, second, "C2", secretary) is None


def test_whoever_comes_after_the_vote_has_opened_has_no_vote_in_it() -> None:
    small = founded(recall__voice_after="30")
    small.pure.go_to(small.pure.time + 31 * DAY)
    secretary = small.holder("branch-secretary", "C2")
    own = next(member for member in small.members["C2"] if member != secretary)
    assert demand(small, own, "C2", secretary) is None
    new = crowd(small)[0]
    refusal = small.pure.tried(new, "offices.vote_recall", recall=1, choice=small.pure.seal("for"))
    assert refusal is not None
    assert refusal.rule == "recall.voice_after"


def test_a_region_s_organiser_is_recalled_by_those_who_have_been_there_too() -> None:
    small = founded(recall__voice_after="30")
    small.pure.go_to(small.pure.time + 31 * DAY)
    organiser = small.holder("regional-organiser", "C")
    new = crowd(small)[0]
    refusal = demand(small, new, "C", organiser, "regional-organiser")
    assert refusal is not None
    assert refusal.rule == "recall.voice_after"


def on_the_floor(rule: str = "floor") -> tuple[Small, str]:
    """A convention that sits, twelve seats present, and the vote on somebody's recall open."""
    text = rules_text("open-convention")
    small = sitting(
        delegates_elected(founded_with(text.replace('quorum = "floor"', f'quorum = "{rule}"')))
    )
    member = small.holder("steering-committee")
    demanded(small, member)
    return small, member


def demanded(small: Small, member: str) -> None:
    """A fifth of the twelve seats demand it, and no more can."""
    others = [who for who in delegates(small) if who != member]
    for by in others[:3]:
        assert demand(small, by, "", member, "steering-committee") is None


def voted(small: Small, number: int, choices: list[str]) -> None:
    for who, choice in zip(delegates(small), choices, strict=False):
        small.pure.do(who, "offices.vote_recall", recall=number, choice=small.pure.seal(choice))
    small.pure.go_to(small.state.offices.votes[number].closes)
    small.pure.let_fall_due()


@pytest.mark.parametrize(
    ("rule", "choices", "recalled"),
    [
        ("floor", ["for"] * 6, True),
        ("floor", ["for"] * 5, False),
        ("floor", ["for"] + ["abstain"] * 5, True),  # who abstains has voted
        ("floor", ["for"], False),
        ("none", ["for"], True),
    ],
)
def test_as_many_seats_vote_as_the_convention_needs_to_decide(rule, choices, recalled) -> None:
    small, member = on_the_floor(rule)
    voted(small, 1, choices)
    vote = small.state.offices.votes[1]
    assert vote.tally is not None
    assert vote.tally.carried == recalled
    assert vote.tally.too_few == (not recalled)
    assert (member in small.holders("steering-committee")) != recalled
    assert len(small.state.offices.votes) == 1  # it is not held again by itself


def test_where_enough_voted_against_it_is_not_carried_and_not_undecided() -> None:
    small, member = on_the_floor()
    voted(small, 1, ["against"] * 6)
    tally = small.state.offices.votes[1].tally
    assert tally is not None
    assert (tally.carried, tally.undecided) == (False, False)
    assert member in small.holders("steering-committee")


def test_what_too_few_voted_on_is_not_demanded_again_at_that_convention() -> None:
    """Otherwise a fifth of the seats could keep it from closing, by one vote after the other."""
    small, member = on_the_floor()
    voted(small, 1, ["for"] * 5)
    refusal = demand(small, delegates(small)[1], "", member, "steering-committee")
    assert refusal is not None
    assert refusal.rule == "recall.quorum"
    days = convention(small).rules.floor.lapses_after
    small.pure.go_to(convention(small).dates.opens + days * DAY)
    sitting(delegates_elected(small))
    demanded(small, member)
    assert small.state.offices.votes[2].quorum == 6


def test_it_is_not_demanded_when_too_few_are_there_to_vote() -> None:
    small = sitting(delegates_elected(founded()))
    member = small.holder("steering-committee")
    there = delegates(small)
    for leaving in there[5:]:
        small.pure.do(leaving, "floor.leave")
    by = next(who for who in there[:5] if who != member)
    refusal = demand(small, by, "", member, "steering-committee")
    assert refusal is not None
    assert refusal.rule == "recall.quorum"
    assert "5 seats are present; 6 must be" in refusal.because
    small.pure.do(there[5], "floor.arrive")
    assert demand(small, by, "", member, "steering-committee") is None


def test_a_branch_has_no_quorum() -> None:
    small = founded()
    secretary = small.holder("branch-secretary", "C2")
    own = next(member for member in small.members["C2"] if member != secretary)
    assert demand(small, own, "C2", secretary) is None
    assert small.state.offices.votes[1].quorum == 0
