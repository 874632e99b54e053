"""The database as whoever keeps the server can open it: without its triggers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def by_hand(folder: Path) -> Iterator[sqlite3.Connection]:
    """The database without its triggers."""
    with sqlite3.connect(folder / "quorate.sqlite3") as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            database.execute(f"DROP TRIGGER {name}")
        yield database
    database.close()
