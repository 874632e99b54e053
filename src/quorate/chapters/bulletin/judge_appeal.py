"""bulletin.judge_appeal: each judge says what they find; more than half of them decide.

Whoever refused it, and the author, do not judge.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from quorate.chapters.bulletin.contested import RULE, rules_for, under_appeal, with_appeals_due
from quorate.chapters.bulletin.remembers import Appeal, BulletinRefusal, Contribution, Judgement
from quorate.chapters.bulletin.reprieve import upheld
from quorate.chapters.bulletin.standing import with_contribution, with_refusal
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, Hash, Number
from quorate.chapters.judging import cannot_judge, found_by, judges
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class JudgeAppeal:
    """``reason``: the judge's, in writing. ``version``: the commitment of the refused text; it may
    be left out where only one appeal is open."""

    contribution: Number
    decision: Judgement
    reason: Document
    version: Hash | Literal[""] = ""


def judges_of(
    state: State, contribution: Contribution, refusal: BulletinRefusal, time: int
) -> frozenset[str]:
    """Who may judge an appeal against this refusal at ``time`` (ms)."""
    office = rules_for(state, contribution.number).bulletin.appeal_to
    return judges(state, office, (contribution.author, refusal.by), time)


def found(
    state: State, contribution: Contribution, refusal: BulletinRefusal, appeal: Appeal, time: int
) -> Judgement | None:
    """What more than half of those who judge it now have said, if they have."""
    return found_by(appeal.judgements, judges_of(state, contribution, refusal, time))


def allowed(state: State, act: JudgeAppeal, occasion: Occasion) -> Refusal | None:
    contribution = state.bulletin.contributions.get(act.contribution)
    refusal = None if contribution is None else under_appeal(contribution, act.version)
    if isinstance(refusal, Refusal):
        return refusal
    if contribution is None or refusal is None or refusal.appeal is None:
        return Refusal(RULE, "There is no such appeal to decide.", "Look at the list.")
    return cannot_judge(
        state,
        occasion.by,
        rule=RULE,
        office=rules_for(state, act.contribution).bulletin.appeal_to,
        parties=(contribution.author, refusal.by),
        able=judges_of(state, contribution, refusal, occasion.time),
        given=refusal.appeal.judgements,
    )


def change(state: State, act: JudgeAppeal, occasion: Occasion) -> State:
    contribution = state.bulletin.contributions[act.contribution]
    refusal = under_appeal(contribution, act.version)
    if refusal is None or isinstance(refusal, Refusal) or refusal.appeal is None:
        return state
    judgements = refusal.appeal.judgements.set(occasion.by, (act.decision, act.reason))
    appeal = replace(refusal.appeal, judgements=judgements)
    decision = found(state, contribution, refusal, appeal, occasion.time)
    if decision is not None:
        appeal = replace(appeal, decision=decision, decided=occasion.time)
    refusal = replace(refusal, appeal=appeal)
    contribution = with_refusal(contribution, refusal)
    state = with_appeals_due(with_contribution(state, contribution), contribution)
    return upheld(state, contribution, occasion) if decision == "upheld" else state


CLAUSE = Clause(
    name="bulletin.judge_appeal",
    act=JudgeAppeal,
    who="The holders of the body that the rulebook names, each for themselves.",
    rules=(RULE, "bodies", "posts"),
    changes="Adds a judgement; when more than half agree, the refusal is overturned or stands.",
    allowed=allowed,
    change=change,
)
