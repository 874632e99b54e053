"""The ids of trustees who are no members: made from the key with which they sign."""

from __future__ import annotations

import base64
import hashlib

PREFIX = "t-"


def trustee_id(key: str) -> str:
    """ "t-" and 80 bits of the SHA-256 of the key's text, in base32."""
    digest = hashlib.sha256(key.encode()).digest()[:10]
    return f"{PREFIX}{base64.b32encode(digest).decode().lower()}"
