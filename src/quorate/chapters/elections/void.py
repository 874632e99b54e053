"""A void election: ballots were lost, and it is held anew; too few voted; or it is called off."""

from __future__ import annotations

from dataclasses import replace

from quorate.chapters.calendar import Deadline
from quorate.chapters.elections.remembers import Election
from quorate.chapters.elections.waiting import with_election
from quorate.chapters.floor.presence import seats_needed
from quorate.chapters.state import State


def held_anew(state: State, election: Election, time: int) -> State:
    """The state in which the election is void, and the same poll is open again from ``time`` (ms)
    for as long as it was. It is not held anew for a convention that is over."""
    if election.convention not in (0, state.floor.current):
        return with_election(state, election._replace(void=True))
    number = len(state.elections.elections) + 1
    again = Election(
        number=number,
        convention=election.convention,
        fills=election.fills,
        office=election.office,
        place=election.place,
        seats=election.seats,
        count=election.count,
        electorate=election.electorate,
        opens=time,
        closes=time + election.closes - election.opens,
        voters=election.voters,
        candidates=election.candidates,
        slates=election.slates,
        terms=election.terms,
        came_by=election.came_by,
        register=election.register,
    )
    state = with_election(state, election._replace(void=True, anew=number))
    state = with_election(state, again)
    if election.fills == "delegates":
        state = _branch_elects_by(state, again)
    return state._replace(calendar=state.calendar.add(next_of(again)))


def called_off(state: State, election: Election, time: int) -> State:
    """The state in which the election is over, at ``time`` (ms), before anybody voted. Another can
    be called in its place."""
    calendar = state.calendar.strike("elections.open_ballots", election.number)
    election = election._replace(void=True, closed=time)
    return with_election(state._replace(calendar=calendar), election)


def next_of(election: Election) -> Deadline:
    """What falls due next of an election that is cast on the server."""
    if election.register:
        return Deadline(election.opens, "secret.box_opened", election.number)
    return Deadline(election.closes, "elections.open_ballots", election.number)


def too_few(state: State, election: Election, papers: int) -> bool:
    """Whether so few seats voted at the convention that nobody is elected: less than the quorum.

    Where nobody stands nobody can vote, and that is its result.
    """
    if election.electorate != "seats" or not (election.standing or election.slates):
        return False
    return papers < seats_needed(state, state.floor.conventions[election.convention])


def _branch_elects_by(state: State, election: Election) -> State:
    """The state in which this is the election of the branch's delegates."""
    assembly = state.delegates.assemblies[election.convention]
    delegation = replace(assembly.delegations[election.place], election=election.number)
    assembly = replace(assembly, delegations=assembly.delegations.set(election.place, delegation))
    assemblies = state.delegates.assemblies.set(election.convention, assembly)
    return state._replace(delegates=state.delegates._replace(assemblies=assemblies))
