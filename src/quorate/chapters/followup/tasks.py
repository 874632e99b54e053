"""Tasks: what a convention decided and somebody has to carry out or bring back."""

from __future__ import annotations

from quorate.chapters.clause import Refusal
from quorate.chapters.followup.remembers import Task
from quorate.chapters.rights import holds
from quorate.chapters.state import State

RULE = "floor.carried_out_by"


def with_task(state: State, task: Task) -> State:
    """The state with what is new about this task."""
    tasks = state.followup.tasks.set(task.proposal, task)
    return state._replace(followup=state.followup._replace(tasks=tasks))


def may_report(state: State, proposal: int, member: str) -> bool:
    """Whether the member is one of those who have to report on this decision."""
    task = open_task(state, proposal)
    return isinstance(task, Task) and holds(state, member, task.owner)


def open_task(state: State, proposal: int) -> Task | Refusal:
    """The task that this proposal's decision gave to somebody, while it is not done."""
    task = state.followup.tasks.get(proposal)
    if task is None or task.rejected is not None:
        return Refusal(
            RULE,
            f"No decision on proposal {proposal} is to be carried out.",
            "Look at what the convention adopted or referred.",
        )
    if task.reports and task.reports[-1].done:
        return Refusal(RULE, "It was reported as done.", "Nothing is left to do.")
    return task
