"""proposals.withdraw_second: a seconder takes their name back, until the proposal is admitted."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.proposals.second import seeking_seconders
from quorate.chapters.proposals.ways import with_proposal
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class WithdrawSecond:
    """``proposal``: the contribution's number."""

    proposal: Number


def allowed(state: State, act: WithdrawSecond, occasion: Occasion) -> Refusal | None:
    contribution = seeking_seconders(state, act.proposal, occasion.time)
    if isinstance(contribution, Refusal):
        return contribution
    proposal = state.proposals.proposals[act.proposal]
    if occasion.by not in proposal.seconders:
        return Refusal("proposals.seconds", "You have not seconded it.", "Nothing is left to do.")
    if proposal.admission is not None:
        return Refusal(
            "proposals.seconds",
            "It is admitted: the names under it stand.",
            "Vote against it, or hand in an amendment.",
        )
    return None


def change(state: State, act: WithdrawSecond, occasion: Occasion) -> State:
    proposal = state.proposals.proposals[act.proposal]
    return with_proposal(state, proposal._replace(seconders=proposal.seconders.delete(occasion.by)))


CLAUSE = Clause(
    name="proposals.withdraw_second",
    act=WithdrawSecond,
    who="A seconder, until the proposal is admitted.",
    rules=("proposals.seconds", "proposals.seconding_closes"),
    changes="The name does not stand under the proposal any more; the record keeps that it did.",
    allowed=allowed,
    change=change,
)
