"""Sealing what may not lie open in the database: personal sheets and votes not yet opened.

ChaCha20-Poly1305 with a key kept outside the database; the commitment is authenticated with it,
so a sealed row cannot be moved to another.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_NONCE = 12


class Unsealable(Exception):
    """The sealed bytes were changed, moved, or sealed with another key."""


def seal(key: bytes, commitment: str, salt: bytes, payload: bytes) -> bytes:
    """Salt (32 bytes) and payload, sealed for the row of this commitment."""
    nonce = os.urandom(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, salt + payload, commitment.encode())


def unseal(key: bytes, commitment: str, sealed: bytes) -> tuple[bytes, bytes]:
    """Salt and payload. Raises Unsealable."""
    try:
        opened = ChaCha20Poly1305(key).decrypt(
            sealed[:_NONCE], sealed[_NONCE:], commitment.encode()
        )
    except InvalidTag:
        raise Unsealable(f"what is sealed for {commitment[:12]}… cannot be opened") from None
    return opened[:32], opened[32:]


def mail_digest(key: bytes, address: str) -> str:
    """What finds a personal sheet by its e-mail address: HMAC-SHA-256, hex."""
    return hmac.digest(key, address.strip().casefold().encode(), hashlib.sha256).hex()
