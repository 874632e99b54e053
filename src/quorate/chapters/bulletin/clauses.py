"""The clauses of the chapter on the bulletin, in the order in which a contribution meets them."""

from quorate.chapters.bulletin import (
    appeal,
    hand_in,
    judge_appeal,
    publish,
    refuse,
    revise,
    uphold_appeal,
    withdraw,
)
from quorate.chapters.clause import Chapter

CLAUSES: Chapter = (
    hand_in.CLAUSE,
    revise.CLAUSE,
    withdraw.CLAUSE,
    refuse.CLAUSE,
    appeal.CLAUSE,
    judge_appeal.CLAUSE,
    uphold_appeal.CLAUSE,
    publish.CLAUSE,
)
