"""The clauses of the chapter on devices."""

from quorate.chapters.clause import Chapter
from quorate.chapters.devices import add, end, vouch

CLAUSES: Chapter = (add.CLAUSE, vouch.CLAUSE, end.CLAUSE)
