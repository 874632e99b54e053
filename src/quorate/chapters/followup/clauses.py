"""The clauses of the follow-up."""

from quorate.chapters.clause import Chapter
from quorate.chapters.followup import report, take_on

CLAUSES: Chapter = (take_on.CLAUSE, report.CLAUSE)
