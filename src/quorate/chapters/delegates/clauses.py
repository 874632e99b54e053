"""The clauses of the chapter on delegates."""

from quorate.chapters.clause import Chapter
from quorate.chapters.delegates import (
    apportion,
    credential,
    erase_guest,
    give_way,
    guests,
    step_in,
)

CLAUSES: Chapter = (
    apportion.CLAUSE,
    credential.CLAUSE,
    give_way.CLAUSE,
    step_in.CLAUSE,
    guests.INVITE,
    guests.END,
    erase_guest.CLAUSE,
)
