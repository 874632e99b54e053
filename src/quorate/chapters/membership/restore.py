"""membership.restore: a suspended membership is in good standing again."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Pseudonym
from quorate.chapters.membership.voices import RULE, no_voice, with_voice
from quorate.chapters.proposals.ways import admit_as_things_stand
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Restore:
    """``member``: the suspended member's pseudonym."""

    member: Pseudonym


def allowed(state: State, act: Restore, occasion: Occasion) -> Refusal | None:
    member = state.membership.members.get(act.member)
    if member is None or member.standing != "suspended":
        return Refusal(RULE, "There is no suspended member of this pseudonym.", "Check it.")
    return no_voice(state, occasion.by, act.member, occasion.time)


def change(state: State, act: Restore, occasion: Occasion) -> State:
    state = with_voice(state, occasion.by, act.member, "", "good", occasion.time)
    return admit_as_things_stand(state, occasion)


CLAUSE = Clause(
    name="membership.restore",
    act=Restore,
    who="The holders of the body or post that the rulebook names, each for themselves.",
    rules=(RULE, "bodies", "posts"),
    changes="Adds a voice; when more than half say so, the member is in good standing again.",
    allowed=allowed,
    change=change,
)
