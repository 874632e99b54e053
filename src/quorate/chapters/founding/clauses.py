"""The clauses of the founding, and of the rulebook's later versions."""

from quorate.chapters.clause import Chapter
from quorate.chapters.founding import adopt, bring_programme, complete, enter_into_force

CLAUSES: Chapter = (
    adopt.CLAUSE,
    bring_programme.CLAUSE,
    complete.CLAUSE,
    enter_into_force.CLAUSE,
)
