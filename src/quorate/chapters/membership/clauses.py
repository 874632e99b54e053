"""The clauses of the chapter on membership: setting up, belonging, and the rolls of a year."""

from quorate.chapters.clause import Chapter
from quorate.chapters.membership import (
    admit,
    attest_roll,
    be_reachable,
    challenge_roll,
    erase,
    freeze_roll,
    judge_challenge,
    open_branch,
    open_region,
    resign,
    restore,
    settle_rolls,
    suspend,
    take_effect,
    transfer,
)

CLAUSES: Chapter = (
    open_region.CLAUSE,
    open_branch.CLAUSE,
    admit.CLAUSE,
    be_reachable.CLAUSE,
    transfer.CLAUSE,
    suspend.CLAUSE,
    take_effect.CLAUSE,
    restore.CLAUSE,
    resign.CLAUSE,
    erase.CLAUSE,
    freeze_roll.CLAUSE,
    attest_roll.CLAUSE,
    challenge_roll.CLAUSE,
    judge_challenge.CLAUSE,
    settle_rolls.CLAUSE,
)
