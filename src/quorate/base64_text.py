"""Base64 as the record's formats use it: RFC 4648, section 4, in its one canonical spelling.

Python's own reader lets the unused bits of the last letter be anything, so that two texts mean the
same bytes; here each text of a key, hash or signature has just one spelling.
"""

from __future__ import annotations

import base64


def write(data: bytes) -> str:
    """The bytes as base64, padded, without line breaks."""
    return base64.b64encode(data).decode("ascii")


def read(text: str) -> bytes:
    """The bytes that ``write`` gives this text for. Raises ValueError for any other text."""
    data = base64.b64decode(text, validate=True)
    if write(data) != text:
        raise ValueError("not the canonical spelling")
    return data
