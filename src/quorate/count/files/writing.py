"""An election written as a file, and read back at once, so that nothing is lost in silence."""

from __future__ import annotations

from dataclasses import replace

from quorate.count.blt import write_blt
from quorate.count.files.abif import write_abif
from quorate.count.files.ballot_file import Format
from quorate.count.files.place import Unreadable
from quorate.count.files.preflib import write_preflib
from quorate.count.files.reading import Wanted, read
from quorate.count.files.tables import write_csv
from quorate.count.papers import Election, checked, grouped


class CannotWrite(ValueError):
    """An election that a format cannot hold; the message says what of it."""


def write(election: Election, format: Format, parties: tuple[str, ...] = ()) -> str:
    """The election as a file of this format. Only .blt holds seats, withdrawals and parties.

    Raises NotCountable, and CannotWrite for what the format cannot hold.
    """
    checked(election)
    if not election.papers:
        raise CannotWrite("papers: there is none, and no format knows a file without papers")
    match format:
        case "blt":
            text = _blt(election, parties)
        case "abif":
            text = write_abif(_unwithdrawn(election, "ABIF"))
        case "csv":
            text = write_csv(_unwithdrawn(election, "CSV"))
        case _:
            text = write_preflib(_unwithdrawn(election, "PrefLib"))
    _compared(election, text, format)
    return text


def _blt(election: Election, parties: tuple[str, ...]) -> str:
    try:
        return write_blt(election, parties)
    except ValueError as error:
        raise CannotWrite(str(error)) from None


def _unwithdrawn(election: Election, format: str) -> Election:
    if election.withdrawn:
        names = ", ".join(election.name(number) for number in sorted(election.withdrawn))
        raise CannotWrite(f"withdrawn: {format} cannot say who has withdrawn ({names})")
    return election


def _compared(election: Election, text: str, format: Format) -> None:
    """Reads the text back. Raises CannotWrite where it is not the same election."""
    try:
        # Lists and slates take several seats each, so there may be more seats than candidates.
        back = read(text, f"x.{format}", wanted=Wanted(several_each=True)).election
    except Unreadable as error:
        raise CannotWrite(f"{format}: what was written could not be read back, {error}") from None
    if format != "blt":
        back = replace(back, seats=election.seats)
    for what, was, now in (
        ("title", election.title, back.title),
        ("candidates", election.candidates, back.candidates),
        ("seats", election.seats, back.seats),
        ("withdrawn", election.withdrawn, back.withdrawn),
    ):
        if was != now:
            raise CannotWrite(f"{what}: {format} cannot hold {was!r}, it would be read as {now!r}")
    for paper, again in zip(grouped(election.papers), grouped(back.papers), strict=False):
        if paper != again:
            raise CannotWrite(f"papers: {format} cannot hold the ranks {paper.ranks!r}")
    if len(grouped(election.papers)) != len(grouped(back.papers)):
        raise CannotWrite(f"papers: {format} cannot tell some of them apart")
