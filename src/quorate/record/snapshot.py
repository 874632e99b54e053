"""A snapshot: what a record had come to at one of its entries, as one file, so that whoever has
replayed it once need not do so again.

The file is the parts of the value (``record/state_form.py``), the hashes of the tree row by row,
then a head (JSON, with where they are, and of which record and program they are), the head's length
in 8 bytes, and an HMAC-SHA-256 over all of that. With a key nobody else can make one; without, the
digest only shows damage.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from quorate.record import state_form
from quorate.record.made_by import made_by
from quorate.record.state_form import BadForm
from quorate.record.tree import HASH_BYTES, Levels

FORMAT = "quorate.snapshot/1"
_DIGEST = 32
_LENGTH = 8


class Unfit(Exception):
    """A file that cannot be used as a snapshot here; says why in plain words."""


class Snapshot(NamedTuple):
    """``value``: what the record ``origin`` had come to. ``tree``: over just those entries."""

    origin: str
    value: Any
    tree: Levels


def write(
    path: Path,
    snapshot: Snapshot,
    kind: type,
    key: bytes = b"",
    pause: Callable[[], None] = lambda: None,
) -> None:
    """Writes the file; until it is whole an earlier one stays. ``kind``: the value's type.
    ``key``: any bytes. ``pause`` is called between its parts. Raises OSError and BadForm."""
    part = path.with_name(path.name + ".part")
    hashed = hmac.new(key, digestmod=hashlib.sha256)
    try:
        with part.open("wb") as file:
            part.chmod(0o600)

            def put(data: bytes) -> tuple[int, int]:
                at = file.tell()
                hashed.update(data)
                file.write(data)
                pause()
                return at, len(data)

            value = state_form.write(snapshot.value, kind, put)
            rows = [put(bytes(row)) for row in snapshot.tree.rows]
            head = orjson.dumps(
                {
                    "format": FORMAT,
                    "kind": kind.__name__,
                    "made_by": made_by(),
                    "origin": snapshot.origin,
                    "size": snapshot.tree.size,
                    "tree": rows,
                    "value": value,
                }
            )
            put(head + len(head).to_bytes(_LENGTH, "big"))
            file.write(hashed.digest())
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read(path: Path, kind: type, key: bytes = b"") -> Snapshot:
    """The snapshot in this file. Raises Unfit, and OSError where it cannot be read."""
    data = path.read_bytes()
    body = memoryview(data)[:-_DIGEST]
    hashed = hmac.digest(key, body, "sha256")
    if len(data) < _DIGEST + _LENGTH or not hmac.compare_digest(hashed, data[-_DIGEST:]):
        raise Unfit(
            "it is cut off or was changed"
            + (", or was not made with this organisation's key" if key else "")
        )
    end = len(body) - _LENGTH
    length = int.from_bytes(body[end:], "big")
    try:
        head = orjson.loads(body[max(end - length, 0) : end])
        if head["format"] != FORMAT or head["kind"] != kind.__name__:
            raise Unfit("it is a file of another kind")
        if head["made_by"] != made_by():
            raise Unfit(f"another version of the program made it ({head['made_by']})")
        rows = [bytearray(body[at : at + size]) for at, size in head["tree"]]
        tree = Levels(rows or [bytearray()])
        there = [len(row) // HASH_BYTES for row in rows]
        if there != [head["size"] >> height for height in range(len(rows))]:
            raise Unfit("its tree is not of so many entries")
        at, size = head["value"]
        return Snapshot(head["origin"], state_form.read(data, (at, size), kind), tree)
    except (BadForm, orjson.JSONDecodeError, TypeError, ValueError, KeyError) as error:
        raise Unfit(f"it is damaged: {error}") from None
