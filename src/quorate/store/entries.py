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


def between(start: int, end: int = canonical.LIMIT) -> Iterator[tuple[int, bytes]]:
    """Place and bytes of the entries from ``start`` on, before ``end``, in order."""
    while True:
        rows = ask(_FROM, [start, end, BATCH])
        for sequence, data in rows:
            yield sequence, bytes(data)
        if len(rows) < BATCH:
            return
        start = rows[-1][0] + 1
