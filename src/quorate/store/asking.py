"""Asking the database with statements that are written out.

What every act and every request needs is asked so: putting such a query together anew costs several
times what the database takes to answer it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any, Protocol

from django.db import connection

_AT_ONCE = 500
"""So many rows or values stand in one statement: no database takes any number."""


class _Pipeline(Protocol):
    def sync(self) -> None: ...


_sent: ContextVar[_Pipeline | None] = ContextVar("_sent", default=None)
"""Through which statements go while they do not wait for each other."""


def ask(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that the statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        if (pipeline := _sent.get()) is not None:
            pipeline.sync()  # so the database knows that it waits for us, and not for ever
        return list(cursor.fetchall())


def ask_about(statement: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows whose column, the statement's last word, holds one of the values."""
    left = iter(values)
    while part := list(islice(left, _AT_ONCE)):
        yield from ask(f"{statement} IN ({', '.join(['%s'] * len(part))})", part)


def say(statement: str, values: Sequence[Any] = ()) -> None:
    """Has the statement carried out, which gives nothing."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def drop(what: str, values: Sequence[Any] = ()) -> None:
    """Deletes rows. ``what``: the table, and which."""
    say(f"DELETE FROM {what}", values)


@contextmanager
def at_once() -> Iterator[None]:
    """Within the block a statement does not wait for the one before it, where the database is a
    server; one that gives rows waits for all. Who has the write lane would else wait for each in
    turn, and, while other threads work, for its own turn after each. A statement that fails may be
    said to have failed only at the end of the block."""
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline() as pipeline:
        before = _sent.set(pipeline)
        try:
            yield
        finally:
            _sent.reset(before)


def put(into: str, rows: Iterable[Sequence[Any]], *, unless_there: bool = False) -> None:
    """Inserts the rows. ``into``: table and columns. ``unless_there``: a row whose key is there
    already is left as it is."""
    left = iter(rows)
    then = " ON CONFLICT DO NOTHING" if unless_there else ""
    while part := list(islice(left, _AT_ONCE)):
        row = f"({', '.join(['%s'] * len(part[0]))})"
        values = [value for one in part for value in one]
        say(f"INSERT INTO {into} VALUES {', '.join([row] * len(part))}{then}", values)
