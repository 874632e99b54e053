"""How a convention ends, closed by the chair or lapsed: what it decided takes effect."""

from __future__ import annotations

from dataclasses import replace

from immutables import Map

from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import Occasion
from quorate.chapters.elections.declare import installed
from quorate.chapters.floor.presence import with_convention
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.membership.suspensions import after_the_convention
from quorate.chapters.offices.holding import office_rules
from quorate.chapters.state import State


def ended(state: State, convention: Convention, on: Occasion) -> State:
    """The state in which this convention is over and no other is called.

    Nobody is present any more, and what was demanded there is over; whom it elected takes office,
    and what it adopted comes into force as its rules say.
    """
    state = with_convention(state, replace(convention, presence=Map()))
    for _, election in sorted(state.elections.elections.items()):
        own = election.convention == convention.number and election.fills != "delegates"
        if own and election.result is not None:
            state = installed(state, election, election.result, on)
    demands = state.offices.demands
    for (office, member), _ in demands.items():
        rules = office_rules(state, office[0])
        if rules is not None and rules.recalled_by == "convention":
            demands = demands.delete((office, member))
    state = state._replace(offices=state.offices._replace(demands=demands))
    state = after_the_convention(state, on.time)
    calendar = state.calendar.strike("floor.lapse", convention.number)
    if convention.rules.floor.in_force == "close" and (
        state.founding.waiting or convention.lapsed is not None
    ):
        calendar = calendar.add(Deadline(on.time, "founding.enter_into_force", convention.number))
    return state._replace(calendar=calendar, floor=state.floor._replace(current=None))
