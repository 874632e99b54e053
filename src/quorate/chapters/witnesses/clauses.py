"""The clauses of the chapter on witnesses."""

from quorate.chapters.clause import Chapter
from quorate.chapters.witnesses import dismiss, name

CLAUSES: Chapter = (name.CLAUSE, dismiss.CLAUSE)
