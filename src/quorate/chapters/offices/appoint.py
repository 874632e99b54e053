"""offices.appoint: who may appoint to an office, by the rulebook, appoints; the act is theirs."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import OfficeName, Place, Pseudonym
from quorate.chapters.offices import holding
from quorate.chapters.offices.install import cannot_take
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Appoint:
    """``office``: a body's or post's name. ``place``: a region's or branch's code, or ""."""

    office: OfficeName
    member: Pseudonym
    place: Place = ""


def allowed(state: State, act: Appoint, occasion: Occasion) -> Refusal | None:
    path = holding.path_of(state, act.office)
    rules = holding.office_rules(state, act.office)
    if rules is None or rules.chosen_by != "appointment" or rules.appointed_by is None:
        return Refusal(
            path,
            "Nobody is appointed to this: it is filled by election, or the rulebook has no such "
            "office.",
            "Look in the rulebook for who chooses it.",
        )
    place = holding.place_for(state, rules.appointed_by, act.place)
    refusal = needs_office(state, occasion.by, rules.appointed_by, path, place)
    return refusal or cannot_take(state, act.office, act.place, act.member, occasion.time)


def change(state: State, act: Appoint, occasion: Occasion) -> State:
    office = (act.office, act.place)
    state = holding.make_room(state, office, occasion.time)
    return holding.install(state, office, [act.member], "appointed", occasion.by, occasion)


CLAUSE = Clause(
    name="offices.appoint",
    act=Appoint,
    who="A holder of the body or post that the rulebook lets appoint.",
    rules=("bodies", "posts", "record.subject", "membership.admission"),
    changes="The member holds the office, in the place of one whose term is over if it is full; "
    "who appointed them is shown with it.",
    allowed=allowed,
    change=change,
)
