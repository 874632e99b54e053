"""Asking the database with statements that are written out.

What every act and every request needs is asked so: putting such a query together anew costs several
times what the database takes to answer it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any

from django.db import connection

_AT_ONCE = 500
"""So many rows or values stand in one statement: no database takes any number."""


_unsaid: ContextVar[list[tuple[str, Sequence[Any]]] | None] = ContextVar("_unsaid", default=None)
"""What is to be said with the next statement that gives rows, or at the end of ``at_once``."""


def ask(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that the statement gives."""
    with _carried_out(statement, values) as cursor:
        return list(cursor.fetchall())


def ask_about(statement: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows whose column, the statement's last word, holds one of the values."""
    left = iter(values)
    while part := list(islice(left, _AT_ONCE)):
        yield from ask(f"{statement} IN ({', '.join(['%s'] * len(part))})", part)


def say(statement: str, values: Sequence[Any] = ()) -> None:
    """Has the statement carried out, which gives nothing."""
    unsaid = _unsaid.get()
    if unsaid is None:
        with _carried_out(statement, values):
            pass
    else:
        unsaid.append((statement, values))


def drop(what: str, values: Sequence[Any] = ()) -> None:
    """Deletes rows. ``what``: the table, and which."""
    say(f"DELETE FROM {what}", values)


@contextmanager
def at_once() -> Iterator[None]:
    """Within the block what is said and put waits for the next statement that gives rows, or for
    the end, and goes to the database with it in one message, where the database is a server. Who
    has the write lane would else wait for each in turn, and, while other threads work, for its own
    turn after each. Nothing else asks the database meanwhile, and after a failure nothing more is
    said."""
    if connection.vendor != "postgresql":
        yield
        return
    before = _unsaid.set([])
    try:
        yield
        if _unsaid.get():
            with _carried_out():
                pass
    finally:
        _unsaid.reset(before)


@contextmanager
def _carried_out(*last: Any) -> Iterator[Any]:
    """The cursor at the rows of the last statement, after all that was not said yet."""
    unsaid = _unsaid.get() or []
    statements = [*unsaid, last] if last else list(unsaid)
    unsaid.clear()
    with connection.cursor() as cursor:
        cursor.execute(
            "; ".join(statement for statement, _ in statements),
            [value for _, values in statements for value in values],
        )
        for _ in statements[1:]:
            cursor.nextset()
        yield cursor


def put(into: str, rows: Iterable[Sequence[Any]], *, unless_there: bool = False) -> None:
    """Inserts the rows. ``into``: table and columns. ``unless_there``: a row whose key is there
    already is left as it is."""
    left = iter(rows)
    then = " ON CONFLICT DO NOTHING" if unless_there else ""
    while part := list(islice(left, _AT_ONCE)):
        row = f"({', '.join(['%s'] * len(part[0]))})"
        values = [value for one in part for value in one]
        say(f"INSERT INTO {into} VALUES {', '.join([row] * len(part))}{then}", values)
