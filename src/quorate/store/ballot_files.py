"""What lies beside the record of secret ballots: shuffles, decryptions, rolls; each by its SHA-256.

They are public, and nothing erases them. Whoever keeps the database can write into it, so each is
held against its hash when it is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from quorate.store.asking import ask, put

MAX_CHARACTERS = 10_000_000
"""Of one of them: a shuffle of some 18,000 claims."""


class BallotFile(NamedTuple):
    """``hash``: SHA-256 of the data in hexadecimal."""

    hash: str
    data: bytes


def made_of(given: object) -> BallotFile:
    """The file that somebody hands in as a text. Raises ValueError."""
    if not isinstance(given, str) or not given:
        raise ValueError("expected the thing itself, as a text")
    if len(given) > MAX_CHARACTERS:
        raise ValueError(f"is longer than {MAX_CHARACTERS:,} characters")
    data = given.encode()
    return BallotFile(sha256(data).hexdigest(), data)


def keep(files: Iterable[BallotFile]) -> None:
    """Puts away what entries name that are being written."""
    put("store_ballotfile (hash, data)", files, unless_there=True)


def there(hash: str) -> bytes | None:
    """The file with this hash, if it lies here as it was handed in."""
    for (data,) in ask("SELECT data FROM store_ballotfile WHERE hash = %s", [hash]):
        if sha256(bytes(data)).hexdigest() == hash:
            return bytes(data)
    return None
