"""A record that was made in memory, as an export that its keeper signed."""

from __future__ import annotations

from pathlib import Path

from quorate import organisation
from quorate.record import checkpoint, entry, log_files, note
from quorate.record.folder import write_archive, write_ballot_files
from support.pure import Pure

ORIGIN = "small.example"
SIGNING, VERIFIER = note.generate_key(ORIGIN, bytes(range(32)))


def beside_fields_of(act: object) -> tuple[str, ...]:
    return organisation.beside_fields(organisation.clause_of(act).name)


def exported(pure: Pure, folder: Path) -> Path:
    """The export in this new folder."""
    folder.mkdir(parents=True)
    grown = log_files.write(folder, (entry.write(occasion, act) for occasion, act in pure.entries))
    point = checkpoint.Checkpoint(ORIGIN, grown.size, grown.root_of(0, grown.size))
    (folder / "checkpoint").write_text(checkpoint.sign(point, SIGNING))
    (folder / "record.vkey").write_text(VERIFIER)
    (folder / "documents.jsonl").write_text("")
    write_beside(pure, folder)
    return folder


def write_beside(pure: Pure, folder: Path) -> None:
    """What lies beside the record of secret ballots."""
    named = {getattr(act, name) for _, act in pure.entries for name in beside_fields_of(act)}
    here = ((name, data) for name, data in pure.files.items() if name in named)
    write_ballot_files(folder, (*here, *pure.boxes.tallies.items()))
    for number in pure.state.secret.boxes:
        write_archive(folder, number, pure.boxes.archive(pure.state, number, pure.files))
