"""What an upheld appeal gives back: the place in the bulletin, and the time that was lost."""

from __future__ import annotations

from quorate.chapters.bulletin.remembers import BulletinRefusal, Contribution, Issue
from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import Occasion
from quorate.chapters.proposals.own_time import answer_due, seconding_until
from quorate.chapters.proposals.ways import admit_all_reached, with_proposal
from quorate.chapters.state import State


def upheld(
    state: State, contribution: Contribution, refusal: BulletinRefusal, occasion: Occasion
) -> State:
    """The state in which the refusal is overturned.

    The text is printed in the next issue, or at once in one of its own when no more will come; a
    proposal has as much more time for seconders, for a new version and for the answer owed to it as
    the refusal took from it.
    """
    convention = state.floor.conventions.get(contribution.convention)
    if convention is None:
        return state
    if not any(deadline.act == "bulletin.publish" for deadline in state.calendar.deadlines):
        state = printed(state, (contribution.number,), convention.number, occasion)
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


def printed(
    state: State, contributions: tuple[int, ...], convention: int, occasion: Occasion
) -> State:
    """The state with one more issue that carries these contributions."""
    before = sum(issue.convention == convention for issue in state.bulletin.issues)
    versions = tuple(state.bulletin.contributions[n].latest.text for n in contributions)
    issue = Issue(convention, before + 1, occasion.time, occasion.sequence, contributions, versions)
    unprinted = tuple(n for n in state.bulletin.unprinted if n not in set(contributions))
    bulletin = state.bulletin._replace(issues=(*state.bulletin.issues, issue), unprinted=unprinted)
    return state._replace(bulletin=bulletin)
