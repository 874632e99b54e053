"""bulletin.appeal: the author appeals against the refusal of a version. The clock stands still.

Whoever is suspended may appeal too: a suspension does not take a text out of the bulletin.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from quorate.chapters.bulletin.contested import (
    appeal_until,
    rules_for,
    to_appeal,
    with_appeals_due,
)
from quorate.chapters.bulletin.remembers import Appeal
from quorate.chapters.bulletin.standing import with_contribution, with_refusal
from quorate.chapters.calendar import DAY
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, Hash, Number
from quorate.chapters.plain import on
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class AppealAct:
    """``grounds``: why the refusal is wrong, in writing. ``version``: the commitment of the refused
    text; it may be left out where only one refusal can be appealed against."""

    contribution: Number
    grounds: Document
    version: Hash | Literal[""] = ""


def allowed(state: State, act: AppealAct, occasion: Occasion) -> Refusal | None:
    contribution = state.bulletin.contributions.get(act.contribution)
    if contribution is None or not contribution.refusals:
        return Refusal("bulletin.appeal_to", "It was not refused.", "Nothing is left to do.")
    if contribution.author != occasion.by:
        return Refusal("bulletin.appeal_to", "Only its author may appeal.", "Ask the author to.")
    refusal = to_appeal(state, contribution, act.version, occasion.time)
    if isinstance(refusal, Refusal):
        return refusal
    if refusal.appeal is not None:
        return Refusal("bulletin.appeal_to", "There is an appeal already.", "Wait for it.")
    until = appeal_until(state, contribution, refusal)
    if occasion.time >= until:
        return Refusal(
            "bulletin.appeal_within",
            f"An appeal could be made until {on(until)}.",
            "Hand in a changed text as a new contribution.",
        )
    return None


def change(state: State, act: AppealAct, occasion: Occasion) -> State:
    contribution = state.bulletin.contributions[act.contribution]
    refusal = to_appeal(state, contribution, act.version, occasion.time)
    if isinstance(refusal, Refusal):
        return state
    days = rules_for(state, act.contribution).bulletin.appeal_decided_within
    due = occasion.time + days * DAY
    refusal = replace(refusal, appeal=Appeal(act.grounds, occasion.time, due))
    contribution = with_refusal(contribution, refusal)
    return with_appeals_due(with_contribution(state, contribution), contribution)


CLAUSE = Clause(
    name="bulletin.appeal",
    act=AppealAct,
    who="The author of a refused contribution, within the days of the rulebook.",
    rules=("bulletin.appeal_to", "bulletin.appeal_within"),
    changes="The appeal must be decided in time, or it counts as won.",
    allowed=allowed,
    change=change,
)
