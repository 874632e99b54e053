"""floor.close_vote: the chair closes the vote; at once all votes are opened and counted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.calendar import Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.floor.open_vote import with_vote
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class CloseVote:
    """``vote``: its number."""

    vote: Number


def allowed(state: State, act: CloseVote, occasion: Occasion) -> Refusal | None:
    vote = state.floor.votes.get(act.vote)
    if vote is None or vote.closed is not None:
        return Refusal("floor.chaired_by", "No such vote is open.", "Check its number.")
    rules = state.floor.conventions[vote.convention].rules
    return needs_office(state, occasion.by, rules.floor.chaired_by, "floor.chaired_by")


def change(state: State, act: CloseVote, occasion: Occasion) -> State:
    vote = state.floor.votes[act.vote]
    present = len(state.floor.conventions[vote.convention].presence)
    state = with_vote(state, replace(vote, closed=occasion.time, present=present))
    deadline = Deadline(occasion.time, "floor.open_votes", act.vote)
    return replace(state, calendar=state.calendar.add(deadline))


CLAUSE = Clause(
    name="floor.close_vote",
    act=CloseVote,
    who="The chair.",
    rules=("floor.chaired_by",),
    changes="Nobody can vote any more; the votes are opened and counted.",
    allowed=allowed,
    change=change,
)
