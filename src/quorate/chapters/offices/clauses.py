"""The clauses of the chapter on offices."""

from quorate.chapters.clause import Chapter
from quorate.chapters.offices import (
    appoint,
    count_recall,
    demand_recall,
    end_terms,
    install,
    lay_down,
    recall,
    vote_recall,
)

CLAUSES: Chapter = (
    install.CLAUSE,
    appoint.CLAUSE,
    lay_down.CLAUSE,
    end_terms.CLAUSE,
    recall.CLAUSE,
    demand_recall.CLAUSE,
    vote_recall.CLAUSE,
    count_recall.CLAUSE,
)
