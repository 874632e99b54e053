"""membership.restore: a suspended membership is in good standing again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Pseudonym
from quorate.chapters.membership.belonging import changed
from quorate.chapters.membership.suspend import RULE
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Restore:
    """``member``: the suspended member's pseudonym."""

    member: Pseudonym


def allowed(state: State, act: Restore, occasion: Occasion) -> Refusal | None:
    member = state.membership.members.get(act.member)
    if member is None or member.standing != "suspended":
        return Refusal(RULE, "There is no suspended member of this pseudonym.", "Check it.")
    return needs_office(state, occasion.by, state.rules.membership.suspended_by, RULE)


def change(state: State, act: Restore, occasion: Occasion) -> State:
    member = replace(state.membership.members[act.member], standing="good")
    return replace(state, membership=changed(state.membership, member))


CLAUSE = Clause(
    name="membership.restore",
    act=Restore,
    who="A holder of the body or post that the rulebook names.",
    rules=(RULE,),
    changes="The member is in good standing again.",
    allowed=allowed,
    change=change,
)
