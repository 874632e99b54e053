"""The clauses of the floor, in the order of a convention."""

from quorate.chapters.clause import Chapter
from quorate.chapters.floor import (
    call,
    close,
    close_vote,
    lapse,
    open,
    open_vote,
    open_votes,
    presence,
    vote,
)

CLAUSES: Chapter = (
    call.CLAUSE,
    presence.ARRIVE,
    presence.LEAVE,
    open.CLAUSE,
    open_vote.CLAUSE,
    vote.CLAUSE,
    close_vote.CLAUSE,
    open_votes.CLAUSE,
    close.CLAUSE,
    lapse.CLAUSE,
)
