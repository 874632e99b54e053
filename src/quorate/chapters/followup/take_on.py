"""followup.take_on: an adopted decision gets a date, from whoever has to carry it out.

followup.report: what was done about it, in writing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, Number, Time
from quorate.chapters.followup.remembers import Report, Task
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State

RULE = "proposals.answer_from"


@dataclass(frozen=True, slots=True)
class TakeOn:
    """``due``: until when, ms."""

    proposal: Number
    due: Time


@dataclass(frozen=True, slots=True)
class ReportOn:
    """``text``: the report. ``done``: whether the decision is carried out."""

    proposal: Number
    text: Document
    done: bool


def _own_task(state: State, number: int, by: str) -> Task | Refusal:
    task = state.followup.tasks.get(number)
    if task is None:
        return Refusal(RULE, f"No decision on proposal {number} is to be carried out.", "Check it.")
    return needs_office(state, by, task.owner, RULE) or task


def take_on_allowed(state: State, act: TakeOn, occasion: Occasion) -> Refusal | None:
    task = _own_task(state, act.proposal, occasion.by)
    if isinstance(task, Refusal):
        return task
    if task.due is not None:
        return Refusal(RULE, "It has a date, and dates are not moved.", "Report on it.")
    if act.due <= occasion.time:
        return Refusal(RULE, "The date lies in the past.", "Name one to come.")
    return None


def taken_on(state: State, act: TakeOn, occasion: Occasion) -> State:
    task = replace(state.followup.tasks[act.proposal], due=act.due)
    return _with_task(state, task)


def report_allowed(state: State, act: ReportOn, occasion: Occasion) -> Refusal | None:
    task = _own_task(state, act.proposal, occasion.by)
    if isinstance(task, Refusal):
        return task
    if task.reports and task.reports[-1].done:
        return Refusal(RULE, "It was reported as done.", "Nothing is left to do.")
    return None


def reported(state: State, act: ReportOn, occasion: Occasion) -> State:
    task = state.followup.tasks[act.proposal]
    report = Report(act.text, act.done, occasion.by, occasion.time)
    return _with_task(state, replace(task, reports=(*task.reports, report)))


def _with_task(state: State, task: Task) -> State:
    tasks = state.followup.tasks.set(task.proposal, task)
    return replace(state, followup=replace(state.followup, tasks=tasks))


TAKE_ON = Clause(
    name="followup.take_on",
    act=TakeOn,
    who="A holder of the body or post that owns the decision.",
    rules=(RULE,),
    changes="The decision has a date.",
    allowed=take_on_allowed,
    change=taken_on,
)

REPORT = Clause(
    name="followup.report",
    act=ReportOn,
    who="A holder of the body or post that owns the decision.",
    rules=(RULE,),
    changes="The report stands with the decision.",
    allowed=report_allowed,
    change=reported,
)
