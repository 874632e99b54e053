"""membership.be_reachable: a member says whether others may write to them; nobody else does."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.membership.belonging import changed
from quorate.chapters.rights import member_in_good_standing
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class BeReachable:
    """``yes``: whether other members may write to this one, through the organisation's mail."""

    yes: bool


def allowed(state: State, act: BeReachable, occasion: Occasion) -> Refusal | None:
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    if member.reachable == act.yes:
        return Refusal("membership.admission", "It is so already.", "Nothing is left to do.")
    return None


def change(state: State, act: BeReachable, occasion: Occasion) -> State:
    member = state.membership.members[occasion.by]._replace(reachable=act.yes)
    return state._replace(membership=changed(state.membership, member))


CLAUSE = Clause(
    name="membership.be_reachable",
    act=BeReachable,
    who="Any member in good standing, for themselves.",
    rules=("membership.admission",),
    changes="Other members may, or may not, write to this one.",
    allowed=allowed,
    change=change,
)
