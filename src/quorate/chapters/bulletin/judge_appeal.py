"""bulletin.judge_appeal: each judge says what they find; more than half of them decide.

Whoever refused it, and the author, do not judge.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.bulletin.appeal import rules_for
from quorate.chapters.bulletin.remembers import Appeal, BulletinRefusal, Contribution, Judgement
from quorate.chapters.bulletin.reprieve import upheld
from quorate.chapters.bulletin.standing import with_contribution, with_refusal
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, Number
from quorate.chapters.rights import judges, settled, term_over, title_of
from quorate.chapters.state import State

RULE = "bulletin.appeal_to"


@dataclass(frozen=True, slots=True)
class JudgeAppeal:
    """``reason``: the judge's, in writing."""

    contribution: Number
    decision: Judgement
    reason: Document


def judges_of(
    state: State, contribution: Contribution, refusal: BulletinRefusal, time: int
) -> frozenset[str]:
    """Who may judge an appeal against this refusal at ``time`` (ms)."""
    office = rules_for(state, contribution.number).bulletin.appeal_to
    return judges(state, office, (contribution.author, refusal.by), time)


def _open_appeal(state: State, number: int) -> tuple[Contribution, BulletinRefusal, Appeal] | None:
    contribution = state.bulletin.contributions.get(number)
    if contribution is None or contribution.refusal is None:
        return None
    appeal = contribution.refusal.appeal
    if appeal is None or appeal.decision is not None:
        return None
    return contribution, contribution.refusal, appeal


def found(
    state: State, contribution: Contribution, refusal: BulletinRefusal, appeal: Appeal, time: int
) -> Judgement | None:
    """What more than half of those who judge it now have said, if they have."""
    able = judges_of(state, contribution, refusal, time)
    return settled(
        (said for judge, (said, _) in appeal.judgements.items() if judge in able), len(able)
    )


def allowed(state: State, act: JudgeAppeal, occasion: Occasion) -> Refusal | None:
    opened = _open_appeal(state, act.contribution)
    if opened is None:
        return Refusal(RULE, "There is no such appeal to decide.", "Look at the list.")
    contribution, refusal, appeal = opened
    if occasion.by in (contribution.author, refusal.by):
        return Refusal(RULE, "Nobody judges their own case.", "Leave it to the others.")
    if occasion.by not in judges_of(state, contribution, refusal, occasion.time):
        office = rules_for(state, act.contribution).bulletin.appeal_to
        return term_over(state, occasion.by, office) or Refusal(
            RULE, f"This is decided by {title_of(state, office)}.", "Wait for its decision."
        )
    if occasion.by in appeal.judgements:
        return Refusal(RULE, "You have given your judgement.", "Wait for the others.")
    return None


def change(state: State, act: JudgeAppeal, occasion: Occasion) -> State:
    opened = _open_appeal(state, act.contribution)
    if opened is None:
        return state
    contribution, refusal, appeal = opened
    judgements = appeal.judgements.set(occasion.by, (act.decision, act.reason))
    appeal = replace(appeal, judgements=judgements)
    decision = found(state, contribution, refusal, appeal, occasion.time)
    if decision is not None:
        appeal = replace(appeal, decision=decision, decided=occasion.time)
        calendar = state.calendar.strike("bulletin.uphold_appeal", contribution.number)
        state = state._replace(calendar=calendar)
    contribution = with_refusal(contribution, replace(refusal, appeal=appeal))
    state = with_contribution(state, contribution)
    if decision == "upheld":
        state = upheld(state, contribution, occasion)
    return state


CLAUSE = Clause(
    name="bulletin.judge_appeal",
    act=JudgeAppeal,
    who="The holders of the body that the rulebook names, each for themselves.",
    rules=(RULE, "bodies", "posts"),
    changes="Adds a judgement; when more than half agree, the refusal is overturned or stands.",
    allowed=allowed,
    change=change,
)
