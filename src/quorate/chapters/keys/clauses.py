"""The clauses of the chapter on keys."""

from quorate.chapters.clause import Chapter
from quorate.chapters.keys import replace, rotate

CLAUSES: Chapter = (rotate.CLAUSE, replace.CLAUSE)
