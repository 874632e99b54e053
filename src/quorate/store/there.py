"""Reading what stands in another place than this process has opened: the one that a backup is to
be restored over. Nothing is written there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Protocol

import psycopg

from quorate.store.place import Place

DATABASE = "quorate.sqlite3"


class Unreadable(Exception):
    """What stands there cannot be read; says why."""


@dataclass(frozen=True, slots=True)
class Stands:
    """``note``: the latest signed checkpoint, "" for none. ``same_size``: the one that was signed
    over just as many entries as the backup holds, "" for none. ``beyond``: the bytes of the entries
    that the backup lacks, in their order. ``cosigned``: witness → how many entries it has cosigned.
    """

    note: str
    same_size: str
    beyond: tuple[bytes, ...]
    cosigned: dict[str, int]


class _Connection(Protocol):
    def cursor(self) -> Any: ...
    def close(self) -> None: ...


def stands(place: Place, size: int) -> Stands:
    """What stands there beyond ``size`` entries. Raises Unreadable."""
    try:
        with closing(_connected(place)) as connection:
            return Stands(
                note=_first(connection, "SELECT note FROM store_checkpoint ORDER BY size DESC"),
                same_size=_first(
                    connection, f"SELECT note FROM store_checkpoint WHERE size = {size:d}"
                ),
                beyond=tuple(_beyond(connection, size)),
                cosigned=dict(
                    _rows(connection, "SELECT witness, max(size) FROM store_cosigned GROUP BY 1")
                ),
            )
    except (sqlite3.Error, psycopg.Error, OSError) as error:
        raise Unreadable(" ".join(str(error).split())) from None


def is_empty(place: Place) -> bool:
    """Whether no record stands in its database yet. Raises Unreadable."""
    if not place.database:
        return not (place.folder / DATABASE).exists()
    try:
        with closing(_connected(place)) as connection:
            return not _rows(
                connection,
                "SELECT 1 FROM information_schema.tables WHERE table_name = 'store_recordentry'",
            )
    except psycopg.Error as error:
        raise Unreadable(" ".join(str(error).split())) from None


def _connected(place: Place) -> _Connection:
    if place.database:
        return psycopg.connect(place.database)
    path = place.folder / DATABASE
    if not path.is_file():
        raise FileNotFoundError(f"{path} is not there")
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _beyond(connection: _Connection, size: int) -> Iterator[bytes]:
    asked = f"SELECT data FROM store_recordentry WHERE sequence >= {size:d} ORDER BY sequence"
    for (data,) in _rows(connection, asked):
        yield bytes(data)


def _first(connection: _Connection, statement: str) -> str:
    rows = _rows(connection, f"{statement} LIMIT 1")
    return str(rows[0][0]) if rows else ""


def _rows(connection: _Connection, statement: str) -> list[tuple[Any, ...]]:
    cursor = connection.cursor()
    cursor.execute(statement)
    return list(cursor.fetchall())
