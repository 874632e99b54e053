"""What a file of ballots holds, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quorate.count.bundles import BundledElection
from quorate.count.files.place import Unreadable
from quorate.count.papers import Election, Marks, Paper

Format = Literal["blt", "soc", "soi", "toc", "toi", "abif", "csv"]


@dataclass(frozen=True, slots=True)
class BallotFile:
    """A file's content.

    ``seats_stated``: whether the file or the caller says how many seats there are; otherwise
    ``election.seats`` is 1 and means nothing. ``parties``: parallel to the candidates, "" without
    one. ``ids``: parallel to the papers, "" without one. ``papers_read``: how many papers the file
    stands for; all of them are in the election. ``notes``: what the reader took how, and what it
    left aside, in plain sentences. ``marks``: as what the papers' marks were read.
    """

    format: Format
    election: Election
    seats_stated: bool
    parties: tuple[str, ...]
    ids: tuple[str, ...]
    papers_read: int
    notes: tuple[str, ...] = ()
    marks: Marks = "ranks"


@dataclass(frozen=True, slots=True)
class FileToCount:
    """What of a file's content a count needs; the fields are as in ``BallotFile``.

    ``parties``: or groups, where a list of candidates says so.
    """

    format: Format
    election: Election | BundledElection
    seats_stated: bool
    papers_read: int
    notes: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()


def without_seats(
    format: Format,
    title: str,
    candidates: tuple[str, ...],
    papers: list[Paper],
    ids: list[str] | None = None,
    notes: tuple[str, ...] = (),
    *,
    in_order: bool = True,
    marks: Marks = "ranks",
) -> BallotFile:
    """A file whose format has no seats, no parties and nobody withdrawn."""
    return BallotFile(
        format=format,
        election=Election(title, 1, candidates, frozenset(), tuple(papers), in_order),
        seats_stated=False,
        parties=("",) * len(candidates),
        ids=tuple(ids) if ids is not None else ("",) * len(papers),
        papers_read=sum(paper.weight for paper in papers),
        notes=notes,
        marks=marks,
    )


def no_papers(line: int, column: int) -> Unreadable:
    """The error that a file holds no paper at all."""
    return Unreadable(line, column, "at least one paper", "the end of the file")
