"""offices.install: the first holder of an office is recorded, while the founding lasts."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import FOUNDER, Clause, Occasion, Refusal
from quorate.chapters.fields import OfficeName, Place, Pseudonym
from quorate.chapters.offices import holding
from quorate.chapters.rights import holders, member_in_good_standing
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Install:
    """``office``: a body's or post's name. ``place``: a region's or branch's code, or ""."""

    office: OfficeName
    member: Pseudonym
    place: Place = ""


def allowed(state: State, act: Install, occasion: Occasion) -> Refusal | None:
    if occasion.by != FOUNDER:
        return Refusal(
            "record.founding",
            "First holders are recorded by the founder, before the founding is complete.",
            "Elect or appoint whoever comes after them, as the rulebook says.",
        )
    return cannot_take(state, act.office, act.place, act.member, occasion.time)


def cannot_take(state: State, office: str, place: str, member: str, time: int) -> Refusal | None:
    """Why the member cannot take a seat in the office at this place, if so."""
    path = holding.path_of(state, office)
    if place not in holding.places(state, office):
        return Refusal(
            path, f"The rulebook has no {office} {place}".strip() + ".", "Look for its name there."
        )
    person = member_in_good_standing(state, member)
    if isinstance(person, Refusal):
        return person
    if place in state.membership.branches and person.branch != place:
        return Refusal(path, "This member belongs to another branch.", "Choose one of the branch.")
    if place in state.membership.regions and place != region_of(state, person.branch):
        return Refusal(path, "This member belongs to another region.", "Choose one of the region.")
    if member in holders(state, office, place):
        return Refusal(path, "This member holds the office already.", "Nothing is left to do.")
    if not holding.to_be_filled(state, (office, place), time):
        return Refusal(path, "Every seat of this office is filled.", "Wait until one is free.")
    return None


def region_of(state: State, branch: str) -> str:
    """The region that the branch belongs to."""
    return state.membership.branches[branch].region


def change(state: State, act: Install, occasion: Occasion) -> State:
    office = (act.office, act.place)
    return holding.install(state, office, [act.member], "first holder", "founding", occasion)


CLAUSE = Clause(
    name="offices.install",
    act=Install,
    who="The founder, until the founding is complete.",
    rules=("record.founding", "record.subject", "bodies", "posts", "membership.admission"),
    changes="The member holds the office.",
    allowed=allowed,
    change=change,
)
