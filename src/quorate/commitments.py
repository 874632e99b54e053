"""Salted commitments: how the record vouches for what it does not hold.

A commitment is the hex SHA-256 of domain ‖ 0x00 ‖ salt (32 bytes) ‖ payload. Who knows payload and
salt can show that just this payload was meant; without the salt nobody can guess it. Erasing
both leaves the record whole.
"""

from __future__ import annotations

import hashlib
import hmac

DOCUMENT = "quorate/document/v1"
PERSON = "quorate/person/v1"
CHOICE = "quorate/choice/v1"

SALT_BYTES = 32


def commit(payload: bytes, salt: bytes, domain: str) -> str:
    """The commitment to ``payload``, 64 hex digits. Raises ValueError for a salt of wrong size."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hashlib.sha256(domain.encode() + b"\x00" + salt + payload).hexdigest()


def opens(commitment: str, payload: bytes, salt: bytes, domain: str) -> bool:
    """Whether payload and salt are what the commitment was made to."""
    if len(salt) != SALT_BYTES:
        return False
    return hmac.compare_digest(commitment, commit(payload, salt, domain))
