"""`quorate ballots`: files of ballots, from one format into another; and ballot boxes, verified."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from quorate.cli.ballot_promises import promised
from quorate.cli.booth_scripts import scripts
from quorate.cli.opened_ballots import opened
from quorate.cli.saying import as_json, err, out, refused, wrong_call
from quorate.cli.verifying_ballots import verify
from quorate.count.alike import alike
from quorate.count.figures import some
from quorate.count.files.ballot_file import BallotFile, Format
from quorate.count.files.listed import Listed, read_listed
from quorate.count.files.place import Unreadable, printable
from quorate.count.files.reading import ENDINGS, Wanted, read
from quorate.count.files.writing import CannotWrite, write
from quorate.count.papers import Marks, NotCountable

app = typer.Typer(help="Files of ballots.", no_args_is_help=True)

_Content = TypeVar("_Content")

MARKS: tuple[Marks, ...] = ("ranks", "crosses", "points")
FORMATS = ".blt, .soc, .soi, .toc, .toi (PrefLib), .abif or .csv"


@app.callback()
def _ballots() -> None:
    """Files of ballots."""


app.command()(verify)
app.command()(opened)
app.command()(promised)
app.command()(scripts)


def read_ballots(
    reader: Callable[[bytes, str, int | None], _Content],
    file: Path,
    seats: int | None,
    *,
    as_object: bool,
) -> _Content:
    """What the reader finds in the file. Ends the command if it cannot be read."""
    try:
        content = file.read_bytes()
    except OSError as error:
        wrong_call(f"{file}: {error.strerror}.", as_object=as_object)
    try:
        return reader(content, file.name, seats)
    except Unreadable as error:
        place = {"line": error.line, "column": error.column}
        told = {"error": str(error), **place, "expected": error.expected, "found": error.found}
        refused(f"{file}: {error}", as_object=told if as_object else None)
    except NotCountable as error:
        refused(f"{file}: {error}", as_object={"error": str(error)} if as_object else None)


def write_file(file: Path, content: str | bytes, *, as_object: bool) -> None:
    """Writes what the command made, all of it or nothing. Ends the command if that cannot be."""
    data = content if isinstance(content, bytes) else content.encode()
    try:
        if file.parent == Path("/dev") or (file.exists() and not file.is_file()):
            file.write_bytes(data)  # a pipe, a terminal, or wherever this command's output goes
            return
        _replace(file.resolve(), data)
    except OSError as error:
        wrong_call(f"{file}: {error.strerror}.", as_object=as_object)


def not_the_same(source: Path, *targets: Path | None, as_object: bool) -> None:
    """Ends the command where it would write over what it reads, or two things into one file."""
    before = [source]
    for target in targets:
        if target is None:
            continue
        for other in before:
            if _same(other, target):
                what = "that is the file of ballots" if other is source else "named twice"
                wrong_call(
                    f"{target}: {what}; write to another file, so that nothing is lost.",
                    as_object=as_object,
                )
        before.append(target)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other) and one.is_file()
    except OSError:
        return one.resolve() == other.resolve()


def _replace(file: Path, data: bytes) -> None:
    """Writes beside the file first, so that it is never there by half."""
    beside = file.with_name(f".{file.name[:80]}.{os.getpid()}")
    try:
        with beside.open("xb") as opened:
            opened.write(data)
        if file.exists():
            beside.chmod(stat.S_IMODE(file.stat().st_mode))
        beside.replace(file)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def listed_in(file: Path | None, *, as_object: bool) -> tuple[Listed, ...]:
    """The candidates of a list, none without one."""
    if file is None:
        return ()
    return read_ballots(
        lambda content, name, seats: read_listed(content), file, None, as_object=as_object
    )


@app.command()
def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help=f"Ballots: {FORMATS}.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="Its ending says the format.")],
    seats: Annotated[
        int | None, typer.Option(min=1, help="Seats, for .blt from a file that states none.")
    ] = None,
    lists: Annotated[
        bool, typer.Option("--lists", help="They are lists or slates: more seats than of them.")
    ] = False,
    race: Annotated[
        str, typer.Option(metavar="NAME", help="Which race of a CSV file that holds several.")
    ] = "",
    marks: Annotated[
        str,
        typer.Option(
            metavar="ranks|crosses|points",
            help="What cells or ratings stand for, where they do not show it.",
        ),
    ] = "",
    candidates: Annotated[
        Path | None,
        typer.Option(help="A CSV file of the candidates, as for `quorate count`."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Converts a file of ballots. What OUT cannot hold is refused, not dropped."""
    format = ENDINGS.get(target.suffix.lstrip(".").lower())
    if format is None:
        wrong_call(f"{target}: expected an ending of {FORMATS}.", as_object=json)
    not_the_same(source, target, as_object=json)
    stated = next((one for one in MARKS if one == marks), None)
    if marks and stated is None:
        wrong_call(f'--marks: expected {", ".join(MARKS)}, not "{marks}".', as_object=json)
    listed = listed_in(candidates, as_object=json)
    wanted = Wanted(seats, several_each=lists, marks=stated, listed=listed, race=race)

    def reader(content: bytes, name: str, seats: int | None) -> BallotFile:
        return read(content, name, wanted=wanted)

    found = read_ballots(reader, source, seats, as_object=json)
    if format == "blt" and not found.seats_stated:
        message = f"{source} does not say how many seats there are, and .blt must: --seats N."
        wrong_call(message, as_object=json)
    try:
        text = write(found.election, format, found.parties, found.marks)
    except (CannotWrite, NotCountable) as error:
        refused(f"{target}: {error}", as_object={"error": str(error)} if json else None)
    write_file(target, text, as_object=json)
    lost = []
    if format != "blt":
        lost += ["the number of seats"] if found.seats_stated else []
        lost += ["parties"] if any(found.parties) else []
    lost += ["the papers' ids"] if any(found.ids) else []
    notes = (*found.notes, *_meaning(found, format), *alike(found.election.candidates))
    if json:
        as_json(
            {
                "from": found.format,
                "to": format,
                "papers": found.papers_read,
                "candidates": len(found.election.candidates),
                "not_kept": lost,
                "notes": list(notes),
            }
        )
        return
    for note in notes:
        err.print(printable(note), markup=False)
    if lost:
        err.print(f"{target.suffix} does not keep {', '.join(lost)}.", markup=False)
    out.print(f"{some(found.papers_read, 'papers')} in {target}.", markup=False)


def _meaning(found: BallotFile, format: Format) -> tuple[str, ...]:
    """What of the papers' meaning the new file does not say by itself."""
    said = []
    if format == "blt" and found.marks != "ranks" and found.format != "blt":
        said.append(
            f"In a .blt file {found.marks} stand as equal first ranks: count it by a rule that "
            f"asks for {found.marks}."
        )
    names = list(found.election.candidates)
    if not found.election.in_order and names == sorted(names):
        said.append(
            "The candidates stand in alphabetical order, which need not be that of the paper; "
            "where it matters, state it by a list of them (--candidates)."
        )
    return tuple(said)
