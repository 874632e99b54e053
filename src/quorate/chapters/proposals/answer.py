"""proposals.answer: the answer in writing that the rulebook makes somebody owe to a proposal.

A late answer is taken, and shown as late.
"""

from __future__ import annotations

from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Document, Number
from quorate.chapters.floor.coming_back import left_for_the_next
from quorate.chapters.proposals.remembers import Answer
from quorate.chapters.proposals.ways import with_proposal
from quorate.chapters.rights import needs_office
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class AnswerAct:
    """``text``: the answer."""

    proposal: Number
    text: Document


def allowed(state: State, act: AnswerAct, occasion: Occasion) -> Refusal | None:
    proposal = state.proposals.proposals.get(act.proposal)
    if proposal is None or proposal.admission is None:
        return Refusal(
            "proposals.answer_from",
            "An answer is owed to admitted proposals only.",
            "Write a reply in the bulletin.",
        )
    convention = state.floor.conventions[state.bulletin.contributions[act.proposal].convention]
    office = convention.rules.proposals.answer_from
    refusal = needs_office(state, occasion.by, office, "proposals.answer_from")
    if refusal is not None:
        return refusal
    if proposal.answer is not None:
        return Refusal(
            "proposals.answer_from", "It has been answered.", "Write a reply in the bulletin."
        )
    decided = any(act.proposal in one.items for one in state.floor.conventions.values())
    left = act.proposal in left_for_the_next(state, convention)
    if convention.closed is not None and (decided or not left):
        return Refusal("proposals.answer_due", "The convention has closed.", "It is too late.")
    return None


def change(state: State, act: AnswerAct, occasion: Occasion) -> State:
    proposal = state.proposals.proposals[act.proposal]
    answer = Answer(act.text, occasion.by, occasion.time, occasion.sequence)
    return with_proposal(state, proposal._replace(answer=answer))


CLAUSE = Clause(
    name="proposals.answer",
    act=AnswerAct,
    who="A holder of the body that the rulebook names, in its name.",
    rules=("proposals.answer_from", "proposals.answer_due"),
    changes="The answer stands on the proposal, with its time and who gave it.",
    allowed=allowed,
    change=change,
)
