"""Exporting the record: everything that anyone needs to check it, as plain files.

It holds what the entries below one checkpoint name, as the database stood at one moment, whatever
is handed in meanwhile. What is sealed (votes of an open poll) and what is erased is not in it.
Personal sheets are in it only when the organisation moves to another server.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Container, Iterator, Sequence
from pathlib import Path

from quorate import commitments
from quorate.record import entry, folder, key_chain, log_files
from quorate.record.receipt import Opening
from quorate.store import box_archive, checkpoints, entries, sealing, standing_kept
from quorate.store.following import BrokenRecord, follow
from quorate.store.leaves import Leaves
from quorate.store.models import BallotFile, Document, PersonalSheet, RecordEntry
from quorate.store.place import Place
from quorate.store.snapshot import snapshot


class CannotExport(Exception):
    """The folder cannot be written; says why."""


def export(place: Place, out: Path, *, with_people: bool = False) -> int:
    """Writes the export into a new folder; gives the number of entries. Raises CannotExport.

    It is written beside the folder first and moved when whole, so that no half export is left.
    """
    if out.exists():
        raise CannotExport(f"{out} is there already. Name a folder that does not exist yet.")
    part = out.with_name(out.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        with snapshot():
            size = write(place, part, with_people=with_people)
        part.rename(out)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise CannotExport(f"{error.filename or out}: {error.strerror}") from None
    return size


def write(place: Place, part: Path, *, with_people: bool = False) -> int:
    """Writes the export as this snapshot of the database has it; gives the number of entries.
    Raises CannotExport, OSError."""
    last = checkpoints.latest()
    if last is None:
        raise CannotExport("There is nothing in the record yet.")
    unsigned = RecordEntry.objects.filter(sequence__gte=last.size).count()
    if unsigned:
        raise CannotExport(
            f"The last checkpoint is of {last.size:,} entries, and the database holds {unsigned:,} "
            "after them that none is signed for: somebody has changed the database by hand."
        )
    part.mkdir(parents=True)
    named: set[bytes] = set()
    changes: list[bytes] = []
    boxes: list[bytes] = []
    log_files.write(part, _entries(last.size, named, changes, boxes))
    (part / "checkpoint").write_text(last.note, "utf-8")
    for seen in checkpoints.last_of_each():
        (part / "witnessed").mkdir(exist_ok=True)
        (part / "witnessed" / str(seen.size)).write_text(seen.note, "utf-8")
    folder.write_verifier_keys(part, _keys(place, changes))
    readme = folder.README.format(origin=place.origin, last=last.size - 1)
    (part / "README.txt").write_text(readme, "utf-8")
    folder.write_openings(part / "documents.jsonl", _documents(named))
    folder.write_ballot_files(part, _ballot_files(named))
    if boxes:
        _write_boxes(place, part)
    if with_people:
        folder.write_openings(part / "people.jsonl", _people(place, named))
    return last.size


_OPENS_BOX = b'"secret.box_opened"'
_HASH = re.compile(rb'"([0-9a-f]{64})"')
"""Whatever stands in an entry as a commitment does: it is not read further to be written out."""


def _entries(
    size: int, named: set[bytes], changes: list[bytes], boxes: list[bytes]
) -> Iterator[bytes]:
    """The entries' bytes; what they commit to is put into ``named``, those that change the record's
    keys into ``changes``, those that open a ballot box into ``boxes``."""
    for _, data in entries.between(0, size):
        if _OPENS_BOX in data:
            boxes.append(data)
        if key_chain.is_change(data):
            changes.append(data)
        named.update(bytes.fromhex(found.decode()) for found in _HASH.findall(data))
        yield data


def _write_boxes(place: Place, part: Path) -> None:
    """Writes every ballot box, as far as it had come. Raises CannotExport, OSError."""
    try:
        state = follow(standing_kept.start(place, Leaves()), place).state
        for number in state.secret.boxes:
            folder.write_archive(part, number, box_archive.archive(state, number))
    except (BrokenRecord, box_archive.NotWhole) as error:
        raise CannotExport(f"The ballot boxes cannot be exported: {error}.") from None


def _keys(place: Place, changes: Sequence[bytes]) -> tuple[str, ...]:
    """The keys that sign it."""
    if not changes:
        return place.verifier_keys
    new: tuple[str, ...] = entry.read(changes[-1]).act.new
    return new


def _documents(named: Container[bytes]) -> Iterator[Opening]:
    for row in Document.objects.order_by("commitment").iterator(chunk_size=200):
        if bytes.fromhex(row.commitment) in named:
            yield Opening(row.commitment, commitments.DOCUMENT, bytes(row.salt), bytes(row.payload))


def _ballot_files(named: Container[bytes]) -> Iterator[tuple[str, bytes]]:
    for row in BallotFile.objects.order_by("hash").iterator(chunk_size=5):
        if bytes.fromhex(row.hash) in named:
            yield row.hash, bytes(row.data)


def _people(place: Place, named: Container[bytes]) -> Iterator[Opening]:
    for row in PersonalSheet.objects.order_by("commitment").iterator(chunk_size=500):
        if bytes.fromhex(row.commitment) in named:
            try:
                salt, payload = sealing.unseal(place.sealing_key, row.commitment, bytes(row.sealed))
            except sealing.Unsealable:
                continue  # whoever checks the export finds that it is missing
            yield Opening(row.commitment, commitments.PERSON, salt, payload)
