"""membership.open_branch: a branch is set up in a region."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Code, Line
from quorate.chapters.membership.open_region import may_set_up
from quorate.chapters.membership.remembers import Branch
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class OpenBranch:
    """``code``: its short name for ever. ``region``: a region's code."""

    code: Code
    name: Line
    region: Code


def allowed(state: State, act: OpenBranch, occasion: Occasion) -> Refusal | None:
    if act.code in state.membership.branches or act.code in state.membership.regions:
        return Refusal(
            "record.names", f"The code {act.code} is taken.", "Choose a code that nothing has."
        )
    if act.region not in state.membership.regions:
        return Refusal(
            "record.subject", f"There is no region {act.region}.", "Open the region first."
        )
    return may_set_up(state, occasion.by)


def change(state: State, act: OpenBranch, occasion: Occasion) -> State:
    during = state.floor.current or 0
    branch = Branch(act.code, act.name, act.region, opened_during=during)
    branches = state.membership.branches.set(act.code, branch)
    return state._replace(membership=state.membership._replace(branches=branches))


CLAUSE = Clause(
    name="membership.open_branch",
    act=OpenBranch,
    who="The founder; later a holder of the body that calls the convention.",
    rules=("record.names", "record.subject", "floor.called_by"),
    changes="The branch exists; members can be admitted to it. Opened while a convention is "
    "called, it may not be guaranteed the minimum of seats there.",
    allowed=allowed,
    change=change,
)
