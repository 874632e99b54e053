"""What an upheld appeal gives back: the place in the bulletin, and the time that was lost."""

from __future__ import annotations

from quorate.chapters.bulletin.printing import printed_at_once
from quorate.chapters.bulletin.remembers import Contribution
from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import Occasion
from quorate.chapters.proposals.own_time import answer_due, seconding_until
from quorate.chapters.proposals.ways import admit_all_reached, with_proposal
from quorate.chapters.state import State


def upheld(state: State, contribution: Contribution, occasion: Occasion) -> State:
    """The state after a refusal of the contribution was overturned.

    The text is printed in the next issue, or at once in one of its own when no more will come; a
    proposal has as much more time for seconders, for a new version and for the answer owed to it as
    the refusal took from it.
    """
    convention = state.floor.conventions.get(contribution.convention)
    if convention is None:
        return state
    if contribution.number not in state.bulletin.unprinted and contribution.withdrawn is None:
        unprinted = (*state.bulletin.unprinted, contribution.number)
        state = state._replace(bulletin=state.bulletin._replace(unprinted=unprinted))
    state = printed_at_once(state, contribution.number, occasion)
    proposal = state.proposals.proposals.get(contribution.number)
    if proposal is None or proposal.lapsed is not None or proposal.admission is not None:
        return state  # what had lapsed before it was refused, or is admitted, has lost no time
    proposal = proposal._replace(more_time=time_taken(contribution))
    if occasion.time < seconding_until(state, contribution, proposal):
        proposal = proposal._replace(waits=None)
    late = {
        "proposals.lapse_late": seconding_until(state, contribution, proposal),
        "proposals.note_missing_late": answer_due(state, contribution, proposal),
    }
    calendar = state.calendar
    for act, time in late.items():
        calendar = calendar.strike(act, proposal.number)
        calendar = calendar.add(Deadline(time, act, proposal.number))
    state = with_proposal(state._replace(calendar=calendar), proposal)
    return admit_all_reached(state, convention.number, occasion)


def time_taken(contribution: Contribution) -> int:
    """How long (ms) refusals stood that were overturned; where several did at once, once."""
    taken = until = 0
    for refusal in contribution.refusals:
        if refusal.appeal is None or refusal.appeal.decided is None or refusal.stands:
            continue
        over = refusal.appeal.decided
        taken += max(0, over - max(until, refusal.time))
        until = max(until, over)
    return taken
