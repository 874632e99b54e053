"""What a count sheet states besides votes and stages, as tables: pairs compared, seats shared out.

- For rules that compare in pairs: how many papers prefer each candidate to each other, every defeat
  and whether the rule uses it, and the strengths of paths.
- For rules that share seats out between lists: the quotients and which seat each gave, or each
  list's quota with its whole part and remainder.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from quorate.count.sheet import ListShare, Pairwise, Sheet

COLUMNS = 12
"""A wider table is cut into several."""
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class SideTable:
    """``heads``: the first is that of the rows' names. ``rows``: as many cells as heads."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def side_tables(sheet: Sheet) -> tuple[SideTable, ...]:
    """The tables, in the order in which one reads them; none for most rules."""
    if sheet.pairwise is not None:
        return _of_pairs(sheet.pairwise)
    if sheet.lists:
        by_quota = any(one.quota is not None for one in sheet.lists)
        tables = (_quotas(sheet.lists),) if by_quota else _quotients(sheet, sheet.lists)
        return tuple(part for table in tables for part in _cut(table))
    return ()


def mixed(number: Fraction) -> str:
    """A fraction as one writes it: 3, 2 1/7, 5/7."""
    rest = number - int(number)
    if not rest:
        return str(int(number))
    return f"{int(number)} {rest}" if int(number) else str(rest)


def _of_pairs(pairwise: Pairwise) -> tuple[SideTable, ...]:
    names = pairwise.candidates
    tables = [*_matrix("How many papers prefer the candidate at the left", names, pairwise.prefer)]
    if pairwise.defeats:
        rows = tuple(
            (one.winner, one.loser, str(one.votes), str(one.against), one.dropped or "used")
            for one in pairwise.defeats
        )
        heads = ("Who defeats", "whom", "Papers for it", "Papers against", "The rule")
        tables.append(SideTable("Defeats, the strongest first", heads, rows))
    if pairwise.paths is not None:
        title = "The strongest path from the candidate at the left"
        tables += _matrix(title, names, pairwise.paths)
    return tuple(tables)


def _matrix(
    title: str, names: tuple[str, ...], figures: tuple[tuple[int, ...], ...]
) -> tuple[SideTable, ...]:
    rows = tuple(
        (name, *(NOTHING if at == row else str(figure) for at, figure in enumerate(line)))
        for row, (name, line) in enumerate(zip(names, figures, strict=True))
    )
    return _cut(SideTable(title, ("", *(f"to {name}" for name in names)), rows))


def _quotas(lists: tuple[ListShare, ...]) -> SideTable:
    rows = []
    for one in lists:
        quota = Fraction(0) if one.quota is None else one.quota
        rows.append(
            (
                one.name,
                str(one.votes),
                mixed(quota),
                str(int(quota)),
                mixed(quota - int(quota)),
                str(one.seats),
            )
        )
    heads = ("List", "Votes", "Quota", "Whole part", "Remainder", "Seats")
    return SideTable("Quotas and remainders", heads, tuple(rows))


def _quotients(sheet: Sheet, lists: tuple[ListShare, ...]) -> tuple[SideTable, ...]:
    """Quotients by divisor, with the seat that each gave."""
    most = max(len(one.quotients) for one in lists)
    seats = SideTable(
        "Votes and seats",
        ("List", "Votes", "Seats"),
        tuple((one.name, str(one.votes), str(one.seats)) for one in lists),
    )
    if not most:
        return (seats,)
    fullest = max(lists, key=lambda one: len(one.quotients) if one.votes else 0)
    heads = [f"÷ {fullest.votes / q}" if q else "" for q in fullest.quotients]
    rows = []
    for one in lists:
        given = [place for place, name in enumerate(sheet.elected, start=1) if name == one.name]
        given = given[len(given) - max(len(one.quotients) - 1, 0) :]
        cells = [
            f"{mixed(quotient)} (seat {given[at]})" if at < len(given) else mixed(quotient)
            for at, quotient in enumerate(one.quotients)
        ]
        rows.append((one.name, *cells, *[""] * (most - len(cells))))
    return seats, SideTable("Quotients", ("List", *heads), tuple(rows))


def _cut(table: SideTable) -> tuple[SideTable, ...]:
    """The table in pieces that a page holds, each with the names at its left."""
    columns = len(table.heads) - 1
    if columns <= COLUMNS:
        return (table,)
    pieces = []
    for first in range(0, columns, COLUMNS):
        last = min(first + COLUMNS, columns)
        pieces.append(
            SideTable(
                f"{table.title}, columns {first + 1} to {last}",
                (table.heads[0], *table.heads[first + 1 : last + 1]),
                tuple((row[0], *row[first + 1 : last + 1]) for row in table.rows),
            )
        )
    return tuple(pieces)
