"""followup.report: whoever owns a decision reports in writing what was done about it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, Number
from quorate.chapters.followup.remembers import Report
from quorate.chapters.followup.tasks import RULE, open_task, with_task
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class ReportOn:
    """``text``: the report. ``done``: whether the decision is carried out with it."""

    proposal: Number
    text: Document
    done: bool


def allowed(state: State, act: ReportOn, occasion: Occasion) -> Refusal | None:
    task = open_task(state, act.proposal)
    if isinstance(task, Refusal):
        return task
    return needs_office(state, occasion.by, task.owner, RULE)


def change(state: State, act: ReportOn, occasion: Occasion) -> State:
    task = state.followup.tasks[act.proposal]
    report = Report(act.text, act.done, occasion.by, occasion.time)
    return with_task(state, replace(task, reports=(*task.reports, report)))


CLAUSE = Clause(
    name="followup.report",
    act=ReportOn,
    who="A holder of the body or post that owns the decision.",
    rules=(RULE,),
    changes="The report stands with the decision.",
    allowed=allowed,
    change=change,
)
