"""membership.open_region: a region is set up, by the founder or by whoever calls conventions."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import FOUNDER, Clause, Occasion, Refusal
from quorate.chapters.fields import Code, Line
from quorate.chapters.membership.remembers import Region
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class OpenRegion:
    """``code``: its short name for ever. ``name``: what people call it."""

    code: Code
    name: Line


def may_set_up(state: State, by: str) -> Refusal | None:
    """The founder sets up regions and branches; later whoever calls the convention does."""
    if by == FOUNDER:
        return None
    return needs_office(state, by, state.rules.floor.called_by, "floor.called_by")


def allowed(state: State, act: OpenRegion, occasion: Occasion) -> Refusal | None:
    if act.code in state.membership.regions or act.code in state.membership.branches:
        return Refusal(
            "record.names", f"The code {act.code} is taken.", "Choose a code that nothing has."
        )
    return may_set_up(state, occasion.by)


def change(state: State, act: OpenRegion, occasion: Occasion) -> State:
    regions = state.membership.regions.set(act.code, Region(act.code, act.name))
    return state._replace(membership=state.membership._replace(regions=regions))


CLAUSE = Clause(
    name="membership.open_region",
    act=OpenRegion,
    who="The founder; later a holder of the body that calls the convention.",
    rules=("record.names", "floor.called_by"),
    changes="The region exists; branches can be opened in it.",
    allowed=allowed,
    change=change,
)
