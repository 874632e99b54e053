"""floor.close_vote: the chair closes the vote; at once all votes are opened and counted.

Not before the minutes that the rulebook gives, unless every seat present has voted: nobody can
hurry a proposal to its end.
"""

from __future__ import annotations

from dataclasses import dataclass

from immutables import Map

from quorate.chapters.calendar import MINUTE, Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.floor.open_vote import with_vote
from quorate.chapters.floor.presence import present_seats
from quorate.chapters.plain import counted, listed, on
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
    convention = state.floor.conventions[vote.convention]
    rules = convention.rules.floor
    refusal = needs_office(state, occasion.by, rules.chaired_by, "floor.chaired_by")
    if refusal is not None:
        return refusal
    until = vote.opened + rules.vote_minutes * MINUTE
    waiting = sorted(seat for seat in present_seats(state, convention) if seat not in vote.sealed)
    if occasion.time < until and waiting:
        return Refusal(
            "floor.vote_minutes",
            f"{counted(len(waiting), 'seat')} present and not voted yet: {listed(waiting)}.",
            f"Close it when they have voted, or from {on(until)}.",
        )
    return None


def change(state: State, act: CloseVote, occasion: Occasion) -> State:
    return closed(state, act.vote, occasion.time)


def closed(state: State, number: int, time: int) -> State:
    """The state in which this vote is closed, and falls due to be opened and counted at once."""
    vote = state.floor.votes[number]
    # A seat that voted and left before the close was there to vote: it counts as present.
    present = present_seats(state, state.floor.conventions[vote.convention])
    there = len(present | set(vote.sealed))
    state = with_vote(state, vote._replace(closed=time, present=there, used=Map()))
    deadline = Deadline(time, "floor.open_votes", number)
    return state._replace(calendar=state.calendar.add(deadline))


CLAUSE = Clause(
    name="floor.close_vote",
    act=CloseVote,
    who="The chair.",
    rules=("floor.chaired_by", "floor.vote_minutes"),
    changes="Nobody can vote any more; the votes are opened and counted.",
    allowed=allowed,
    change=change,
)
