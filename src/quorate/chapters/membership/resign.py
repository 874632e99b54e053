"""membership.resign: a member leaves; everything they held ends."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.delegates.seating import vacated
from quorate.chapters.membership.belonging import changed, taken_out
from quorate.chapters.membership.suspensions import no_more_to_come
from quorate.chapters.offices.holding import end_all
from quorate.chapters.proposals.ways import admit_as_things_stand
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Resign:
    """No fields."""


def allowed(state: State, act: Resign, occasion: Occasion) -> Refusal | None:
    member = state.membership.members.get(occasion.by)
    if member is None or member.standing in ("resigned", "expelled"):
        return Refusal(
            "membership.admission", "This membership has ended already.", "Nothing is left to do."
        )
    return None


def change(state: State, act: Resign, occasion: Occasion) -> State:
    member = state.membership.members[occasion.by]
    state = end_all(state, member.id, occasion.time, "left")
    state = vacated(state, member.id, occasion.time)
    state = no_more_to_come(state, member.id)
    gone = member._replace(standing="resigned", reachable=False)
    out = taken_out(state.membership, member)
    state = state._replace(membership=changed(out, gone))
    return admit_as_things_stand(state, occasion)


CLAUSE = Clause(
    name="membership.resign",
    act=Resign,
    who="Any member, for themselves.",
    rules=("membership.admission",),
    changes="The membership ends, with every office and seat held through it.",
    allowed=allowed,
    change=change,
)
