"""A backup as a folder, which nobody but its owner can read.

record/         the record as an export: anyone can check it as one (`quorate verify`)
tables/         what stands beside it, a file for each table; personal sheets and votes are sealed
quorate.toml    the settings of the installation
backup.json     what this is, and the SHA-256 of every file above: written last

The keys are not in it. They go into a folder of their own, if one is named: with a backup and its
keys everything can be read, with one of them nothing that is sealed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from quorate.record.folder import Export, NoExport, open_export
from quorate.store import record_keys

MANIFEST = "backup.json"
RECORD = "record"
TABLES = "tables"
KEYS = ("record.key", "sealing.key", "web.key")

_VERSION = 1


class NoBackup(Exception):
    """The folder is no backup, or not a whole one; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """``entries``: of the record; ``last``: when the last of them was recorded, ``made``: when the
    backup was (both ms). ``files``: path within it → SHA-256, hex."""

    origin: str
    entries: int
    last: int
    made: int
    files: dict[str, str]
    version: int = _VERSION


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup whose files are those that were written."""

    folder: Path
    manifest: Manifest
    record: Export


def finish(part: Path, origin: str, entries: int, last: int, made: int) -> None:
    """Writes the manifest over the files that are there, and all of it to the disk."""
    files = {path.relative_to(part).as_posix(): _digest(path) for path in _files(part)}
    written = asdict(Manifest(origin, entries, last, made, files))
    (part / MANIFEST).write_text(json.dumps(written, indent=1, sort_keys=True) + "\n", "utf-8")
    close(part)
    to_disk(part)


def open_backup(path: Path) -> Backup:
    """The backup in this folder. Raises NoBackup."""
    try:
        manifest = Manifest(**json.loads((path / MANIFEST).read_text("utf-8")))
        files = {file.relative_to(path).as_posix() for file in _files(path)} - {MANIFEST}
        changed = [name for name in files & manifest.files.keys() if _differs(path, name, manifest)]
        record = open_export(path / RECORD)
    except (OSError, NoExport) as error:
        raise NoBackup(
            f"{path} is no backup, or is not whole: {error}. Make one: quorate backup DIR OUT"
        ) from None
    except (ValueError, TypeError) as error:
        raise NoBackup(f"{path / MANIFEST} cannot be read: {error}. Take another.") from None
    if manifest.version != _VERSION:
        raise NoBackup(f"{path} was made by a later version of the program: restore it with that.")
    wrong = sorted(changed) + sorted(files ^ manifest.files.keys())
    if wrong:
        raise NoBackup(
            f"{path} is not as it was written: {', '.join(wrong[:5])}"
            f"{' and others' if len(wrong) > 5 else ''} changed, missing or new. Take another."
        )
    return Backup(path, manifest, record)


def write_keys(keys: Path, into: Path) -> None:
    """Copies the keys into a new folder, which nobody but its owner can read. Raises OSError."""
    into.mkdir(mode=0o700, parents=True)
    coming = [record_keys.NEXT_KEY] if (keys / record_keys.NEXT_KEY).exists() else []
    for name in (*KEYS, *coming):
        handle = os.open(into / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write((keys / name).read_bytes())
    to_disk(into)


def close(path: Path) -> None:
    """Lets nobody but its owner read what is there: it holds addresses, and sealed votes."""
    path.chmod(0o700)
    for inner in path.rglob("*"):
        inner.chmod(0o700 if inner.is_dir() else 0o600)


def to_disk(path: Path) -> None:
    """Waits until everything that is there is on the disk. Raises OSError."""
    for inner in (*path.rglob("*"), path, path.parent):
        handle = os.open(inner, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove(path: Path) -> None:
    """Removes a folder that was not finished, if there is one."""
    shutil.rmtree(path, ignore_errors=True)


def _files(path: Path) -> list[Path]:
    return [file for file in path.rglob("*") if file.is_file()]


def _differs(path: Path, name: str, manifest: Manifest) -> bool:
    return _digest(path / name) != manifest.files[name]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
