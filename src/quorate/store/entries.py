"""The entries in the database, in order."""

from __future__ import annotations

from collections.abc import Iterator

from quorate.record import canonical
from quorate.store.asking import ask

BATCH = 2_000

_FROM = (
    "SELECT sequence, data FROM store_recordentry WHERE sequence >= %s AND sequence < %s "
    "ORDER BY sequence LIMIT %s"
)


def one(sequence: int) -> bytes | None:
    """The bytes of the entry at this place; None where there is none."""
    rows = ask("SELECT data FROM store_recordentry WHERE sequence = %s", [sequence])
    return bytes(rows[0][0]) if rows else None


def there(sequence: int) -> bytes:
    """The bytes of an entry that was recorded. Raises LookupError where somebody removed it."""
    data = one(sequence)
    if data is None:
        raise LookupError(f"entry {sequence} was removed from the database")
    return data


def between(start: int, end: int = canonical.LIMIT) -> Iterator[tuple[int, bytes]]:
    """Place and bytes of the entries from ``start`` on, before ``end``, in order."""
    while True:
        rows = ask(_FROM, [start, end, BATCH])
        for sequence, data in rows:
            yield sequence, bytes(data)
        if len(rows) < BATCH:
            return
        start = rows[-1][0] + 1
