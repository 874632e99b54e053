"""membership.take_effect: a suspension that was decided takes effect, so many days later.

It never does while a convention sits: then it waits until that is over.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.membership.belonging import changed
from quorate.chapters.membership.suspensions import (
    TAKES_EFFECT,
    no_more_to_come,
    put_off,
    whose,
)
from quorate.chapters.proposals.ways import admit_as_things_stand
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class TakeEffect:
    """``of``: the entry that admitted the member."""

    of: Number


def allowed(state: State, act: TakeEffect, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: TakeEffect, occasion: Occasion) -> State:
    if put_off(state):
        return state._replace(calendar=state.calendar.strike(TAKES_EFFECT, act.of))
    member = whose(state, act.of)
    state = no_more_to_come(state, member)
    suspended = state.membership.members[member]._replace(standing="suspended")
    # Whoever has said that it be taken back has said so of the suspension, not of its date.
    voices = state.membership.voices
    membership = changed(state.membership, suspended)._replace(voices=voices)
    return admit_as_things_stand(state._replace(membership=membership), occasion)


CLAUSE = Clause(
    name=TAKES_EFFECT,
    act=TakeEffect,
    who="Nobody: it falls due so many days after a suspension was decided.",
    rules=("membership.suspension_after",),
    changes="The member's rights rest until the membership is restored; while a convention sits "
    "nothing changes until it is over.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
