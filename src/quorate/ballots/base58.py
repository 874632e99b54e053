"""Base58, of which identifiers, credentials and seeds are made (sections 4.2, 4.6.1 and 4.8)."""

from __future__ import annotations

from secrets import choice

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def random_text(length: int) -> str:
    """Characters from the operating system's generator: 5.86 bits each."""
    return "".join(choice(ALPHABET) for _ in range(length))
