"""proposals.lapse: a proposal that did not find enough seconders by the date lapses, and that is
shown. Whoever won an appeal has as much more time as the refusal took.

While a refusal of one of its versions can still be overturned, its clock stands still: it does not
lapse before that is settled.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.proposals.own_time import waits_until
from quorate.chapters.proposals.ways import with_proposal
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Lapse:
    """``of``: the convention."""

    of: Number


@dataclass(frozen=True, slots=True)
class LapseLate:
    """``of``: the proposal whose author had more time, or that waited for an appeal."""

    of: Number


def allowed(state: State, act: Lapse | LapseLate, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: Lapse, occasion: Occasion) -> State:
    state = state._replace(calendar=state.calendar.strike(LAPSE.name, act.of))
    late = {d.of for d in state.calendar.deadlines if d.act == LAPSE_LATE.name}
    for number in sorted(state.proposals.proposals):
        contribution = state.bulletin.contributions[number]
        if contribution.convention == act.of and number not in late:
            state = _lapsed(state, number, occasion.time)
    return state


def change_late(state: State, act: LapseLate, occasion: Occasion) -> State:
    state = state._replace(calendar=state.calendar.strike(LAPSE_LATE.name, act.of))
    return _lapsed(state, act.of, occasion.time)


def _lapsed(state: State, number: int, time: int) -> State:
    """The proposal lapses unless it is admitted, withdrawn, refused or lapsed already, or waits."""
    proposal = state.proposals.proposals[number]
    contribution = state.bulletin.contributions[number]
    ended = contribution.refused or contribution.withdrawn is not None
    if ended or proposal.admission is not None or proposal.lapsed is not None:
        return state
    settled = waits_until(state, contribution, proposal, time)
    if settled is None:
        return with_proposal(state, proposal._replace(lapsed=time, waits=None))
    calendar = state.calendar.add(Deadline(settled, LAPSE_LATE.name, number))
    return with_proposal(state._replace(calendar=calendar), proposal._replace(waits=settled))


LAPSE = Clause(
    name="proposals.lapse",
    act=Lapse,
    who="Nobody: it falls due when seconding closes.",
    rules=("proposals.seconding_closes",),
    changes="Every proposal without enough seconders has lapsed.",
    allowed=allowed,
    change=change,
    falls_due=True,
)

LAPSE_LATE = Clause(
    name="proposals.lapse_late",
    act=LapseLate,
    who="Nobody: it falls due when the time that an upheld appeal gave is over, or when it is "
    "settled whether a refusal of it stands.",
    rules=("proposals.seconding_closes", "bulletin.appeal_within"),
    changes="The proposal has lapsed if it is not admitted.",
    allowed=allowed,
    change=change_late,
    falls_due=True,
)
