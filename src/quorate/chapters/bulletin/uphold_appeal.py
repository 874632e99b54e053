"""bulletin.uphold_appeal: an appeal that nobody decided in time counts as won."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.bulletin.reprieve import upheld
from quorate.chapters.bulletin.standing import with_contribution
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class UpholdAppeal:
    """``of``: the contribution."""

    of: Number


def allowed(state: State, act: UpholdAppeal, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: UpholdAppeal, occasion: Occasion) -> State:
    contribution = state.bulletin.contributions[act.of]
    state = replace(state, calendar=state.calendar.strike(CLAUSE.name, act.of))
    refusal = contribution.refusal
    if refusal is None or refusal.appeal is None:
        return state
    appeal = replace(refusal.appeal, decision="upheld", decided=occasion.time, by_default=True)
    contribution = replace(contribution, refusal=replace(refusal, appeal=appeal))
    return upheld(with_contribution(state, contribution), contribution, occasion)


CLAUSE = Clause(
    name="bulletin.uphold_appeal",
    act=UpholdAppeal,
    who="Nobody: it falls due when an appeal was not decided in time.",
    rules=("bulletin.appeal_decided_within",),
    changes="The refusal is overturned.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
