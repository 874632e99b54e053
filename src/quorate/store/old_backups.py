"""Backups that are kept for longer than the rulebook lets them be: what was erased since is still
in them, and nothing takes it out of them but their end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from quorate.chapters.calendar import DAY
from quorate.store.backup_folder import MANIFEST


def too_old(folder: Path, origin: str, days: int, now: int) -> list[Path]:
    """The backups of this record in the folder that were made more than so many days before ``now``
    (ms), the oldest first."""
    return [path for made, path in sorted(_backups(folder, origin)) if now - made > days * DAY]


def delete(backups: Iterable[Path]) -> dict[Path, str]:
    """Deletes them; gives those that could not be deleted, and why. What a disk keeps of deleted
    files is its owner's to care for."""
    left = {}
    for path in backups:
        if path.is_symlink():
            left[path] = f"it is a link to {path.readlink()}"
            continue
        try:
            _delete(path)
        except OSError as error:
            left[path] = str(error)
    return left


def _delete(path: Path) -> None:
    """The list of its files goes last: while anything is left, it is found again."""
    for inner in path.iterdir():
        if inner.name == MANIFEST:
            continue
        if inner.is_dir() and not inner.is_symlink():
            shutil.rmtree(inner)
        else:
            inner.unlink()
    shutil.rmtree(path)


def _backups(folder: Path, origin: str) -> Iterator[tuple[int, Path]]:
    """When each of the record's backups there was made (ms), and where it is."""
    for manifest in folder.glob(f"*/{MANIFEST}"):
        try:
            told = json.loads(manifest.read_text("utf-8"))
            if told["origin"] == origin:
                yield int(told["made"]), manifest.parent
        except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
            continue  # it is something else
