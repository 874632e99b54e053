"""membership.suspend: more than half of the body that may suspend a membership do so.

Each says so in their own name, with a reason in writing. Rights rest from then on, in every worker;
nothing that was done before is undone.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, Pseudonym
from quorate.chapters.membership.voices import RULE, no_voice, with_voice
from quorate.chapters.proposals.ways import admit_as_things_stand
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Suspend:
    """``reason``: why, in writing."""

    member: Pseudonym
    reason: Document


def allowed(state: State, act: Suspend, occasion: Occasion) -> Refusal | None:
    member = state.membership.members.get(act.member)
    if member is None or member.standing != "good":
        return Refusal(RULE, "There is no member in good standing of this pseudonym.", "Check it.")
    return no_voice(state, occasion.by, act.member, occasion.time)


def change(state: State, act: Suspend, occasion: Occasion) -> State:
    state = with_voice(state, occasion.by, act.member, act.reason, "suspended", occasion.time)
    return admit_as_things_stand(state, occasion)


CLAUSE = Clause(
    name="membership.suspend",
    act=Suspend,
    who="The holders of the body or post that the rulebook names, each for themselves.",
    rules=(RULE, "bodies", "posts"),
    changes="Adds a voice; when more than half say so, the member's rights rest until the "
    "membership is restored.",
    allowed=allowed,
    change=change,
)
