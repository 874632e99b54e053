"""An election written as a file, and read back at once, so that nothing is lost in silence."""

from __future__ import annotations

from dataclasses import replace

from quorate.count.blt import write_blt
from quorate.count.files.abif import write_abif
from quorate.count.files.ballot_file import Format
from quorate.count.files.holding import CannotWrite, check_held, in_words
from quorate.count.files.place import Unreadable
from quorate.count.files.preflib import write_preflib
from quorate.count.files.reading import Wanted, read
from quorate.count.files.tables import write_csv
from quorate.count.papers import Election, Marks, Paper, checked, grouped

__all__ = ["CannotWrite", "write"]


def write(
    election: Election, format: Format, parties: tuple[str, ...] = (), marks: Marks = "ranks"
) -> str:
    """The election as a file of this format. Only .blt holds seats, withdrawals and parties.

    ``marks``: what the papers bear. In .blt crosses are equal first ranks, and points too, a
    candidate as often as they have points.

    Raises NotCountable, and CannotWrite for what the format cannot hold.
    """
    checked(election)
    if not election.papers:
        raise CannotWrite("papers: there is none, and no format knows a file without papers")
    if format != "blt" and election.withdrawn:
        names = ", ".join(election.name(number) for number in sorted(election.withdrawn))
        raise CannotWrite(f"withdrawn: .{format} cannot say who has withdrawn ({names})")
    check_held(election, format, marks)
    match format:
        case "blt":
            text = _blt(election, parties)
        case "abif":
            text = write_abif(election, marks)
        case "csv":
            text = write_csv(election, marks)
        case _:
            text = write_preflib(election, format)
    _compared(election, text, format, marks)
    return text


def _blt(election: Election, parties: tuple[str, ...]) -> str:
    try:
        return write_blt(election, parties)
    except ValueError as error:
        raise CannotWrite(str(error)) from None


def _compared(election: Election, text: str, format: Format, marks: Marks) -> None:
    """Reads the text back. Raises CannotWrite where it is not the same election."""
    try:
        # Lists and slates take several seats each, so there may be more seats than candidates.
        back = read(text, f"x.{format}", wanted=Wanted(several_each=True, marks=marks)).election
    except Unreadable as error:
        raise CannotWrite(f".{format}: what was written could not be read back, {error}") from None
    if format != "blt":
        back = replace(back, seats=election.seats)
    for what, was, now in (
        ("title", election.title, back.title),
        ("candidates", election.candidates, back.candidates),
        ("seats", election.seats, back.seats),
        ("withdrawn", election.withdrawn, back.withdrawn),
    ):
        if was != now:
            raise CannotWrite(
                f"{what}: .{format} cannot hold {_value(was)}, it would be read as {_value(now)}"
            )
    written, found = _meant(election, marks), _meant(back, marks)
    for paper, again in zip(written, found, strict=False):
        if paper != again:
            raise CannotWrite(f"papers: .{format} cannot hold {in_words(election, paper)}")
    if len(written) != len(found):
        raise CannotWrite(f"papers: .{format} cannot tell some of them apart")


def _meant(election: Election, marks: Marks) -> tuple[Paper, ...]:
    """The papers as what their marks mean: crosses and points stand in no order."""
    papers = election.papers
    if marks != "ranks":
        every = [(p.weight, sorted(n for rank in p.ranks for n in rank)) for p in papers]
        once = [(w, sorted(set(ns)) if marks == "crosses" else ns) for w, ns in every]
        papers = tuple(Paper(weight, [numbers] if numbers else []) for weight, numbers in once)
    return grouped(papers)


def _value(value: object) -> str:
    """A title in quotation marks, names with commas between them, a number as it is."""
    if isinstance(value, tuple):
        return ", ".join(f'"{name}"' for name in value)
    return f'"{value}"' if isinstance(value, str) else f"{value}"
