"""The clauses of the chapter on lots."""

from quorate.chapters.clause import Chapter
from quorate.chapters.lots import call, commit, enter_public, hand_in, open_numbers

CLAUSES: Chapter = (
    call.CLAUSE,
    commit.CLAUSE,
    hand_in.CLAUSE,
    open_numbers.CLAUSE,
    enter_public.CLAUSE,
)
