"""Exporting the record: everything that anyone needs to check it, as plain files.

What is sealed (votes of an open poll) and what is erased is not in it. Personal sheets are in it
only when the organisation moves to another server.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from quorate import commitments
from quorate.record import folder
from quorate.record.receipt import Opening
from quorate.store import sealing
from quorate.store.models import Checkpoint, Document, PersonalSheet, RecordEntry
from quorate.store.place import Place


class CannotExport(Exception):
    """The folder cannot be written; says why."""


def export(place: Place, out: Path, *, with_people: bool = False) -> int:
    """Writes the export into a new folder; gives the number of entries. Raises CannotExport.

    It is written beside the folder first and moved when whole, so that no half export is left.
    """
    if out.exists():
        raise CannotExport(f"{out} is there already. Name a folder that does not exist yet.")
    last = Checkpoint.objects.order_by("-size").first()
    if last is None:
        raise CannotExport("There is nothing in the record yet.")
    part = out.with_name(out.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        with (part / "entries.jsonl").open("wb") as file:
            for data in _entries(last.size):
                file.write(data + b"\n")
        (part / "checkpoint").write_text(last.note, "utf-8")
        (part / "record.vkey").write_text(place.verifier_key + "\n", "utf-8")
        readme = folder.README.format(origin=place.origin, last=last.size - 1)
        (part / "README.txt").write_text(readme, "utf-8")
        folder.write_openings(part / "documents.jsonl", _documents())
        if with_people:
            folder.write_openings(part / "people.jsonl", _people(place))
        part.rename(out)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise CannotExport(f"{error.filename or out}: {error.strerror}") from None
    return last.size


def _entries(size: int) -> Iterator[bytes]:
    rows = RecordEntry.objects.filter(sequence__lt=size).order_by("sequence")
    for data in rows.values_list("data", flat=True).iterator(chunk_size=5_000):
        yield bytes(data)


def _documents() -> Iterator[Opening]:
    for row in Document.objects.order_by("commitment").iterator(chunk_size=200):
        yield Opening(row.commitment, commitments.DOCUMENT, bytes(row.salt), bytes(row.payload))


def _people(place: Place) -> Iterator[Opening]:
    for row in PersonalSheet.objects.order_by("commitment").iterator(chunk_size=500):
        salt, payload = sealing.unseal(place.sealing_key, row.commitment, bytes(row.sealed))
        yield Opening(row.commitment, commitments.PERSON, salt, payload)
