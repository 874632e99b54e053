"""The ids of trustees who are no members: made from the key with which they sign."""

from __future__ import annotations

import base64
import hashlib

_BEGINS = "t-"
"""Members' pseudonyms begin with m-, guests' with g-."""


def trustee_id(key: str) -> str:
    """ "t-" and 80 bits of the SHA-256 of the key's text, in base32."""
    digest = hashlib.sha256(key.encode()).digest()[:10]
    return f"{_BEGINS}{base64.b32encode(digest).decode().lower()}"


def is_trustee_id(by: str) -> bool:
    """Whether whoever does an act is a trustee who is no member."""
    return by.startswith(_BEGINS)
