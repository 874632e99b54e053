"""followup.take_on: an adopted decision gets an owner and a date of its own.

While the convention sits, the chair records once whom it gives the decision to, and until when,
within the rulebook's time; later the owner may name an earlier date. Nobody puts a date off.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.fields import Number, OfficeName, Time
from quorate.chapters.followup.remembers import Task
from quorate.chapters.followup.tasks import RULE, open_task, with_task
from quorate.chapters.offices.holding import places
from quorate.chapters.plain import on
from quorate.chapters.rights import holds, needs_office
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class TakeOn:
    """``due``: until when, ms. ``owner``: the body or post; "" for the one that has it."""

    proposal: Number
    due: Time
    owner: OfficeName | Literal[""] = ""


def allowed(state: State, act: TakeOn, occasion: Occasion) -> Refusal | None:
    task = open_task(state, act.proposal)
    if isinstance(task, Refusal):
        return task
    if task.returns:
        return Refusal(
            "floor.majorities.referral",
            "It was referred, with an owner and a date that the floor voted on.",
            "Report on it; it comes back to the next convention.",
        )
    if act.due <= occasion.time:
        return Refusal("floor.carried_out_within", "The date has passed.", "Name one to come.")
    if _on_the_floor(state, task, occasion.by) and not task.taken_on:
        if act.due > task.due:
            return Refusal(
                "floor.carried_out_within",
                f"By the rulebook it is carried out by {on(task.due)}.",
                "Name that date or an earlier one.",
            )
        if act.owner and "" not in places(state, act.owner):
            return Refusal(
                RULE,
                f"There is no {act.owner} for the whole organisation.",
                "Name a body or a post.",
            )
        return None
    refusal = needs_office(state, occasion.by, task.owner, RULE)
    if refusal is not None:
        return refusal
    if act.owner not in ("", task.owner):
        return Refusal(
            RULE, "Only the convention gives it to another.", "Leave the owner out, or bring it up."
        )
    if act.due >= task.due:
        return Refusal(
            "floor.carried_out_within",
            f"It is due on {on(task.due)}, and nobody puts that off.",
            "Name an earlier date, or report why it takes longer.",
        )
    return None


def _on_the_floor(state: State, task: Task, by: str) -> bool:
    """Whether the chair speaks for the convention that decided it, while it sits."""
    convention = current(state)
    return (
        convention is not None
        and convention.number == task.convention
        and holds(state, by, convention.rules.floor.chaired_by)
    )


def change(state: State, act: TakeOn, occasion: Occasion) -> State:
    task = state.followup.tasks[act.proposal]
    task = replace(task, owner=act.owner or task.owner, due=act.due, taken_on=True)
    return with_task(state, task)


CLAUSE = Clause(
    name="followup.take_on",
    act=TakeOn,
    who="The chair while the convention sits, once; later the owner, for an earlier date.",
    rules=(RULE, "floor.carried_out_within", "floor.majorities.referral"),
    changes="The decision has an owner and a date of its own.",
    allowed=allowed,
    change=change,
)
