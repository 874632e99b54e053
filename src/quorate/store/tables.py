"""The tables beside the record as files of plain lines, for a backup: the same on each database.

A file begins with a line that names the columns; each line after it is a row, as a JSON list.
Every table is in it that is not named here, so that one that is added later is not forgotten.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connection, models

from quorate.store.asking import put

LEFT_OUT = {
    "store.RecordEntry": "it is the record, which a backup holds as an export",
    "store.Document": "the texts are in the export",
    "store.BallotFile": "secret ballots are in the export",
    "store.Asked": "what a witness was thought to know is asked of it again",
    "sessions.Session": "whoever is signed in signs in again: a backup lets nobody in",
    "account.EmailConfirmation": "a letter to sign in is good for minutes",
    "auth.Permission": "rights come from the record, and these are made with the tables",
    "auth.Group": "rights come from the record",
    "auth.Group_permissions": "rights come from the record",
    "contenttypes.ContentType": "made with the tables",
}
"""Model → why a backup lacks it."""

_AT_ONCE = 400


class BadTable(Exception):
    """A file that holds no rows of the table; says why."""


def kept() -> list[type[models.Model]]:
    """The tables that a backup holds."""
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.label not in LEFT_OUT]


def file_name(model: type[models.Model]) -> str:
    return f"{model._meta.db_table}.jsonl"


def write(path: Path, model: type[models.Model]) -> int:
    """Writes the table's rows; gives their number. Raises OSError."""
    columns = [field.column for field in model._meta.concrete_fields]
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.order_by("pk").values_list(*names)
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(columns) + "\n")
        for row in rows.iterator(chunk_size=2_000):
            file.write(json.dumps([_plain(value) for value in row], ensure_ascii=False) + "\n")
            count += 1
    return count


def _plain(value: Any) -> Any:
    """As JSON has it; what a field makes of it is what it was."""
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value.isoformat() if isinstance(value, datetime) else value


def read(path: Path, model: type[models.Model]) -> int:
    """Puts the file's rows into the table; gives their number. Raises BadTable, OSError."""
    count = 0
    with path.open(encoding="utf-8") as file:
        fields = _fields(path, model, file.readline())
        into = f"{model._meta.db_table} ({', '.join(_quoted(field.column) for field in fields)})"
        for part in _parts(_rows(path, fields, file)):
            put(into, part)
            count += len(part)
    return count


def number_on(read: Iterable[type[models.Model]]) -> None:
    """Lets the database number new rows after those that were put in."""
    for statement in connection.ops.sequence_reset_sql(no_style(), list(read)):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _fields(path: Path, model: type[models.Model], line: str) -> list[models.Field[Any, Any]]:
    known = {field.column: field for field in model._meta.concrete_fields}
    try:
        columns = json.loads(line)
        fields = [known[column] for column in columns]
    except (ValueError, TypeError, KeyError):
        raise BadTable(
            f"{path.name} does not hold the columns of {model._meta.db_table} as this version of "
            "the program knows them. Use the version that made the backup, or a later one."
        ) from None
    return fields


def _rows(
    path: Path, fields: list[models.Field[Any, Any]], lines: Iterable[str]
) -> Iterator[list[Any]]:
    for number, line in enumerate(lines, 2):
        try:
            yield [
                field.get_db_prep_save(
                    value if value is None else field.to_python(value), connection
                )
                for field, value in zip(fields, json.loads(line), strict=True)
            ]
        except (ValueError, TypeError, ValidationError):
            raise BadTable(f"{path.name}, line {number}, is damaged") from None


def _quoted(column: str) -> str:
    return connection.ops.quote_name(column)


def _parts(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    while part := list(islice(rows, _AT_ONCE)):
        yield part
