"""The refusals of a contribution's versions: what was said about them, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.bulletin.appeal import AppealAct
from quorate.chapters.bulletin.contested import rules_for
from quorate.chapters.bulletin.hand_in import HandIn, changes_rules
from quorate.chapters.bulletin.judge_appeal import JudgeAppeal
from quorate.chapters.bulletin.refuse import Refuse
from quorate.chapters.bulletin.remembers import BulletinRefusal, Contribution, Judgement, Version
from quorate.chapters.erasing.ask import AskErasing
from quorate.chapters.state import State
from quorate.rulebook.amending import Change
from quorate.web.may import ANY_TEXT, may


@dataclass(frozen=True, slots=True)
class Judged:
    """What one judge has said. ``reason``: the commitment to it in writing."""

    judge: str
    decision: Judgement
    reason: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A refusal as its page tells it, and what whoever looks may do about it. ``version``: its
    number; ``sentence``: the reason's."""

    refusal: BulletinRefusal
    version: int
    sentence: str
    judged: tuple[Judged, ...]
    may_appeal: bool
    may_judge: bool


@dataclass(frozen=True, slots=True)
class MayDo:
    """What whoever looks may do about a contribution, or hand in about it."""

    refuse: bool
    reply: bool
    amend: bool
    ask_erasing: bool


def refusals(state: State, contribution: Contribution, me: str, now: int) -> tuple[Shown, ...]:
    """Every refusal of a version, the latest first; ``me``: who looks, at ``now`` (ms)."""
    number = contribution.number
    reasons = rules_for(state, number).bulletin.refusal_reasons
    return tuple(
        Shown(
            refusal=one,
            version=contribution.numbered(one.version),
            sentence=reasons.get(one.reason, ""),
            judged=_judged(one),
            may_appeal=may(state, me, now, AppealAct(number, ANY_TEXT, one.version)),
            may_judge=may(state, me, now, JudgeAppeal(number, "upheld", ANY_TEXT, one.version)),
        )
        for one in reversed(contribution.refusals)
    )


def _judged(refusal: BulletinRefusal) -> tuple[Judged, ...]:
    judgements = refusal.appeal.judgements if refusal.appeal else {}
    return tuple(Judged(who, said, why) for who, (said, why) in sorted(judgements.items()))


def may_do(state: State, number: int, shown: Version, me: str, now: int) -> MayDo:
    """What whoever looks may do, asked of the rules themselves."""
    reason = next(iter(rules_for(state, number).bulletin.refusal_reasons), "none")
    return MayDo(
        refuse=may(state, me, now, Refuse(number, shown.text, reason, ANY_TEXT)),
        reply=may(state, me, now, HandIn("reply", ANY_TEXT, 1, about=number)),
        amend=may(state, me, now, _amending(state, number)),
        ask_erasing=may(state, me, now, AskErasing(shown.text, ANY_TEXT)),
    )


def _amending(state: State, number: int) -> HandIn:
    """An amendment to it, whatever it says."""
    changes = (_ANY_CHANGE,) if changes_rules(state, state.bulletin.contributions[number]) else ()
    return HandIn("amendment", ANY_TEXT, 1, "proposal", number, changes)


_ANY_CHANGE = Change("organisation.name", "Another name")
