"""Backups that are kept for longer than the rulebook lets them be: what was erased since is still
in them, and nothing takes it out of them but their end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from quorate.chapters.calendar import DAY
from quorate.store.backup_folder import MANIFEST, remove


def too_old(folder: Path, origin: str, days: int, now: int) -> list[Path]:
    """The backups of this record in the folder that were made more than so many days before ``now``
    (ms), the oldest first."""
    return [path for made, path in sorted(_backups(folder, origin)) if now - made > days * DAY]


def delete(backups: list[Path]) -> None:
    """Deletes them. What a disk keeps of deleted files is its owner's to care for."""
    for path in backups:
        remove(path)


def _backups(folder: Path, origin: str) -> Iterator[tuple[int, Path]]:
    """When each of the record's backups there was made (ms), and where it is."""
    for manifest in folder.glob(f"*/{MANIFEST}"):
        try:
            told = json.loads(manifest.read_text("utf-8"))
            if told["origin"] == origin:
                yield int(told["made"]), manifest.parent
        except (OSError, ValueError, TypeError, KeyError):
            continue  # it is something else
