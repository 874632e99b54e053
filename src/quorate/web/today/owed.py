"""What officers owe to the members."""

from __future__ import annotations

from quorate.chapters.dates import current
from quorate.chapters.floor.coming_back import coming_back
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.rights import holds
from quorate.chapters.state import State
from quorate.web import names
from quorate.web.today.things import Thing

MOST_OWED = 8


def owed(state: State, me: str, now: int) -> tuple[list[Thing], int]:
    """The first of what others than this person owe, and how much more there is."""
    convention = current(state)
    found = []
    late = convention is not None and now > convention.dates.answers_due
    own = convention is not None and holds(state, me, convention.rules.proposals.answer_from)
    awaited = [] if own else unanswered(state, convention)
    for number in awaited[:MOST_OWED]:
        title = f"Answer to “{names.contribution_title(state, number)}”"
        due = convention.dates.answers_due if convention else None
        found.append(Thing(title, "", f"/bulletin/{number}", "", due, late=late))
    tasks = [
        (number, task)
        for number, task in sorted(state.followup.tasks.items())
        if task.rejected is None
        and not (task.reports and task.reports[-1].done)
        and not holds(state, me, task.owner)
    ]
    for number, task in tasks[: MOST_OWED - len(found)]:
        found.append(
            Thing(
                f"To be carried out: “{names.contribution_title(state, number)}”",
                task.owner.replace("-", " "),
                f"/bulletin/{number}",
                "",
                task.due,
                late=task.due is not None and now > task.due,
            )
        )
    return found, len(awaited) + len(tasks) - len(found)


def unanswered(state: State, convention: Convention | None) -> list[int]:
    """The numbers of the proposals before this convention to which a written answer is owed."""
    contributions = state.bulletin.contributions
    back = frozenset[int]() if convention is None else coming_back(state, convention.number)
    return sorted(
        number
        for number, proposal in state.proposals.proposals.items()
        if proposal.admission is not None
        and proposal.answer is None
        and convention is not None
        and (contributions[number].convention == convention.number or number in back)
    )
