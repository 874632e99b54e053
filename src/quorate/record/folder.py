"""An exported record as a folder of plain files.

README.txt          what this is and how to check it
record.vkey         the record's public key, as the keeper states it (Ed25519)
record-ml-dsa.vkey  the second one, of ML-DSA-44; a record may have none
checkpoint          the signed note over all entries
witnessed/          the signed notes that witnesses cosigned last, with their lines, by size
tile/entries/       every entry, its canonical bytes, in bundles of 256 (C2SP tlog-tiles)
tile/0/, tile/1/ …  the tree over them, in tiles
documents.jsonl     texts, each with its commitment, domain and salt
ballots/            shuffles, decryptions and rolls of secret ballots, each named by its SHA-256;
                    election-N.bel, the box of an election
people.jsonl        personal sheets, in exports made for moving to another server only
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quorate import commitments
from quorate.record import log_files
from quorate.record.receipt import BadOpening, Opening, read_opening, write_opening

README = """This folder holds the whole record of {origin}, as it stood at entry {last}.

tile/entries has every act, in order; checkpoint is the keeper's signature over all of them;
witnessed, if it is there, is what others signed of it; documents.jsonl has the texts, and ballots,
if it is there, the secret ballots. To check
everything on your own computer:

    quorate verify THIS-FOLDER --key "THE PUBLIC KEY THAT YOUR BRANCH WAS GIVEN"

Take the key from somebody you trust, not from the file record.vkey in this folder. To read every
act, a line each:

    quorate entries THIS-FOLDER

checkpoint and tile/ are in the open format C2SP tlog-tiles: other programs that know it can check
them, and any web server can serve them on.
"""


class NoExport(Exception):
    """The folder is no exported record; says what is missing or damaged."""


@dataclass(frozen=True, slots=True)
class Export:
    """An export's small files; entries and documents are read one by one. ``verifier_key``: the
    record's public keys as they lie there, a line each."""

    folder: Path
    verifier_key: str
    checkpoint: str
    witnessed: tuple[str, ...] = ()


def open_export(folder: Path) -> Export:
    """The export in this folder. Raises NoExport."""
    try:
        return Export(
            folder,
            read_verifier_keys(folder),
            (folder / "checkpoint").read_text("utf-8"),
            tuple(path.read_text("utf-8") for path in sorted((folder / "witnessed").glob("*"))),
        )
    except OSError as error:
        raise NoExport(f"{error.filename}: {error.strerror}. Is this an export?") from None
    except UnicodeDecodeError:
        raise NoExport(f"{folder}: checkpoint, record.vkey and witnessed/ must be text.") from None


_BALLOTS = "ballots"
VKEYS = ("record.vkey", "record-ml-dsa.vkey")
"""The files of the public keys, in an export and on a server: one for each type of key."""


def read_verifier_keys(folder: Path) -> str:
    """The public keys that lie in a folder, a line each. Raises OSError, UnicodeDecodeError."""
    first, second = (folder / name for name in VKEYS)
    more = second.read_text("utf-8") if second.exists() else ""
    return f"{first.read_text('utf-8').strip()}\n{more}".strip()


def write_verifier_keys(folder: Path, keys: Sequence[str]) -> None:
    """Puts the public keys there, whole or not at all, and no others. Raises OSError."""
    for number, name in enumerate(VKEYS):
        if number < len(keys):
            part = folder / f"{name}.part"
            part.write_text(f"{keys[number]}\n", "utf-8")
            part.replace(folder / name)
        else:
            (folder / name).unlink(missing_ok=True)


def entries(export: Export, start: int = 0) -> Iterator[bytes]:
    """Every entry's bytes from ``start`` on, in their order. Raises BadTile where a bundle is
    damaged, NoExport where it cannot be read."""
    try:
        yield from log_files.entries(export.folder, start)
    except OSError as error:
        raise NoExport(f"{error.filename}: {error.strerror}") from None


def openings(export: Export) -> Iterator[Opening]:
    """Every text and sheet with its salt. Raises NoExport naming file and line, also for a sheet
    among the texts: those are given to more people than may have sheets."""
    for name, elsewhere in (
        ("documents.jsonl", commitments.PERSON),
        ("people.jsonl", commitments.DOCUMENT),
    ):
        path = export.folder / name
        if name == "people.jsonl" and not has_people(export):
            continue
        for number, line in enumerate(_lines(path), 1):
            try:
                opening = read_opening(line)
            except BadOpening as error:
                raise NoExport(f"{path}, line {number}: damaged: {error}") from None
            if opening.domain == elsewhere:
                raise NoExport(f"{path}, line {number}: {elsewhere} does not belong in this file")
            yield opening


def ballot_files(export: Export) -> tuple[Path, ...]:
    """The files of secret ballots, in the order of their names."""
    return tuple(sorted((export.folder / _BALLOTS).glob("*.json")))


def ballot_file(export: Export, hash: str) -> bytes | None:
    """The file of this name, if it is there. Raises NoExport where it cannot be read."""
    path = export.folder / _BALLOTS / f"{hash}.json"
    try:
        return path.read_bytes() if path.exists() else None
    except OSError as error:
        raise NoExport(f"{path}: {error.strerror}") from None


def write_ballot_files(part: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Writes the files of secret ballots, each under its hash. Raises OSError."""
    for hash, data in files:
        (part / _BALLOTS).mkdir(exist_ok=True)
        (part / _BALLOTS / f"{hash}.json").write_bytes(data)


def archives(export: Export) -> tuple[Path, ...]:
    """The ballot boxes, in the order of their names."""
    return tuple(sorted((export.folder / _BALLOTS).glob("*.bel")))


def archive_name(election: int) -> str:
    """The file of the box of this election."""
    return f"election-{election}.bel"


def archive(export: Export, election: int) -> bytes | None:
    """The box of this election, if it is there. Raises NoExport where it cannot be read."""
    path = export.folder / _BALLOTS / archive_name(election)
    try:
        return path.read_bytes() if path.exists() else None
    except OSError as error:
        raise NoExport(f"{path}: {error.strerror}") from None


def write_archive(part: Path, election: int, pieces: Iterable[bytes]) -> None:
    """Writes the box of an election. Raises OSError."""
    (part / _BALLOTS).mkdir(exist_ok=True)
    with (part / _BALLOTS / archive_name(election)).open("wb") as file:
        for piece in pieces:
            file.write(piece)


def has_people(export: Export) -> bool:
    """Whether it was made for moving to another server, with everyone's personal sheet."""
    return (export.folder / "people.jsonl").exists()


def write_openings(path: Path, things: Iterable[Opening]) -> int:
    """Writes texts or sheets, a line each; gives their number."""
    count = 0
    with path.open("wb") as file:
        for thing in things:
            file.write(write_opening(thing) + b"\n")
            count += 1
    return count


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            for line in file:
                yield line.removesuffix(b"\n")
    except OSError as error:
        raise NoExport(f"{path}: {error.strerror}") from None
