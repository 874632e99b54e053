"""What was answered to an act that was handed in under an idempotency key.

What was asked may be a vote, or somebody's name: whoever reads the database must not find it out by
guessing. So its digest is made under a key that is not in the database, and with whoever asked and
their idempotency key in it: two who ask for the same do not look the same.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, starmap
from typing import NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from quorate import commitments
from quorate.record import canonical
from quorate.store.asking import ask, put
from quorate.store.handing_in import HandedIn
from quorate.store.models import Answered

_AT_ONCE = 200

_INFO = b"quorate/idempotency/1"
"""What the key is derived for, so that it is none of those that seal."""


def digest(sealing_key: bytes, handed_in: HandedIn) -> str:
    """What tells one request under an idempotency key from another: HMAC-SHA-256, hex."""
    asked = {"by": handed_in.by, "key": handed_in.key, "asked": handed_in.asked}
    return hmac.new(_key(sealing_key), canonical.encode(asked), hashlib.sha256).hexdigest()


@lru_cache(maxsize=8)
def _key(sealing_key: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=_INFO).derive(sealing_key)


class Answer(NamedTuple):
    """What is remembered of an answer: that what was asked became this entry."""

    by: str
    key: str
    request: str
    sequence: int
    sheet: str = ""


def answer(handed_in: HandedIn, request: str, sequence: int) -> Answer:
    """The answer to what was handed in under a key."""
    sheet = next((k.commitment for k in handed_in.kept if k.domain == commitments.PERSON), "")
    return Answer(handed_in.by, handed_in.key, request, sequence, sheet)


def earlier(asked: Iterable[HandedIn]) -> dict[tuple[str, str], Answer]:
    """What was answered before to those who now hand in something under the same key."""
    left = ((one.by, one.key) for one in asked if one.key)
    found: dict[tuple[str, str], Answer] = {}
    while part := list(islice(left, _AT_ONCE)):
        rows = ask(_for(len(part)), [value for one in part for value in one])
        found |= {(one.by, one.key): one for one in starmap(Answer, rows)}
    return found


def _for(many: int) -> str:
    """What asks for so many answers: each is looked up by its key. (SQLite reads the whole table
    where one says that both are IN a list.)"""
    return (
        f"WITH asked (person, word) AS (VALUES {', '.join(['(%s, %s)'] * many)}) "
        'SELECT "by", "key", request, sequence FROM asked CROSS JOIN store_answered '
        'WHERE "by" = person AND "key" = word'
    )


def keep(answers: Iterable[Answer]) -> None:
    """Puts the answers to a group of acts beside the record."""
    put('store_answered ("by", "key", request, sequence, sheet)', answers)


def forget(people: Iterable[str], sheets: Iterable[str]) -> int:
    """Removes what these people were answered, and what was answered to acts that carried these
    sheets; gives the number of rows."""
    gone: int = Answered.objects.filter(by__in=list(people)).delete()[0]
    gone += Answered.objects.filter(sheet__in=list(sheets)).delete()[0]
    return gone
