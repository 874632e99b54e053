"""What follows from a counted vote: the item's outcome, and who has to carry it out."""

from __future__ import annotations

from dataclasses import replace

from quorate.chapters.calendar import DAY
from quorate.chapters.clause import Occasion
from quorate.chapters.floor.amendments import changes_as_amended, undecided_amendments
from quorate.chapters.floor.presence import with_convention
from quorate.chapters.floor.remembers import Item, Outcome, Vote
from quorate.chapters.followup.remembers import Task
from quorate.chapters.followup.tasks import with_task
from quorate.chapters.founding.remembers import Adopted
from quorate.chapters.state import State


def recorded(state: State, vote: Vote, on: Occasion) -> State:
    """The state with the vote's outcome. A referral that is not carried leaves the item open, and
    so does a vote of which too much is lost or in which too few took part."""
    if vote.tally is None or not vote.tally.decides:
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
    if outcome == "referred":
        for number in undecided_amendments(state, convention, vote.proposal):
            items = items.set(number, replace(item, proposal=number))
    state = with_convention(state, replace(convention, items=items))
    earlier = state.followup.tasks.get(vote.proposal)
    if outcome == "rejected":
        return state if earlier is None else with_task(state, replace(earlier, rejected=on.time))
    if outcome == "adopted":
        state = _amended(state, vote, on)
        if state.bulletin.contributions[vote.proposal].amends == "proposal":
            return state  # it is carried out with what it amends, if that is adopted
    rules = convention.rules.floor
    task = Task(
        proposal=vote.proposal,
        convention=vote.convention,
        owner=vote.owner if outcome == "referred" else rules.carried_out_by,
        due=on.time + rules.carried_out_within * DAY if vote.due is None else vote.due,
        returns=outcome == "referred",
        taken_on=outcome == "referred",
        reports=() if earlier is None else earlier.reports,
    )
    return with_task(state, task)


def _amended(state: State, vote: Vote, on: Occasion) -> State:
    """An adopted amendment to the rulebook waits until the rulebook says that it is in force."""
    if state.bulletin.contributions[vote.proposal].amends != "rulebook":
        return state
    changes = changes_as_amended(state, vote.proposal)
    waiting = (*state.founding.waiting, Adopted(vote.proposal, changes, on.time))
    return state._replace(founding=state.founding._replace(waiting=waiting))
