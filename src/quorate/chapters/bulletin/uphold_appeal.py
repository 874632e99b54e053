"""bulletin.uphold_appeal: an appeal that was not decided in time counts as won.

A judge who has left may have left a majority of the others behind; then that is the decision.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.bulletin.judge_appeal import found
from quorate.chapters.bulletin.reprieve import upheld
from quorate.chapters.bulletin.standing import with_contribution, with_refusal
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
    state = state._replace(calendar=state.calendar.strike(CLAUSE.name, act.of))
    refusal = contribution.refusal
    if refusal is None or refusal.appeal is None:
        return state
    said = found(state, contribution, refusal, refusal.appeal, occasion.time)
    appeal = replace(
        refusal.appeal,
        decision=said or "upheld",
        decided=occasion.time,
        by_default=said is None,
    )
    contribution = with_refusal(contribution, replace(refusal, appeal=appeal))
    state = with_contribution(state, contribution)
    return state if said == "dismissed" else upheld(state, contribution, occasion)


CLAUSE = Clause(
    name="bulletin.uphold_appeal",
    act=UpholdAppeal,
    who="Nobody: it falls due when an appeal was not decided in time.",
    rules=("bulletin.appeal_decided_within",),
    changes="The refusal is overturned, unless most of the judges who are left found it right.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
