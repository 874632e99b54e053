"""What follows from a counted vote: the item's outcome, and who has to carry it out."""

from __future__ import annotations

from dataclasses import replace

from quorate.chapters.clause import Occasion
from quorate.chapters.floor.presence import with_convention
from quorate.chapters.floor.remembers import Item, Outcome, Vote
from quorate.chapters.followup.remembers import Task
from quorate.chapters.founding.remembers import Adopted
from quorate.chapters.state import State


def recorded(state: State, vote: Vote, on: Occasion) -> State:
    """The state with the vote's outcome. A referral that is not carried leaves the item open."""
    if vote.tally is None:
        return state
    outcome: Outcome
    if vote.question == "referral":
        if not vote.tally.carried:
            return state
        outcome = "referred"
    else:
        outcome = "adopted" if vote.tally.carried else "rejected"
    convention = state.floor.conventions[vote.convention]
    item = Item(
        proposal=vote.proposal,
        outcome=outcome,
        time=on.time,
        entry=on.sequence,
        vote=vote.number,
        owner=vote.owner,
        due=vote.due,
    )
    items = convention.items.set(vote.proposal, item)
    state = with_convention(state, replace(convention, items=items))
    if outcome == "referred":
        return _given_to(state, vote, vote.owner, returns=True)
    if outcome == "rejected":
        return _returned(state, vote.proposal)
    state = _amended(state, vote, on)
    return _given_to(state, vote, convention.rules.proposals.answer_from, returns=False)


def _given_to(state: State, vote: Vote, owner: str, *, returns: bool) -> State:
    task = Task(
        proposal=vote.proposal,
        convention=vote.convention,
        owner=owner,
        due=vote.due,
        returns=returns,
    )
    tasks = state.followup.tasks.set(vote.proposal, task)
    return replace(state, followup=replace(state.followup, tasks=tasks))


def _returned(state: State, proposal: int) -> State:
    """A referred proposal that came back and was rejected is nobody's task any more."""
    if proposal not in state.followup.tasks:
        return state
    tasks = state.followup.tasks.delete(proposal)
    return replace(state, followup=replace(state.followup, tasks=tasks))


def _amended(state: State, vote: Vote, on: Occasion) -> State:
    """An adopted amendment to the rulebook waits until the rulebook says that it is in force."""
    contribution = state.bulletin.contributions[vote.proposal]
    admission = state.proposals.proposals[vote.proposal].admission
    if contribution.amends != "rulebook" or admission is None:
        return state
    for version in contribution.versions:
        if version.text == admission.version:
            waiting = (
                *state.founding.waiting,
                Adopted(vote.proposal, version.changes, on.time),
            )
            return replace(state, founding=replace(state.founding, waiting=waiting))
    return state
