"""lots.commit: a member commits to a number that only they know."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number, SealedNumber
from quorate.chapters.lots.call import with_draw
from quorate.chapters.plain import on
from quorate.chapters.rights import member_in_good_standing
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Commit:
    """``number``: the commitment; number and salt stay with the member until all are in."""

    draw: Number
    number: SealedNumber


def allowed(state: State, act: Commit, occasion: Occasion) -> Refusal | None:
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    draw = state.lots.draws.get(act.draw)
    if draw is None or draw.public:
        return Refusal("lots.source", "Members draw no lot of this number.", "Check the number.")
    if occasion.time >= draw.commit_until:
        return Refusal(
            "lots.commit_hours",
            f"Numbers could be committed to until {on(draw.commit_until)}.",
            "Wait for the draw.",
        )
    if occasion.by in draw.commitments:
        return Refusal("lots.source", "You have committed to a number.", "It cannot be changed.")
    if act.number in draw.commitments.values():
        return Refusal("lots.source", "Somebody committed to just this.", "Choose your own number.")
    return None


def change(state: State, act: Commit, occasion: Occasion) -> State:
    draw = state.lots.draws[act.draw]
    commitments = draw.commitments.set(occasion.by, act.number)
    return with_draw(state, replace(draw, commitments=commitments))


CLAUSE = Clause(
    name="lots.commit",
    act=Commit,
    who="Any member in good standing, once.",
    rules=("lots.source", "lots.commit_hours", "membership.admission"),
    changes="The member's commitment stands; it cannot be changed or taken back.",
    allowed=allowed,
    change=change,
)
