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

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from quorate import commitments
from quorate.record import canonical
from quorate.store.handing_in import HandedIn
from quorate.store.models import Answered

_INFO = b"quorate/idempotency/1"
"""What the key is derived for, so that it is none of those that seal."""


def digest(sealing_key: bytes, handed_in: HandedIn) -> str:
    """What tells one request under an idempotency key from another: HMAC-SHA-256, hex."""
    asked = {"by": handed_in.by, "key": handed_in.key, "asked": handed_in.asked}
    return hmac.new(_key(sealing_key), canonical.encode(asked), hashlib.sha256).hexdigest()


@lru_cache(maxsize=8)
def _key(sealing_key: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=_INFO).derive(sealing_key)


def row(handed_in: HandedIn, request: str, sequence: int) -> Answered:
    """What is remembered of the answer: that it became this entry."""
    sheet = next((k.commitment for k in handed_in.kept if k.domain == commitments.PERSON), "")
    return Answered(
        by=handed_in.by, key=handed_in.key, request=request, sequence=sequence, sheet=sheet
    )


def forget(people: Iterable[str], sheets: Iterable[str]) -> int:
    """Removes what these people were answered, and what was answered to acts that carried these
    sheets; gives the number of rows."""
    gone: int = Answered.objects.filter(by__in=list(people)).delete()[0]
    gone += Answered.objects.filter(sheet__in=list(sheets)).delete()[0]
    return gone
