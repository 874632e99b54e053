"""Whether a backup can be restored: its record is one that a server can go on from, under these
keys. Nothing here needs a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from quorate.chapters.plain import listed
from quorate.chapters.state import State
from quorate.record import checkpoint, folder, note, tree, verify
from quorate.record.replaying import Progress
from quorate.record.tree import Levels
from quorate.store import backup_folder
from quorate.store.checkpoints import Signed
from quorate.store.place import SETTINGS, settings_text


class CannotRestore(Exception):
    """Nothing is restored; says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Restorable:
    """The record that would be there, as it was checked: its tree, its state, its key."""

    levels: Levels
    state: State
    verifier: note.Verifier
    signed: Signed


def check_record(record: folder.Export, key: str, progress: Progress) -> Restorable:
    """Checks the record that would be there, by the rules. Raises CannotRestore.

    What is found that does not break it, such as a vote that was lost, does not stop it: the
    server goes on from such a record, too.
    """
    try:
        report = verify.verify(record, key, progress=progress)
        levels = tree.levels([tree.leaf_hash(data) for data in folder.entries(record)])
        verifier = note.read_verifier(key)
    except (folder.NoExport, note.BadNote) as error:
        raise CannotRestore(f"{record.folder}: {error}") from None
    if not report.signed or report.state.size != report.entries:
        found = report.findings[0].what if report.findings else "it is not signed"
        raise CannotRestore(
            f"The record in {record.folder} is not one that a server could go on from: {found}. "
            "Take another backup."
        )
    return Restorable(levels, report.state, verifier, Signed(levels.size, record.checkpoint))


def check_newer(newer: Restorable, backup: Restorable) -> None:
    """Raises CannotRestore unless ``newer`` continues the backup's record."""
    size = backup.levels.size
    if newer.levels.size < size or newer.levels.root_of(0, size) != backup.levels.root_of(0, size):
        raise CannotRestore(
            f"The newer record has {newer.levels.size:,} entries and does not continue the "
            f"{size:,} of the backup. It is another history, or older: restore without it."
        )


def check_keys(keys: Path, would_be: Restorable) -> None:
    """Raises CannotRestore unless all are there, and the record can be continued under them."""
    missing = [name for name in backup_folder.KEYS if not (keys / name).is_file()]
    if missing:
        raise CannotRestore(
            f"{keys} lacks {listed(missing)}. Keys are not in a backup: name the folder that holds "
            "them with --keys."
        )
    point = checkpoint.read(would_be.signed.note)
    try:
        signed = checkpoint.sign(point, (keys / "record.key").read_text("utf-8").strip())
        checkpoint.open_checkpoint(signed, would_be.verifier)
    except (note.BadNote, checkpoint.BadCheckpoint, UnicodeDecodeError) as error:
        raise CannotRestore(
            f"{keys / 'record.key'} is not the key of this record: {error}. Name the folder that "
            "holds it with --keys."
        ) from None


def lay_out(part: Path, keys: Path, settings: Mapping[str, str], verifier: note.Verifier) -> None:
    """Makes the new folder, without its database. Raises OSError."""
    backup_folder.remove(part)
    part.mkdir(mode=0o700, parents=True)
    backup_folder.write_keys(keys, part / "keys")
    (part / "mail").mkdir()
    (part / "record.vkey").write_text(verifier.text() + "\n", "utf-8")
    (part / SETTINGS).write_text(settings_text(settings), "utf-8")
