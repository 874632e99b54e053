"""The count sheet as a table: a row for each candidate, a column for each stage."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from quorate.count.sheet import Sheet, Stage, figure


@dataclass(frozen=True, slots=True)
class Cell:
    """Votes at the end of a stage, and what happened to the candidate in it; "" for nothing."""

    votes: str
    mark: Literal["", "elected", "excluded"] = ""


@dataclass(frozen=True, slots=True)
class Row:
    """``fate``: what became of the candidate in the end."""

    name: str
    fate: Literal["elected", "excluded", ""]
    cells: tuple[Cell, ...]


def rows(sheet: Sheet) -> tuple[Row, ...]:
    """The candidates in the paper's order, and last the votes that went to nobody."""
    elected = {one.candidate: one.stage for one in sheet.elections}
    excluded = {name: stage.number for stage in sheet.stages for name in stage.excluded}
    candidates = tuple(
        Row(
            name,
            "elected" if name in elected else "excluded" if name in excluded else "",
            tuple(
                _cell(stage, name, elected.get(name), excluded.get(name)) for stage in sheet.stages
            ),
        )
        for name, _ in sheet.stages[0].votes
    )
    nobody = tuple(Cell(figure(stage.nontransferable)) for stage in sheet.stages)
    return (*candidates, Row("To nobody", "", nobody))


def _cell(stage: Stage, name: str, elected: int | None, excluded: int | None) -> Cell:
    votes = stage.votes_of(name)
    gone = excluded is not None and stage.number >= excluded and votes == Decimal(0)
    shown = "–" if gone else figure(votes)
    if stage.number == elected:
        return Cell(shown, "elected")
    return Cell(shown, "excluded" if stage.number == excluded else "")
