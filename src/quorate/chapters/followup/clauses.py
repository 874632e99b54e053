"""The clauses of the follow-up."""

from quorate.chapters.clause import Chapter
from quorate.chapters.followup import take_on

CLAUSES: Chapter = (take_on.TAKE_ON, take_on.REPORT)
