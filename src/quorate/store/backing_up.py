"""Backing up an organisation while its server runs: the record as an export, and every other table,
as the database stood at one moment; whole, or not at all."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError

from quorate.record import entry
from quorate.store import backup_folder, entries, exporting, tables
from quorate.store.exporting import CannotExport
from quorate.store.place import SETTINGS, Place
from quorate.store.snapshot import snapshot


class CannotBackUp(Exception):
    """No backup was made; says why."""


@dataclass(frozen=True, slots=True)
class Made:
    """``entries``: how many it holds; ``last``: when the last of them was recorded (ms)."""

    entries: int
    last: int


def back_up(place: Place, out: Path, keys: Path | None) -> Made:
    """Makes a backup in a new folder, and copies the keys into another, if one is named. Raises
    CannotBackUp; then neither is there."""
    _check_free(out, keys)
    part = out.with_name(out.name + ".part")
    backup_folder.remove(part)
    try:
        made = _write(place, part)
        if keys is not None:
            backup_folder.write_keys(place.folder / "keys", keys)
        part.rename(out)
    except (OSError, CannotExport, DatabaseError) as error:
        backup_folder.remove(part)
        if keys is not None:
            backup_folder.remove(keys)
        raise CannotBackUp(f"No backup was made: {error}") from None
    return made


def _check_free(out: Path, keys: Path | None) -> None:
    for path in (out, keys):
        if path is not None and path.exists():
            raise CannotBackUp(f"{path} is there already. Name a folder that does not exist yet.")
    if keys is not None and keys.resolve().is_relative_to(out.resolve()):
        raise CannotBackUp(
            f"{keys} lies in the backup: with both everything can be read. Keep the keys elsewhere."
        )


def _write(place: Place, part: Path) -> Made:
    part.mkdir(mode=0o700, parents=True)
    (part / backup_folder.TABLES).mkdir()
    with snapshot():
        size = exporting.write(place, part / backup_folder.RECORD)
        for model in tables.kept():
            tables.write(part / backup_folder.TABLES / tables.file_name(model), model)
        last = entry.read(entries.there(size - 1)).occasion.time
    shutil.copyfile(place.folder / SETTINGS, part / SETTINGS)
    now = time.time_ns() // 1_000_000
    backup_folder.finish(part, place.origin, size, last, now)
    return Made(size, last)
