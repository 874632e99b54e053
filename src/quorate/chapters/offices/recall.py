"""offices.recall: a body that may recall takes somebody's office away, as soon as it is said.

Where the rulebook gives the recall to an assembly (the convention, a region, a branch), no body can
do it in the assembly's place.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, OfficeName, Place, Pseudonym
from quorate.chapters.offices import holding
from quorate.chapters.rights import holders, needs_office
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Recall:
    """``reason``: why, in writing."""

    office: OfficeName
    member: Pseudonym
    reason: Document
    place: Place = ""


def allowed(state: State, act: Recall, occasion: Occasion) -> Refusal | None:
    rules = holding.office_rules(state, act.office)
    path = f"{'bodies' if act.office in state.rules.bodies else 'posts'}.{act.office}"
    offices = {*state.rules.bodies, *state.rules.posts}
    if rules is None or rules.recalled_by not in offices:
        return Refusal(
            path,
            "No body may recall from this office.",
            "Look in the rulebook for who may: an assembly decides it by a vote.",
        )
    if act.member not in holders(state, act.office, act.place):
        return Refusal(path, "This member does not hold the office.", "Look who holds it now.")
    return needs_office(state, occasion.by, rules.recalled_by or "", path)


def change(state: State, act: Recall, occasion: Occasion) -> State:
    office = (act.office, act.place)
    return holding.end(state, office, act.member, occasion.time, "recalled")


CLAUSE = Clause(
    name="offices.recall",
    act=Recall,
    who="A holder of the body that the rulebook lets recall.",
    rules=("bodies", "posts"),
    changes="The member does not hold the office any more, from this entry on.",
    allowed=allowed,
    change=change,
)
