"""The clauses of the chapter on offices."""

from quorate.chapters.clause import Chapter
from quorate.chapters.offices import appoint, install, lay_down, recall

CLAUSES: Chapter = (install.CLAUSE, appoint.CLAUSE, lay_down.CLAUSE, recall.CLAUSE)
