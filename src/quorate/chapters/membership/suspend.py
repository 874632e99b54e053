"""membership.suspend: more than half of the body that may suspend a membership do so.

Each says so in their own name, with a reason in writing. Rights rest so many days later as the
rulebook says, or from then on where it says none; nothing that was done before is undone.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, Pseudonym
from quorate.chapters.membership import suspensions
from quorate.chapters.membership.belonging import changed
from quorate.chapters.membership.voices import RULE, no_voice, with_voice
from quorate.chapters.plain import on
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
    begins = suspensions.to_come(state, act.member)
    if begins is not None:
        return Refusal(
            "membership.suspension_after",
            f"Their suspension is decided; it takes effect on {on(begins)}, or when a convention "
            "that sits then is over.",
            "Until then, whoever decides it can take it back with membership.restore.",
        )
    return no_voice(state, occasion.by, act.member, occasion.time)


def change(state: State, act: Suspend, occasion: Occasion) -> State:
    state, decided = with_voice(state, occasion.by, act.member, act.reason, occasion.time)
    if decided and state.rules.membership.suspension_after:
        return suspensions.decided(state, act.member, occasion.time)
    if decided:
        member = state.membership.members[act.member]._replace(standing="suspended")
        state = state._replace(membership=changed(state.membership, member))
    return admit_as_things_stand(state, occasion)


CLAUSE = Clause(
    name="membership.suspend",
    act=Suspend,
    who="The holders of the body or post that the rulebook names, each for themselves.",
    rules=(RULE, "membership.suspension_after", "bodies", "posts"),
    changes="Adds a voice; when more than half say so, it is decided: so many days later the "
    "member's rights rest until the membership is restored.",
    allowed=allowed,
    change=change,
)
