"""What format a file of ballots has, by its name and by its content, and what it holds."""

from __future__ import annotations

import re
from dataclasses import replace

from quorate.count.blt import read_blt
from quorate.count.blt_bundles import read_blt_bundles
from quorate.count.files.abif import read_abif
from quorate.count.files.ballot_file import BallotFile, FileToCount, Format
from quorate.count.files.place import Unreadable, text_of
from quorate.count.files.preflib import KINDS, read_preflib
from quorate.count.files.tables import read_csv
from quorate.count.papers import NotCountable

ENDINGS: dict[str, Format] = {
    "blt": "blt",
    "soc": "soc",
    "soi": "soi",
    "toc": "toc",
    "toi": "toi",
    "abif": "abif",
    "csv": "csv",
    "tsv": "csv",
}


def read(content: bytes | str, name: str = "", seats: int | None = None) -> BallotFile:
    """What the file holds; ``name``: the file's, for its ending. ``seats``: instead of the file's.

    Raises Unreadable, and NotCountable for more seats than candidates.
    """
    found = _read(content, format_of(content, name))
    if seats is None:
        return found
    _enough(found.election.candidates, seats)
    return replace(found, election=replace(found.election, seats=seats), seats_stated=True)


def read_to_count(content: bytes, name: str = "", seats: int | None = None) -> FileToCount:
    """The same for a count: a .blt file is read straight into bundles, many times faster.

    Raises as ``read`` does.
    """
    if format_of(content, name) == "blt":
        blt = read_blt_bundles(content)
        bundled = blt.election
        if seats is not None:
            _enough(bundled.candidates, seats)
            bundled = replace(bundled, seats=seats)
        return FileToCount("blt", bundled, True, blt.papers_read)
    found = read(content, name, seats)
    return FileToCount(
        found.format, found.election, found.seats_stated, found.papers_read, found.notes
    )


def format_of(content: bytes | str, name: str = "") -> Format:
    """The format that the name's ending says; for any other name, the one the content shows.

    Raises Unreadable if it shows none.
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return ENDINGS.get(ending) or _shown(text_of(content))


def _enough(candidates: tuple[str, ...], seats: int) -> None:
    """Raises NotCountable unless so many seats can be filled from so many candidates."""
    if not 1 <= seats <= len(candidates):
        raise NotCountable(
            f"seats: expected 1 to {len(candidates)}, as many as there are candidates, not {seats}"
        )


def _shown(text: str) -> Format:
    """The format that the first lines show. Raises Unreadable."""
    if match := re.search(r"^# *DATA TYPE: *(\w+)", text, re.MULTILINE):
        return next((kind for kind in KINDS if kind == match[1]), "soi")
    if re.search(r"^# *(NUMBER ALTERNATIVES|ALTERNATIVE NAME 1):", text, re.MULTILINE):
        return "soi"
    rows = [row.strip() for row in text.split("\n") if row.strip()]
    rows = [row for row in rows if not row.startswith(("#", "/*"))]
    if not rows:
        raise Unreadable(1, 1, "a .blt, PrefLib, ABIF or CSV file", "nothing in it")
    if re.fullmatch(r"[0-9]+", rows[0]) and len(rows) > 1 and re.match(r"[0-9]+ *,", rows[1]):
        return "soi"
    if re.match(r"[0-9]+[\s,]+[0-9]+[\s,]*(#.*|/\*.*)?$", rows[0]):
        return "blt"
    if re.match(r"=|\{|[0-9]+\s*[:*]", rows[0]):
        return "abif"
    if re.search(r"[,;\t]", rows[0]) or (len(rows) > 1 and re.search(r"[A-Za-z]", rows[0])):
        return "csv"
    raise Unreadable(1, 1, "a .blt, PrefLib, ABIF or CSV file", f'"{rows[0][:30]}"')


def _read(content: bytes | str, format: Format) -> BallotFile:
    match format:
        case "blt":
            blt = read_blt(content)
            return BallotFile("blt", blt.election, True, blt.parties, blt.ids, blt.papers_read)
        case "abif":
            return read_abif(content)
        case "csv":
            return read_csv(content)
        case _:
            return read_preflib(content, format)
