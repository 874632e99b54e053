"""The count sheet as CSV (RFC 4180): a row a candidate, a column a stage."""

from __future__ import annotations

import re

from quorate.count.sheet import Sheet
from quorate.count.side_tables import side_tables
from quorate.count.table import NOBODY, fate, head, rows

_FORMULA = re.compile(r"[=+\-@\t\r]")


def as_csv(sheet: Sheet) -> str:
    """The table of the count, with CRLF line ends; the last row is the votes that nobody has.

    Pairs compared and seats shared out follow as tables of their own, each after an empty row and
    a row with its title. A cell that a spreadsheet would take for a formula begins with an
    apostrophe.
    """
    heads = []
    for stage in sheet.stages:
        what, whose = head(stage, sheet.figures)
        heads.append(f"Stage {stage.number}: {what} {whose}".rstrip())
    table = [["Candidate", "Outcome", *heads]]
    if not sheet.stages:
        table += [[name, fate(sheet, name)] for name in sheet.candidates]
    for row in rows(sheet):
        outcome = "" if row.name == NOBODY else fate(sheet, row.name)
        table.append([row.name, outcome, *(cell.votes.replace("–", "") for cell in row.cells)])
    for side in side_tables(sheet):
        table += [[], [side.title], list(side.heads), *map(list, side.rows)]
    return "".join(",".join(map(_cell, line)) + "\r\n" for line in table)


def _cell(text: str) -> str:
    if _FORMULA.match(text):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\r\n]', text) else text
