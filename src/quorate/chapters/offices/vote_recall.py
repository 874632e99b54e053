"""offices.vote_recall: a voice of the assembly votes on a recall, sealed until the vote is over.

Voting again replaces the earlier vote, which stays visible as replaced.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.elections.remembers import SealedBallot
from quorate.chapters.fields import Number, SealedVote
from quorate.chapters.offices.assemblies import voice_in
from quorate.chapters.offices.remembers import RecallVote
from quorate.chapters.plain import on
from quorate.chapters.state import State

RULE = "recall.majority"


@dataclass(frozen=True, slots=True)
class VoteRecall:
    """``recall``: the vote's number. ``choice``: for the recall, against it, or abstaining."""

    recall: Number
    choice: SealedVote


def voice_of(state: State, vote: RecallVote, member: str) -> str | Refusal:
    """In whose name the member votes on it, or why they cannot."""
    voice = voice_in(state, vote.assembly, vote.office[1], member, RULE, vote.opened)
    if isinstance(voice, Refusal):
        return voice
    if voice not in vote.voters or vote.convention not in (0, state.floor.current):
        return Refusal(
            RULE, "You had no voice here when the vote was opened.", "Leave it to the others."
        )
    return voice


def allowed(state: State, act: VoteRecall, occasion: Occasion) -> Refusal | None:
    vote = state.offices.votes.get(act.recall)
    if vote is None:
        return Refusal(RULE, f"There is no recall vote {act.recall}.", "Check its number.")
    if occasion.time >= vote.closes:
        return Refusal(RULE, f"This vote closed on {on(vote.closes)}.", "It is too late.")
    voice = voice_of(state, vote, occasion.by)
    if isinstance(voice, Refusal):
        return voice
    if act.choice in vote.used:
        return Refusal(
            RULE, "This very vote is in already.", "Seal your own; nobody can copy another's."
        )
    return None


def change(state: State, act: VoteRecall, occasion: Occasion) -> State:
    vote = state.offices.votes[act.recall]
    voice = voice_of(state, vote, occasion.by)
    if isinstance(voice, Refusal):
        return state
    earlier = vote.sealed.get(voice)
    before = () if earlier is None else (*earlier.before, earlier.choice)
    sealed = SealedBallot(act.choice, occasion.by, occasion.sequence, occasion.time, before)
    vote = replace(
        vote, sealed=vote.sealed.set(voice, sealed), used=vote.used.set(act.choice, None)
    )
    return with_recall(state, vote)


def with_recall(state: State, vote: RecallVote) -> State:
    """The state with what is new about this recall vote."""
    votes = state.offices.votes.set(vote.number, vote)
    return state._replace(offices=state.offices._replace(votes=votes))


CLAUSE = Clause(
    name="offices.vote_recall",
    act=VoteRecall,
    who="Whoever has a voice in the assembly: a delegate who is present, or a member of the place.",
    rules=(RULE, "recall.voice_after", "membership.admission"),
    changes="The vote is in, sealed; an earlier one is replaced.",
    allowed=allowed,
    change=change,
)
