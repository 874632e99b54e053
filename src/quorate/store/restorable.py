"""Whether a backup can be restored: its record is one that a server can go on from, under these
keys. Nothing here needs a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from quorate.chapters.plain import listed
from quorate.chapters.state import State
from quorate.record import folder, keeper, key_chain, note, tree, verify
from quorate.record.key_chain import Chain
from quorate.record.replaying import Progress
from quorate.record.tree import Levels
from quorate.store import backup_folder, record_keys
from quorate.store.checkpoints import Signed
from quorate.store.place import SETTINGS, settings_text


class CannotRestore(Exception):
    """Nothing is restored; says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Restorable:
    """The record that would be there, as it was checked: its tree, its state, its keys."""

    levels: Levels
    state: State
    keys: Chain
    signed: Signed


def check_record(record: folder.Export, key: str, progress: Progress) -> Restorable:
    """Checks the record that would be there, by the rules. Raises CannotRestore.

    What is found that does not break it, such as a vote that was lost, does not stop it: the
    server goes on from such a record, too.
    """
    try:
        report = verify.verify(record, key, progress=progress)
        levels = tree.levels([tree.leaf_hash(data) for data in folder.entries(record)])
        keys = key_chain.chain(report.state.keys, keeper.read_keys(key))
    except (folder.NoExport, note.BadNote) as error:
        raise CannotRestore(f"{record.folder}: {error}") from None
    if not report.signed or report.state.size != report.entries:
        found = report.findings[0].what if report.findings else "it is not signed"
        raise CannotRestore(
            f"The record in {record.folder} is not one that a server could go on from: {found}. "
            "Take another backup."
        )
    return Restorable(levels, report.state, keys, Signed(levels.size, record.checkpoint))


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
    held = record_keys.held(keys)
    for key in would_be.keys.now:
        if key.text() not in held:
            raise CannotRestore(
                f"{keys / 'record.key'} is not the key of this record, which was signed with "
                f"{key.text()[:60]}. Name the folder that holds it with --keys."
            )


def lay_out(part: Path, keys: Path, settings: Mapping[str, str], public: Chain) -> None:
    """Makes the new folder, without its database. Raises OSError."""
    backup_folder.remove(part)
    part.mkdir(mode=0o700, parents=True)
    backup_folder.write_keys(keys, part / "keys")
    (part / "mail").mkdir()
    folder.write_verifier_keys(part, [key.text() for key in public.now])
    (part / SETTINGS).write_text(settings_text(settings), "utf-8")
