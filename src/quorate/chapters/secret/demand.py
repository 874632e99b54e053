"""secret.demand: delegates demand that the convention elect to an office by secret ballot, which it
would elect to openly.

When enough have done so, from when they sit in their seats until voting has begun, the office is
elected by the convention's register of voting keys. An election that takes nominations already goes
on so; where the roll of keys is not there yet, it is called off, and called anew when it is. So no
chair is quicker than a demand, and nobody who demands it keeps an office from being filled.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.ballots.choices import MOST_RANKED
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.elections.open_poll import declared
from quorate.chapters.elections.remembers import Election
from quorate.chapters.elections.void import called_off, next_of
from quorate.chapters.elections.waiting import with_election
from quorate.chapters.fields import OfficeName, Place
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.offices import holding
from quorate.chapters.rights import member_in_good_standing, seat_of
from quorate.chapters.secret.asked import is_ranked
from quorate.chapters.secret.remembers import Register
from quorate.chapters.secret.rolls import RULE as WITHOUT
from quorate.chapters.secret.rolls import demands_for, is_demanded, put_off, roll_for
from quorate.chapters.state import State

RULE = "secret.on_demand"


@dataclass(frozen=True, slots=True)
class Demand:
    """``office``, ``place``: which the convention elects to."""

    office: OfficeName
    place: Place = ""


def allowed(state: State, act: Demand, occasion: Occasion) -> Refusal | None:
    convention = current(state)
    if convention is None:
        return Refusal(RULE, "No convention is called.", "Wait for the call of one.")
    if not convention.rules.secret.on_demand:
        return Refusal(
            RULE,
            "Only what the rulebook says is elected by secret ballot.",
            "Propose to amend it.",
        )
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    seat = seat_of(state, convention.number, occasion.by)
    if seat is None:
        return Refusal(RULE, "Only delegates demand it.", "Ask one of your branch to.")
    refusal = _no_office(state, act) or _too_late(state, convention, act, occasion.time)
    if refusal is not None:
        return refusal
    if seat in demands_for(state, convention, (act.office, act.place)):
        return Refusal(RULE, "It is demanded for this seat already.", "Ask others to join you.")
    if put_off(state, (act.office, act.place)):
        return Refusal(
            WITHOUT,
            "There is no register of voting keys for it, or it is void.",
            "The office is elected openly: else it would have to wait for another convention.",
        )
    return None


def _no_office(state: State, act: Demand) -> Refusal | None:
    """Why there is no such election of the convention, or it is in secret anyway, if so."""
    path = holding.path_of(state, act.office)
    rules = holding.office_rules(state, act.office)
    if rules is None or rules.chosen_by != "convention" or rules.count is None:
        return Refusal(path, "The convention does not elect to this office.", "Check its name.")
    if act.place not in holding.places(state, act.office):
        return Refusal(path, "The office does not exist at this place.", "Check the code.")
    if rules.secret:
        return Refusal(path, "It is elected by secret ballot anyway.", "Nothing is left to do.")
    if rules.count == "cumulative/1":
        return Refusal(
            path,
            "It is counted by cumulative votes, and a secret ballot holds crosses or an order.",
            "Propose to amend the rulebook.",
        )
    return None


def _too_late(state: State, convention: Convention, act: Demand, time: int) -> Refusal | None:
    """Why the election is too far gone for it, if so."""
    if declared(state, convention.number, act.office, act.place):
        return Refusal(RULE, "The convention has elected to it.", "Demand it next time.")
    election = _under_way(state, convention, act)
    if election is None or election.register:
        return None
    if election.paper:
        return Refusal(RULE, "It is held on paper, which bears no name.", "Vote on paper.")
    if time >= election.opens:
        return Refusal(
            RULE,
            "Voting has begun.",
            "It has to be demanded while nominations run, or before the election is called.",
        )
    if is_ranked(election.count) and len(election.standing) > MOST_RANKED:
        return Refusal(
            RULE,
            f"More than {MOST_RANKED} candidates stand, and a ranking of so many cannot be "
            "encrypted.",
            "Ask some of them to give way.",
        )
    return None


def _under_way(state: State, convention: Convention, act: Demand) -> Election | None:
    """The convention's election to the office that has no result yet, if it is called."""
    for election in state.elections.elections.values():
        same = (election.office, election.place) == (act.office, act.place)
        here = election.convention == convention.number
        if same and here and election.result is None and not election.void:
            return election
    return None


def change(state: State, act: Demand, occasion: Occasion) -> State:
    convention = current(state)
    seat = None if convention is None else seat_of(state, convention.number, occasion.by)
    if convention is None or seat is None:
        return state
    office = (act.office, act.place)
    demanded = demands_for(state, convention, office).set(seat, occasion.by)
    demands = state.secret.demands.set((convention.number, *office), demanded)
    state = state._replace(secret=state.secret._replace(demands=demands))
    election = _under_way(state, convention, act)
    if election is None or election.register or not is_demanded(state, office):
        return state
    return _in_secret(state, election, occasion.time)


def _in_secret(state: State, election: Election, time: int) -> State:
    """The state in which an election that takes nominations is not by open ballots any more."""
    found = roll_for(state)
    if isinstance(found, Refusal) and found.rule != WITHOUT:
        return called_off(state, election, time)
    calendar = state.calendar.strike("elections.open_ballots", election.number)
    if isinstance(found, Register):
        election = election._replace(register=found.number)
        calendar = calendar.add(next_of(election))
    else:
        election = election._replace(paper=True)
    return with_election(state._replace(calendar=calendar), election)


CLAUSE = Clause(
    name="secret.demand",
    act=Demand,
    who="A delegate, from when they sit in their seat until voting in the election has begun.",
    rules=(
        RULE,
        WITHOUT,
        "bodies",
        "posts",
        "record.subject",
        "membership.admission",
    ),
    changes="When enough delegates have demanded it, the convention elects to the office by secret "
    "ballot.",
    allowed=allowed,
    change=change,
)
