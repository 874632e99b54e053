"""membership.suspend: a membership is suspended, in somebody's name, with a reason in writing.

Rights rest from this entry on, in every worker; nothing that was done before is undone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, Pseudonym
from quorate.chapters.membership.belonging import changed
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State

RULE = "membership.suspended_by"


@dataclass(frozen=True, slots=True)
class Suspend:
    """``reason``: why, in writing."""

    member: Pseudonym
    reason: Document


def allowed(state: State, act: Suspend, occasion: Occasion) -> Refusal | None:
    member = state.membership.members.get(act.member)
    if member is None or member.standing != "good":
        return Refusal(RULE, "There is no member in good standing of this pseudonym.", "Check it.")
    if act.member == occasion.by:
        return Refusal(RULE, "Nobody suspends themselves.", "Resign, or lay your office down.")
    return needs_office(state, occasion.by, state.rules.membership.suspended_by, RULE)


def change(state: State, act: Suspend, occasion: Occasion) -> State:
    member = replace(state.membership.members[act.member], standing="suspended")
    return replace(state, membership=changed(state.membership, member))


CLAUSE = Clause(
    name="membership.suspend",
    act=Suspend,
    who="A holder of the body or post that the rulebook names.",
    rules=(RULE,),
    changes="The member's rights rest until the membership is restored.",
    allowed=allowed,
    change=change,
)
