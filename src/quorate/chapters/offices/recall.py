"""offices.recall: more than half of a body that may recall take somebody's office away.

Each of them says so in their own name, with a reason. Where the rulebook gives the recall to an
assembly (the convention, a region, a branch), no body can do it in the assembly's place.
"""

from __future__ import annotations

from dataclasses import dataclass

from immutables import Map

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, OfficeName, Place, Pseudonym
from quorate.chapters.judging import judges, term_over
from quorate.chapters.offices import holding
from quorate.chapters.rights import holders, title_of
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Recall:
    """``office``, ``place``: which. ``member``: its holder. ``reason``: why, in writing."""

    office: OfficeName
    member: Pseudonym
    reason: Document
    place: Place = ""


def allowed(state: State, act: Recall, occasion: Occasion) -> Refusal | None:
    rules = holding.office_rules(state, act.office)
    path = holding.path_of(state, act.office)
    offices = {*state.rules.bodies, *state.rules.posts}
    if rules is None or rules.recalled_by is None or rules.recalled_by not in offices:
        return Refusal(
            path,
            "No body may recall from this office.",
            "Look in the rulebook for who may: an assembly decides it by a vote, which its members "
            "demand with offices.demand_recall.",
        )
    if act.member not in holders(state, act.office, act.place):
        return Refusal(path, "This member does not hold the office.", "Look who holds it now.")
    place = holding.place_for(state, rules.recalled_by, act.place)
    if occasion.by == act.member:
        return Refusal(path, "Nobody judges their own case.", "You can lay the office down.")
    if occasion.by not in judges(state, rules.recalled_by, (act.member,), occasion.time, place):
        return term_over(state, occasion.by, rules.recalled_by, place) or Refusal(
            path, f"Only {title_of(state, rules.recalled_by)} can recall from it.", "Ask them to."
        )
    if occasion.by in _said(state, act):
        return Refusal(path, "You have said so already.", "Wait for the others.")
    return None


def _said(state: State, act: Recall) -> Map[str, str]:
    return state.offices.recalls.get(((act.office, act.place), act.member), Map())


def change(state: State, act: Recall, occasion: Occasion) -> State:
    office = (act.office, act.place)
    rules = holding.office_rules(state, act.office)
    body = "" if rules is None or rules.recalled_by is None else rules.recalled_by
    place = holding.place_for(state, body, act.place)
    able = judges(state, body, (act.member,), occasion.time, place)
    said = _said(state, act).set(occasion.by, act.reason)
    recalls = state.offices.recalls.set((office, act.member), said)
    state = state._replace(offices=state.offices._replace(recalls=recalls))
    if 2 * len(able.intersection(said)) <= len(able):
        return state
    return holding.end(state, office, act.member, occasion.time, "recalled")


CLAUSE = Clause(
    name="offices.recall",
    act=Recall,
    who="The holders of the body that the rulebook lets recall, each for themselves.",
    rules=("bodies", "posts", "record.subject"),
    changes="Adds a voice; when more than half say so, the member does not hold the office any "
    "more.",
    allowed=allowed,
    change=change,
)
