"""membership.transfer: a member moves to another branch.

What they held for the old branch ends with it; a frozen roll does not change.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.delegates.seating import vacated
from quorate.chapters.fields import Code
from quorate.chapters.membership.belonging import entered, taken_out
from quorate.chapters.offices.holding import end_all
from quorate.chapters.proposals.ways import admit_as_things_stand
from quorate.chapters.rights import member_in_good_standing
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Transfer:
    """``branch``: the code of the branch to move to."""

    branch: Code


def allowed(state: State, act: Transfer, occasion: Occasion) -> Refusal | None:
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    if act.branch not in state.membership.branches:
        return Refusal("record.subject", f"There is no branch {act.branch}.", "Look up its code.")
    if member.branch == act.branch:
        return Refusal(
            "membership.admission", "You belong to this branch already.", "Nothing is left to do."
        )
    return None


def change(state: State, act: Transfer, occasion: Occasion) -> State:
    member = state.membership.members[occasion.by]
    old = state.membership.branches[member.branch]
    new = state.membership.branches[act.branch]
    left = {old.code} if old.region == new.region else {old.code, old.region}
    state = end_all(state, member.id, occasion.time, "left", frozenset(left))
    state = vacated(state, member.id, occasion.time)
    moved = member._replace(branch=act.branch, in_branch_since=occasion.time)
    state = state._replace(membership=entered(taken_out(state.membership, member), moved))
    return admit_as_things_stand(state, occasion)


CLAUSE = Clause(
    name="membership.transfer",
    act=Transfer,
    who="Any member in good standing, for themselves.",
    rules=("membership.admission", "record.subject"),
    changes="The member belongs to the other branch; seat and offices of the old one end.",
    allowed=allowed,
    change=change,
)
