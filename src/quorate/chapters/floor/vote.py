"""floor.vote: a seat votes, for, against or abstaining; sealed until the vote has closed.

One vote a seat, whoever sits in it. Voting again replaces the earlier vote, with a reason, and
leaves it visible.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number, SealedVote
from quorate.chapters.floor.open_vote import with_vote
from quorate.chapters.floor.remembers import SealedVote as Sealed
from quorate.chapters.rights import member_in_good_standing, seat_of
from quorate.chapters.state import State

Reason = Literal["", "mistake", "changed-my-mind", "stepped-in"]


@dataclass(frozen=True, slots=True)
class CastVote:
    """``reason``: why the seat votes again; "" for its first vote."""

    vote: Number
    choice: SealedVote
    reason: Reason = ""


def allowed(state: State, act: CastVote, occasion: Occasion) -> Refusal | None:
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    vote = state.floor.votes.get(act.vote)
    if vote is None:
        return Refusal("floor.majorities", f"There is no vote {act.vote}.", "Check its number.")
    if vote.closed is not None:
        return Refusal("floor.majorities", "This vote is closed.", "It is too late.")
    seat = seat_of(state, vote.convention, occasion.by)
    if seat is None:
        return Refusal(
            "delegates.method", "Votes belong to seats, and you sit in none.", "Ask your delegate."
        )
    if state.floor.conventions[vote.convention].presence.get(seat) != occasion.by:
        return Refusal(
            "floor.quorum", "You are not marked as present.", "Mark yourself as present first."
        )
    if act.choice in vote.used:
        return Refusal(
            "floor.majorities",
            "This very vote is in already.",
            "Seal your own; nobody can copy another's.",
        )
    return _wrong_reason(vote.sealed.get(seat), act.reason, occasion.by)


def _wrong_reason(earlier: Sealed | None, reason: Reason, by: str) -> Refusal | None:
    """Why the reason does not fit what the seat did before, if so."""
    if earlier is None:
        if reason:
            return Refusal(
                "floor.majorities", "There is no vote to replace.", "Leave out the reason."
            )
        return None
    if not reason:
        return Refusal(
            "floor.majorities",
            "This seat has voted.",
            "To replace its vote, say why: mistake, changed-my-mind or stepped-in.",
        )
    if (reason == "stepped-in") != (earlier.by != by):
        return Refusal(
            "floor.majorities",
            "Whoever sat here before you cast this seat's vote."
            if earlier.by != by
            else "You cast this seat's vote yourself.",
            "Give the reason stepped-in."
            if earlier.by != by
            else "Give the reason mistake or changed-my-mind.",
        )
    return None


def change(state: State, act: CastVote, occasion: Occasion) -> State:
    vote = state.floor.votes[act.vote]
    seat = seat_of(state, vote.convention, occasion.by) or ""
    earlier = vote.sealed.get(seat)
    before = () if earlier is None else (*earlier.before, (earlier.choice, act.reason))
    sealed = Sealed(act.choice, occasion.by, occasion.sequence, occasion.time, before)
    vote = vote._replace(sealed=vote.sealed.set(seat, sealed), used=vote.used.set(act.choice, None))
    return with_vote(state, vote)


CLAUSE = Clause(
    name="floor.vote",
    act=CastVote,
    who="Whoever sits in a seat and is present.",
    rules=("floor.majorities", "floor.quorum", "delegates.method"),
    changes="The seat's vote is in, sealed; an earlier one is replaced and stays visible.",
    allowed=allowed,
    change=change,
)
