"""founding.enter_into_force: adopted amendments to the rulebook come into force.

They do so together, when the rulebook says. One that cannot stand with the others is left out
and shown with the reason; what is open keeps the rules that it opened under. Who held an office
that the rulebook has no longer holds it no longer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.founding.remembers import Adopted, RulebookVersion
from quorate.chapters.offices.holding import end_abolished
from quorate.chapters.state import State
from quorate.rulebook.amending import amended
from quorate.rulebook.reading import FaultyRulebook


@dataclass(frozen=True, slots=True)
class EnterIntoForce:
    """``of``: the convention that adopted the amendments."""

    of: Number


def allowed(state: State, act: EnterIntoForce, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: EnterIntoForce, occasion: Occasion) -> State:
    rules = state.rules
    carried: list[int] = []
    left_out: list[Adopted] = []
    for amendment in state.founding.waiting:
        try:
            rules = amended(rules, amendment.changes)
        except FaultyRulebook as error:
            left_out.append(replace(amendment, not_carried=str(error)))
        else:
            carried.append(amendment.proposal)
    founding = state.founding._replace(
        waiting=(),
        not_carried=(*state.founding.not_carried, *left_out),
    )
    if carried:
        version = RulebookVersion(
            number=len(founding.versions) + 1,
            rules=rules,
            time=occasion.time,
            entry=occasion.sequence,
            proposals=tuple(carried),
        )
        founding = founding._replace(rules=rules, versions=(*founding.versions, version))
    calendar = state.calendar.strike(CLAUSE.name, act.of)
    return end_abolished(state._replace(founding=founding, calendar=calendar), occasion.time)


CLAUSE = Clause(
    name="founding.enter_into_force",
    act=EnterIntoForce,
    who="Nobody: it falls due at the close of the convention, or at the next call.",
    rules=("floor.in_force",),
    changes="A new version of the rulebook is in force, with every amendment that was adopted.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
