"""The clauses of the chapter on elections, in the order of an election."""

from quorate.chapters.clause import Chapter
from quorate.chapters.elections import (
    declare,
    nominate,
    open_ballots,
    open_poll,
    papers,
    slates,
    vote,
)

CLAUSES: Chapter = (
    open_poll.CLAUSE,
    nominate.NOMINATE,
    nominate.ACCEPT,
    slates.PROPOSE,
    slates.CONSENT,
    vote.CLAUSE,
    papers.ENTER,
    papers.END,
    open_ballots.CLAUSE,
    declare.CLAUSE,
)
