"""bulletin.appeal: the author appeals against a refusal. From here the clock stops for them.

Whoever is suspended may appeal too: a suspension does not take a text out of the bulletin.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.bulletin.remembers import Appeal
from quorate.chapters.bulletin.standing import with_contribution, with_refusal
from quorate.chapters.calendar import DAY, Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, Number
from quorate.chapters.plain import on
from quorate.chapters.state import State
from quorate.rulebook.schema import Rulebook


@dataclass(frozen=True, slots=True)
class AppealAct:
    """``grounds``: why the refusal is wrong, in writing."""

    contribution: Number
    grounds: Document


def rules_for(state: State, contribution: int) -> Rulebook:
    """The rulebook that the contribution was handed in under."""
    number = state.bulletin.contributions[contribution].convention
    convention = state.floor.conventions.get(number)
    return state.rules if convention is None else convention.rules


def allowed(state: State, act: AppealAct, occasion: Occasion) -> Refusal | None:
    contribution = state.bulletin.contributions.get(act.contribution)
    if contribution is None or contribution.refusal is None:
        return Refusal("bulletin.appeal_to", "It was not refused.", "Nothing is left to do.")
    if contribution.author != occasion.by:
        return Refusal("bulletin.appeal_to", "Only its author may appeal.", "Ask the author to.")
    if contribution.refusal.appeal is not None:
        return Refusal("bulletin.appeal_to", "There is an appeal already.", "Wait for it.")
    days = rules_for(state, act.contribution).bulletin.appeal_within
    until = contribution.refusal.time + days * DAY
    if occasion.time >= until:
        return Refusal(
            "bulletin.appeal_within",
            f"An appeal could be made until {on(until)}.",
            "Hand in a changed text as a new contribution.",
        )
    return None


def change(state: State, act: AppealAct, occasion: Occasion) -> State:
    contribution = state.bulletin.contributions[act.contribution]
    refusal = contribution.refusal
    if refusal is None:
        return state
    days = rules_for(state, act.contribution).bulletin.appeal_decided_within
    due = occasion.time + days * DAY
    refusal = replace(refusal, appeal=Appeal(act.grounds, occasion.time, due))
    state = with_contribution(state, with_refusal(contribution, refusal))
    deadline = Deadline(due, "bulletin.uphold_appeal", act.contribution)
    return state._replace(calendar=state.calendar.add(deadline))


CLAUSE = Clause(
    name="bulletin.appeal",
    act=AppealAct,
    who="The author of a refused contribution, within the days of the rulebook.",
    rules=("bulletin.appeal_to", "bulletin.appeal_within"),
    changes="The appeal must be decided in time, or it counts as won.",
    allowed=allowed,
    change=change,
)
