"""A recall by those who elected: who demands it, when the vote opens, what it remembers."""

from __future__ import annotations

import pytest

from quorate.chapters.calendar import DAY
from quorate.chapters.offices.demand_recall import enough
from support.pure import document
from support.small import Small, founded


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
    small = founded(voice_after=str(days))
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
    small = founded(voice_after="30")
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
    small = founded(voice_after="30")
    small.pure.go_to(small.pure.time + 31 * DAY)
    secretary = small.holder("branch-secretary", "C2")
    own = next(member for member in small.members["C2"] if member != secretary)
    assert demand(small, own, "C2", secretary) is None
    new = crowd(small)[0]
    refusal = small.pure.tried(new, "offices.vote_recall", recall=1, choice=small.pure.seal("for"))
    assert refusal is not None
    assert refusal.rule == "recall.voice_after"


def test_a_region_s_organiser_is_recalled_by_those_who_have_been_there_too() -> None:
    small = founded(voice_after="30")
    small.pure.go_to(small.pure.time + 31 * DAY)
    organiser = small.holder("regional-organiser", "C")
    new = crowd(small)[0]
    refusal = demand(small, new, "C", organiser, "regional-organiser")
    assert refusal is not None
    assert refusal.rule == "recall.voice_after"
