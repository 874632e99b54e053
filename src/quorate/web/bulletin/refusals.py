"""The refusals of a contribution's versions: what was said about them, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.bulletin import appeal, judge_appeal, refuse
from quorate.chapters.bulletin.appeal import rules_for
from quorate.chapters.bulletin.remembers import BulletinRefusal, Contribution, Judgement, Version
from quorate.chapters.clause import Occasion
from quorate.chapters.state import State

ANY_TEXT = "0" * 64
"""Where it is only asked whether somebody may, what they would write does not matter."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What one judge has said. ``reason``: the commitment to it in writing."""

    judge: str
    decision: Judgement
    reason: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A refusal as its page tells it. ``version``: its number; ``sentence``: the reason's."""

    refusal: BulletinRefusal
    version: int
    sentence: str
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class MayDo:
    """What whoever looks may do about a contribution and its refusals."""

    refuse: bool
    appeal: bool
    judge: bool


def refusals(state: State, contribution: Contribution) -> tuple[Shown, ...]:
    """Every refusal of a version, the latest first."""
    numbers = {version.text: n for n, version in enumerate(contribution.versions, 1)}
    reasons = rules_for(state, contribution.number).bulletin.refusal_reasons
    return tuple(
        Shown(one, numbers[one.version], reasons.get(one.reason, ""), _judged(one))
        for one in reversed(contribution.refusals)
    )


def _judged(refusal: BulletinRefusal) -> tuple[Judged, ...]:
    judgements = refusal.appeal.judgements if refusal.appeal else {}
    return tuple(Judged(who, said, why) for who, (said, why) in sorted(judgements.items()))


def may_do(state: State, number: int, shown: Version, probe: Occasion) -> MayDo:
    """What the rules would allow, asked of the clauses themselves."""
    if not probe.by:
        return MayDo(False, False, False)
    reason = next(iter(rules_for(state, number).bulletin.refusal_reasons), "none")
    refusing = refuse.Refuse(number, shown.text, reason, ANY_TEXT)
    appealing = appeal.AppealAct(number, ANY_TEXT)
    judging = judge_appeal.JudgeAppeal(number, "upheld", ANY_TEXT)
    return MayDo(
        refuse=refuse.allowed(state, refusing, probe) is None,
        appeal=appeal.allowed(state, appealing, probe) is None,
        judge=judge_appeal.allowed(state, judging, probe) is None,
    )
