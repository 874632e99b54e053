"""Restoring a backup into a new folder and an empty database, on either database.

A record that is newer than the backup, from an export that a branch or a mirror has, may be taken
in its place: then nothing of the record is lost, but what lies sealed beside it since is.
Whatever the record says is erased is erased again, so that no backup brings it back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from quorate import commitments
from quorate.ballots import archive
from quorate.ballots.ballot import read_ballot
from quorate.ballots.elections import read_election, read_setup_data
from quorate.chapters.state import State
from quorate.record import checkpoint, folder
from quorate.store import (
    backup_folder,
    ballot_boxes,
    checkpoints,
    erasing,
    keeping,
    sealing,
    tables,
)
from quorate.store.asking import ask, put
from quorate.store.backup_folder import Backup
from quorate.store.checkpoints import Signed
from quorate.store.following import follow
from quorate.store.handing_in import Kept
from quorate.store.models import BallotFile, Document, PersonalSheet
from quorate.store.place import Place
from quorate.store.restorable import CannotRestore
from quorate.store.standing import Standing


@dataclass(frozen=True, slots=True)
class Restored:
    """``entries``: in the record; ``rows``: put beside it; ``erased``: rows that were in the backup
    and that the record has erased since; ``unsealed``: personal sheets that the key opens, and
    ``sheets``: how many there are."""

    entries: int
    rows: int
    erased: int
    sheets: int
    unsealed: int


def fill(
    place: Place, backup: Backup, record: folder.Export, erased: Mapping[str, str]
) -> Restored:
    """Fills the empty database of the place, whose tables are made. ``erased``: what is known to
    have been erased since, commitment → whose it was. Raises CannotRestore, BrokenRecord."""
    try:
        with transaction.atomic():
            put("store_recordentry (sequence, data)", enumerate(folder.entries(record)))
            rows = _tables(backup.folder / backup_folder.TABLES)
            rows += _documents(record)
            rows += _ballot_files(record)
            _sheets(place.sealing_key, record)
            _last_checkpoint(record)
            gone = erasing.erase(erased)
            standing = follow(Standing(), place)
            gone += erasing.repair(standing.state)
            rows += _boxes(record, standing.state)
            sheets, unsealed = _unsealed(place.sealing_key)
            if sheets and not unsealed:
                raise CannotRestore(
                    f"sealing.key opens none of the {sheets:,} personal sheets: it is another "
                    "key. Name the folder that holds the right one with --keys."
                )
    except (tables.BadTable, folder.NoExport, OSError) as error:
        raise CannotRestore(f"{backup.folder}: {error}") from None
    return Restored(standing.state.size, rows, gone, sheets, unsealed)


def _tables(path: Path) -> int:
    known = {tables.file_name(model): model for model in tables.kept()}
    files = {file.name for file in path.iterdir()}
    if strange := sorted(files - known.keys()):
        raise tables.BadTable(
            f"{', '.join(strange)}: this version of the program has no such table. Use the version "
            "that made the backup, or a later one."
        )
    rows = sum(tables.read(path / name, known[name]) for name in sorted(files))
    tables.number_on(known.values())
    return rows


def _documents(record: folder.Export) -> int:
    things = (one for one in folder.openings(record) if one.domain == commitments.DOCUMENT)
    rows = ((one.commitment, one.salt, one.payload) for one in things)
    put("store_document (commitment, salt, payload)", rows)
    return Document.objects.count()


def _ballot_files(record: folder.Export) -> int:
    put("store_ballotfile (hash, data)", _named_by_hash(record))
    return BallotFile.objects.count()


def _named_by_hash(record: folder.Export) -> Iterator[tuple[str, bytes]]:
    for path in folder.ballot_files(record):
        yield path.stem, path.read_bytes()


def _boxes(record: folder.Export, state: State) -> int:
    """Puts every ballot in a box of the record into its place, whether it was in the backup, waited
    there, or came later."""
    put_in = 0
    for election in sorted(state.secret.boxes):
        try:
            read = archive.read(folder.archive(record, election) or b"")
        except archive.BadArchive as error:
            raise CannotRestore(f"The ballot box of election {election}: {error}.") from None
        asked = read_election(read.data[read_setup_data(next(read.payloads("Setup"))[1]).election])
        cast: Counter[str] = Counter()
        for place, (_, data) in enumerate(read.payloads("Ballot"), 1):
            credential = asked.group.write(read_ballot(asked, data).credential)
            cast[credential] += 1
            ballot_boxes.put_back(election, place, credential, cast[credential], data)
            put_in += 1
    return put_in


def _sheets(key: bytes, record: folder.Export) -> None:
    """Those that an export for moving has, and the backup has not."""
    there = set(PersonalSheet.objects.values_list("commitment", flat=True))
    keeping.keep(key, (sheet for sheet in _people(record) if sheet.commitment not in there))


def _people(record: folder.Export) -> Iterator[Kept]:
    for one in folder.openings(record) if folder.has_people(record) else ():
        if one.domain == commitments.PERSON:
            yield Kept(one.commitment, one.domain, one.salt, one.payload)


def _last_checkpoint(record: folder.Export) -> None:
    """The one over the whole record, which a backup of a shorter one has not."""
    last = Signed(checkpoint.read(record.checkpoint).size, record.checkpoint)
    if not ask("SELECT 1 FROM store_checkpoint WHERE size = %s", [last.size]):
        checkpoints.keep(last)


def _unsealed(key: bytes) -> tuple[int, int]:
    """How many personal sheets there are, and how many of them the key opens."""
    sheets = unsealed = 0
    for row in PersonalSheet.objects.iterator(chunk_size=2_000):
        sheets += 1
        try:
            sealing.unseal(key, row.commitment, bytes(row.sealed))
            unsealed += 1
        except sealing.Unsealable:
            continue
    return sheets, unsealed
