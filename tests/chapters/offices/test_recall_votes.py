"""A recall by those who elected: who demands it, when the vote opens, what it remembers."""

from __future__ import annotations

import pytest

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
