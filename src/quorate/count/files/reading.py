"""What format a file of ballots has, by its name and by its content, and what it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from quorate.count.blt import MOST_SEATS, read_blt
from quorate.count.blt_bundles import read_blt_bundles
from quorate.count.files.abif import read_abif
from quorate.count.files.ballot_file import BallotFile, FileToCount, Format
from quorate.count.files.listed import Listed, arranged
from quorate.count.files.place import Unreadable, text_of
from quorate.count.files.preflib import KINDS, read_preflib
from quorate.count.files.tables import read_csv
from quorate.count.papers import Marks, NotCountable

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


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a file is to be read, besides what stands in it.

    ``seats``: instead of the file's. ``several_each``: there may be more seats than candidates,
    who are lists or slates. ``marks``: what the rule asks of a paper, None where no rule is known
    and the file must show it. ``one_mark``: whether the rule takes one alone. ``listed``: the
    candidates, in the order of the paper, where a list of them is given. ``race``: which of several
    in one file, by its name or a part of it.
    """

    seats: int | None = None
    several_each: bool = False
    marks: Marks | None = "ranks"
    one_mark: bool = False
    listed: tuple[Listed, ...] = ()
    race: str = ""


def read(
    content: bytes | str, name: str = "", seats: int | None = None, wanted: Wanted | None = None
) -> BallotFile:
    """What the file holds; ``name``: the file's, for its ending.

    Raises Unreadable, and NotCountable for more seats than candidates.
    """
    wanted = wanted or Wanted(seats)
    format = format_of(content, name)
    if wanted.race and format != "csv":
        raise NotCountable(f"race: a {format} file holds one election; --race is for CSV files")
    found = _read(content, format, wanted)
    if wanted.listed:
        groups = tuple(one.group for one in wanted.listed)
        election = arranged(found.election, wanted.listed)
        found = replace(found, election=election, parties=groups)
    if wanted.seats is None:
        return found
    _enough(found.election.candidates, wanted)
    election = replace(found.election, seats=wanted.seats)
    return replace(found, election=election, seats_stated=True)


def read_to_count(
    content: bytes, name: str = "", seats: int | None = None, wanted: Wanted | None = None
) -> FileToCount:
    """The same for a count: a .blt file is read straight into bundles, many times faster.

    Raises as ``read`` does.
    """
    wanted = wanted or Wanted(seats)
    if format_of(content, name) == "blt" and not (wanted.listed or wanted.race):
        blt = read_blt_bundles(content, several_each=wanted.several_each)
        bundled = blt.election
        if wanted.seats is not None:
            _enough(bundled.candidates, wanted)
            bundled = replace(bundled, seats=wanted.seats)
        notes = _without_title(bundled.title, bundled.candidates)
        return FileToCount("blt", bundled, True, blt.papers_read, notes, blt.parties)
    found = read(content, name, wanted=wanted)
    return FileToCount(
        found.format,
        found.election,
        found.seats_stated,
        found.papers_read,
        found.notes,
        found.parties,
    )


def format_of(content: bytes | str, name: str = "") -> Format:
    """The format that the name's ending says; for any other name, the one the content shows.

    Raises Unreadable if it shows none.
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return ENDINGS.get(ending) or _shown(text_of(content))


def _enough(candidates: tuple[str, ...], wanted: Wanted) -> None:
    """Raises NotCountable unless so many seats can be filled from so many candidates."""
    most = MOST_SEATS if wanted.several_each else len(candidates)
    if wanted.seats is not None and not 1 <= wanted.seats <= most:
        why = "" if wanted.several_each else ", as many as there are candidates,"
        raise NotCountable(f"seats: expected 1 to {most}{why or ','} not {wanted.seats}")


def _without_title(title: str, candidates: tuple[str, ...]) -> tuple[str, ...]:
    """What a .blt file without a title may be: one that lacks a name."""
    if title:
        return ()
    return (
        f"The file has no title: its last line is read as the name of candidate "
        f"{len(candidates)}, “{candidates[-1]}”.",
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


def _read(content: bytes | str, format: Format, wanted: Wanted) -> BallotFile:
    match format:
        case "blt":
            blt = read_blt(content, several_each=wanted.several_each)
            notes = _without_title(blt.election.title, blt.election.candidates)
            marks = wanted.marks or "ranks"
            return BallotFile(
                "blt", blt.election, True, blt.parties, blt.ids, blt.papers_read, notes, marks
            )
        case "abif":
            return read_abif(content, wanted.marks)
        case "csv":
            known = [one.name for one in wanted.listed]
            return read_csv(content, wanted.marks, wanted.race, known, one_mark=wanted.one_mark)
        case _:
            return replace(read_preflib(content, format), marks=wanted.marks or "ranks")
