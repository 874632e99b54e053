"""proposals.note_missing_answers: when answers are due, those that did not come are noted.

Where an upheld appeal gave a proposal more time, the answer to it is due by so much later; where
it was admitted too late for the agenda, when those of the next convention are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.floor.coming_back import coming_back
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class NoteMissingAnswers:
    """``of``: the convention."""

    of: Number


@dataclass(frozen=True, slots=True)
class NoteMissingLate:
    """``of``: the proposal whose answer was due later."""

    of: Number


def allowed(
    state: State, act: NoteMissingAnswers | NoteMissingLate, occasion: Occasion
) -> Refusal | None:
    return None


def change(state: State, act: NoteMissingAnswers, occasion: Occasion) -> State:
    late = {d.of for d in state.calendar.deadlines if d.act == LATE.name}
    back = coming_back(state, act.of)
    of_this = (
        number
        for number in sorted(state.proposals.proposals)
        if state.bulletin.contributions[number].convention == act.of or number in back
        if number not in late and number not in state.proposals.answers_missing
    )
    state = state._replace(calendar=state.calendar.strike(CLAUSE.name, act.of))
    return _noted(state, of_this)


def change_late(state: State, act: NoteMissingLate, occasion: Occasion) -> State:
    return _noted(state._replace(calendar=state.calendar.strike(LATE.name, act.of)), (act.of,))


def _noted(state: State, numbers: Iterable[int]) -> State:
    """The state in which those of these that are admitted and not answered are noted."""
    proposals = state.proposals.proposals
    missing = tuple(
        number
        for number in numbers
        if proposals[number].admission is not None and proposals[number].answer is None
    )
    noted = (*state.proposals.answers_missing, *missing)
    return state._replace(proposals=state.proposals._replace(answers_missing=noted))


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

LATE = Clause(
    name="proposals.note_missing_late",
    act=NoteMissingLate,
    who="Nobody: it falls due when the answer to a proposal is due that an appeal gave more time.",
    rules=("proposals.answer_due", "bulletin.appeal_within"),
    changes="The proposal is noted as unanswered in time, for good, if it is.",
    allowed=allowed,
    change=change_late,
    falls_due=True,
)
