"""Following the record: the state and the tree of one process, brought up to what stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection

from quorate import organisation
from quorate.chapters.clause import Occasion
from quorate.chapters.state import EMPTY, State
from quorate.record import entry
from quorate.record.tree import Frontier, leaf_hash
from quorate.record.uncollected import uncollected

BATCH = 2_000


class BrokenRecord(Exception):
    """The database holds something that is not a record by these rules: the server stops."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One state of the whole, with the tree over the entries that made it."""

    state: State = EMPTY
    tree: Frontier = field(default_factory=Frontier)

    def after(self, act: object, occasion: Occasion, leaf: bytes) -> Standing:
        """What stands after one more entry."""
        return Standing(organisation.apply(self.state, act, occasion), self.tree.append(leaf))


def follow(standing: Standing) -> Standing:
    """What stands now, by the entries in the database. Raises BrokenRecord.

    Each entry is decided again before it is applied: rows that somebody wrote into the database
    by hand are not believed.
    """
    with uncollected():
        for sequence, data in _entries(standing.state.size):
            try:
                read = entry.read(data)
            except entry.BadEntry as error:
                raise BrokenRecord(f"entry {sequence}: {error}") from None
            refusal = organisation.decide(standing.state, read.act, read.occasion)
            if refusal is not None or read.occasion.sequence != sequence:
                because = refusal.because if refusal else "it names another place"
                raise BrokenRecord(
                    f"entry {sequence} ({read.name}) is not allowed by the rules: {because}"
                )
            standing = standing.after(read.act, read.occasion, leaf_hash(data))
    return standing


_FROM = (
    "SELECT sequence, data FROM store_recordentry WHERE sequence >= %s ORDER BY sequence LIMIT %s"
)
"""Asked at each request and by each group of acts, so it is not put together anew each time."""


def _entries(start: int) -> Iterator[tuple[int, bytes]]:
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_FROM, [start, BATCH])
            rows = cursor.fetchall()
        for sequence, data in rows:
            yield sequence, bytes(data)
        if len(rows) < BATCH:
            return
        start = rows[-1][0] + 1
