"""The count sheet as a table: a row for each candidate, a column for each stage."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from quorate.count.figures import Figures, figure, some
from quorate.count.sheet import Sheet, Stage

NOBODY = "To nobody"


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
    if not sheet.stages:
        return ()
    elected = {one.candidate: one.stage for one in sheet.elections}
    excluded: dict[str, int] = {}
    for stage in reversed(sheet.stages):  # a candidate excluded in steps: the first one counts
        excluded |= dict.fromkeys(stage.excluded, stage.number)
    candidates = tuple(
        Row(
            name,
            "elected" if name in elected else "excluded" if name in excluded else "",
            tuple(
                Cell("–")
                if name in sheet.withdrawn
                else _cell(stage, name, elected.get(name), excluded.get(name))
                for stage in sheet.stages
            ),
        )
        for name, _ in sheet.stages[0].votes
    )
    if not any(stage.nontransferable for stage in sheet.stages):
        return candidates
    nobody = tuple(Cell(figure(stage.nontransferable)) for stage in sheet.stages)
    return (*candidates, Row(NOBODY, "", nobody))


def fate(sheet: Sheet, name: str) -> str:
    """What became of the candidate, in a few words; of a list, how many seats it has."""
    if sheet.lists is not None and name not in sheet.withdrawn:
        seats = sheet.elected.count(name)
        return some(seats, "seats") if seats else "no seat"
    for one in sheet.elections:
        if one.candidate == name:
            return "elected" if len(sheet.stages) <= 1 else f"elected at stage {one.stage}"
    if name in sheet.withdrawn:
        return "withdrawn"
    for stage in sheet.stages:
        if name in stage.excluded:
            return f"excluded at stage {stage.number}"
    return "not elected"


def head(stage: Stage, figures: Figures = "votes") -> tuple[str, str]:
    """What a stage did, in a word or two, and whose votes it moved, "" for nobody's.

    ``figures``: what is counted.
    """
    match stage.action.kind:
        case "surplus":
            return "surplus of", stage.action.of or ""
        case "exclusion":
            more = f" + {len(stage.action.also)}" if stage.action.also else ""
            return "exclusion of", f"{stage.action.of or ''}{more}"
        case "first preferences":
            return "first preferences", ""
        case _:
            return figures, stage.action.of or ""


def _cell(stage: Stage, name: str, elected: int | None, excluded: int | None) -> Cell:
    votes = stage.votes_of(name)
    gone = excluded is not None and stage.number >= excluded and votes == Decimal(0)
    shown = "–" if gone else figure(votes)
    if stage.number == elected:
        return Cell(shown, "elected")
    return Cell(shown, "excluded" if stage.number == excluded else "")
