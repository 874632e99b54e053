"""What the record says was done in somebody's name, by themselves or by whoever claims to be."""

from __future__ import annotations

from django.db import connection

from quorate.record import entry
from quorate.record.entry import Entry
from quorate.store.asking import ask

MOST = 500


def acts_of(member: str, since: int = 0, until: int | None = None) -> list[Entry]:
    """The latest entries that the member did, the newest first, MOST at most; of those from
    ``since`` to before ``until``, if it is given."""
    where = "position(%s IN data)" if connection.vendor == "postgresql" else "instr(data, %s)"
    before = "" if until is None else "AND sequence < %s"
    rows = ask(
        f"SELECT data FROM store_recordentry WHERE sequence >= %s {before} AND {where} > 0 "
        "ORDER BY sequence DESC LIMIT %s",
        [since, *(() if until is None else (until,)), f'"by":"{member}"'.encode(), MOST],
    )
    found = [entry.read(bytes(data)) for (data,) in rows]
    return [one for one in found if one.occasion.by == member]
