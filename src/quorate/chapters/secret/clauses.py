"""The clauses of the chapter on secret ballots."""

from quorate.chapters.clause import Chapter
from quorate.chapters.secret import (
    certify,
    claim,
    close,
    confirm,
    decrypt_roll,
    drawing,
    mix,
    name_trustee,
    opening,
    roll,
    share,
    void,
)

CLAUSES: Chapter = (
    opening.CLAUSE,
    name_trustee.CLAUSE,
    drawing.DECLINE,
    drawing.PASS_OVER,
    certify.CLAUSE,
    share.CLAUSE,
    confirm.CLAUSE,
    claim.CLAUSE,
    close.CLAUSE,
    mix.CLAUSE,
    decrypt_roll.CLAUSE,
    roll.CLAUSE,
    void.CLAUSE,
)
