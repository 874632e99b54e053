"""The clauses of the chapter on erasing texts."""

from quorate.chapters.clause import Chapter
from quorate.chapters.erasing import ask, judge, settle

CLAUSES: Chapter = (ask.CLAUSE, judge.CLAUSE, settle.CLAUSE)
