"""The clauses of the chapter on proposals, in the order in which a proposal meets them."""

from quorate.chapters.clause import Chapter
from quorate.chapters.proposals import (
    answer,
    ask,
    lapse,
    note_missing_answers,
    second,
    withdraw_second,
)

CLAUSES: Chapter = (
    second.CLAUSE,
    withdraw_second.CLAUSE,
    ask.CLAUSE,
    lapse.LAPSE,
    lapse.LAPSE_LATE,
    answer.CLAUSE,
    note_missing_answers.CLAUSE,
    note_missing_answers.LATE,
)
