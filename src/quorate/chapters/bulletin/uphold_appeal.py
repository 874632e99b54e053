"""bulletin.uphold_appeal: an appeal that was not decided in time counts as won.

A judge who has left may have left a majority of the others behind; then that is the decision.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.bulletin.contested import with_appeals_due
from quorate.chapters.bulletin.judge_appeal import found
from quorate.chapters.bulletin.remembers import Appeal, BulletinRefusal
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
    for refusal in state.bulletin.contributions[act.of].contested:
        if refusal.appeal is not None and refusal.appeal.due <= occasion.time:
            state = _decided(state, act.of, refusal, refusal.appeal, occasion)
    return with_appeals_due(state, state.bulletin.contributions[act.of])


def _decided(
    state: State, number: int, refusal: BulletinRefusal, appeal: Appeal, occasion: Occasion
) -> State:
    contribution = state.bulletin.contributions[number]
    said = found(state, contribution, refusal, appeal, occasion.time)
    appeal = replace(
        appeal, decision=said or "upheld", decided=occasion.time, by_default=said is None
    )
    refusal = replace(refusal, appeal=appeal)
    contribution = with_refusal(contribution, refusal)
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
