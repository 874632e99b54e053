"""Questions (section 4.9): homomorphic ones, whose sums come out, and non-homomorphic ones, whose
answers come out shuffled. Lists questions are refused: nothing here uses them."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.ballots.json_form import (
    Json,
    Malformed,
    boolean,
    each,
    field,
    fields,
    optional_field,
    present,
    small,
    string,
)

_NON_HOMOMORPHIC = "NonHomomorphic"


@dataclass(frozen=True, slots=True)
class Homomorphic:
    """``min`` to ``max`` of the answers are chosen; or none, as a blank vote, where ``blank``."""

    answers: tuple[str, ...]
    blank: bool | None
    min: int
    max: int
    question: str

    @property
    def allows_blank(self) -> bool:
        return self.blank is True

    @property
    def values(self) -> range:
        """How many answers may be chosen."""
        return range(self.min, self.max + 1)

    @property
    def length(self) -> int:
        """The number of ciphertexts in an answer: one for blank goes first, where it is allowed."""
        return len(self.answers) + self.allows_blank


@dataclass(frozen=True, slots=True)
class NonHomomorphic:
    """Every answer is given a number of 0..255: a rank, a grade. ``extra``: how it is to be
    counted, as the election says it."""

    answers: tuple[str, ...]
    question: str
    extra: Json


Question = Homomorphic | NonHomomorphic


def read_question(value: Json) -> Question:
    if isinstance(value, dict) and "type" in value:
        return _read_generic(value)
    record = fields(value, ("answers", "min", "max", "question"), ("blank",))
    question = Homomorphic(
        answers=field(record, "answers", _read_answers),
        blank=optional_field(record, "blank", boolean),
        min=field(record, "min", small),
        max=field(record, "max", small),
        question=field(record, "question", string),
    )
    if question.min > question.max:
        raise Malformed("above max: nothing could be chosen", "min")
    return question


def question_json(question: Question) -> Json:
    if isinstance(question, NonHomomorphic):
        value = {"answers": list(question.answers), "question": question.question}
        return present(type=_NON_HOMOMORPHIC, value=value, extra=question.extra)
    return present(
        answers=list(question.answers),
        blank=question.blank,
        min=question.min,
        max=question.max,
        question=question.question,
    )


def _read_generic(value: Json) -> NonHomomorphic:
    record = fields(value, ("type", "value"), ("extra",))
    kind = field(record, "type", string)
    if kind != _NON_HOMOMORPHIC:
        raise Malformed(f'this verifier does not know questions of type "{kind}"', "type")
    inner = field(record, "value", lambda value: fields(value, ("answers", "question")))
    return NonHomomorphic(
        answers=field(inner, "answers", _read_answers),
        question=field(inner, "question", string),
        extra=record.get("extra"),
    )


def _read_answers(value: Json) -> tuple[str, ...]:
    answers = each(value, string)
    if not answers:
        raise Malformed("no answer to choose")
    return answers
