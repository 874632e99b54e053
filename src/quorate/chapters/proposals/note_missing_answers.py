"""proposals.note_missing_answers: when answers are due, those that did not come are noted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class NoteMissingAnswers:
    """``of``: the convention."""

    of: Number


def allowed(state: State, act: NoteMissingAnswers, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: NoteMissingAnswers, occasion: Occasion) -> State:
    missing = tuple(
        number
        for number, proposal in sorted(state.proposals.proposals.items())
        if state.bulletin.contributions[number].convention == act.of
        and proposal.admission is not None
        and proposal.answer is None
    )
    noted = (*state.proposals.answers_missing, *missing)
    return replace(
        state,
        proposals=replace(state.proposals, answers_missing=noted),
        calendar=state.calendar.strike(CLAUSE.name, act.of),
    )


CLAUSE = Clause(
    name="proposals.note_missing_answers",
    act=NoteMissingAnswers,
    who="Nobody: it falls due when answers are due.",
    rules=("proposals.answer_due",),
    changes="Proposals without an answer are noted as unanswered in time, for good.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
