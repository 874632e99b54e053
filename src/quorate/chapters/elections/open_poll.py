"""elections.open_poll: an election for a body or a post is called, with its dates.

For offices that the convention fills the chair does it, at the convention; for a branch's or a
region's, whoever attests the branch's roll or calls conventions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from immutables import Map

from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.elections.remembers import Election
from quorate.chapters.elections.waiting import with_election
from quorate.chapters.fields import OfficeName, Place, Time
from quorate.chapters.membership.belonging import members_in_good_standing
from quorate.chapters.offices import holding
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State
from quorate.rulebook.schema import Body


@dataclass(frozen=True, slots=True)
class OpenPoll:
    """``opens``: nominations until then; ``closes``: votes until then. ``paper``: tellers enter
    the papers instead of each voter."""

    office: OfficeName
    opens: Time
    closes: Time
    place: Place = ""
    paper: bool = False


def allowed(state: State, act: OpenPoll, occasion: Occasion) -> Refusal | None:
    rules = holding.office_rules(state, act.office)
    path = f"{'bodies' if act.office in state.rules.bodies else 'posts'}.{act.office}"
    if rules is None or rules.chosen_by == "appointment" or rules.count is None:
        return Refusal(path, "This office is not filled by election.", "Look in the rulebook.")
    if act.place not in holding.places(state, act.office):
        return Refusal(path, "The office does not exist at this place.", "Check the code.")
    if not occasion.time <= act.opens < act.closes:
        return Refusal(
            path, "A poll opens now or later, and closes after that.", "Check the times."
        )
    for election in state.elections.elections.values():
        same = (election.office, election.place) == (act.office, act.place)
        if same and election.result is None:
            return Refusal(path, "This election is under way.", "Wait for its result.")
    if rules.chosen_by == "convention":
        convention = current(state)
        if convention is None or convention.opened is None:
            return Refusal(path, "The convention elects, while it sits.", "Wait for it to open.")
        if _declared(state, convention.number, act.office):
            return Refusal(path, "The convention has elected to it.", "Nobody elects twice.")
        chair = convention.rules.floor.chaired_by
        return needs_office(state, occasion.by, chair, "floor.chaired_by")
    if rules.chosen_by == "branch":
        office = state.rules.membership.roll_attested_by
        place = act.place if act.place in holding.places(state, office) else ""
        return needs_office(state, occasion.by, office, "membership.roll_attested_by", place)
    return needs_office(state, occasion.by, state.rules.floor.called_by, "floor.called_by")


def _declared(state: State, convention: int, office: str) -> bool:
    return any(
        election.convention == convention and election.office == office
        for election in state.elections.elections.values()
        if election.result is not None
    )


def change(state: State, act: OpenPoll, occasion: Occasion) -> State:
    rules = holding.office_rules(state, act.office)
    if rules is None or rules.count is None:
        return state
    number = len(state.elections.elections) + 1
    election = Election(
        number=number,
        convention=(state.floor.current or 0) if rules.chosen_by == "convention" else 0,
        fills="body" if isinstance(rules, Body) else "post",
        office=act.office,
        place=act.place,
        seats=holding.seats_of(state, act.office),
        count=rules.count,
        electorate="seats" if rules.chosen_by == "convention" else "roll",
        opens=act.opens,
        closes=act.closes,
        voters=_voters(state, act.place, rules.chosen_by),
        paper=act.paper,
    )
    state = with_election(state, election)
    if act.paper:
        return state
    deadline = Deadline(act.closes, "elections.open_ballots", number)
    return replace(state, calendar=state.calendar.add(deadline))


def _voters(state: State, place: str, chosen_by: str) -> Map[str, None]:
    if chosen_by == "convention":
        return Map()
    membership = state.membership
    branches = [
        code
        for code, branch in membership.branches.items()
        if code == place or branch.region == place
    ]
    return Map(
        dict.fromkeys(
            member for code in branches for member in members_in_good_standing(membership, code)
        )
    )


CLAUSE = Clause(
    name="elections.open_poll",
    act=OpenPoll,
    who="The chair at the convention; for a branch or region, as the clause says.",
    rules=("bodies", "posts", "floor.chaired_by", "floor.called_by", "membership.roll_attested_by"),
    changes="The election takes nominations, then votes, until its dates.",
    allowed=allowed,
    change=change,
)
