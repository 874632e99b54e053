"""A count in print, with typst: A4, fonts that come with typst, no network.

The same count gives the same bytes: the PDF bears no time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import typst

from quorate.texts.typst_markup import string

_TEMPLATE = Path(__file__).parent / "templates" / "count.typ"
_STAGES_A_TABLE = 12
_UPRIGHT = 5
"""So many stages fit across an upright page."""


class _Cell(Protocol):
    @property
    def votes(self) -> str: ...
    @property
    def mark(self) -> str: ...


class _Row(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def cells(self) -> Sequence[_Cell]: ...


class _Table(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def heads(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Sequence[Sequence[str]]: ...


class _Stage(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def head(self) -> str: ...
    @property
    def sentences(self) -> Sequence[str]: ...
    @property
    def moved(self) -> _Table | None: ...


class _Why(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def fate(self) -> str: ...
    @property
    def sentences(self) -> Sequence[str]: ...


class Counted(Protocol):
    """What is printed of a count: the shape of ``quorate.count.report.Report``."""

    @property
    def title(self) -> str: ...
    @property
    def figures(self) -> str: ...
    @property
    def facts(self) -> Sequence[tuple[str, str]]: ...
    @property
    def elected(self) -> Sequence[tuple[str, str]]: ...
    @property
    def heads(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Sequence[_Row]: ...
    @property
    def tables(self) -> Sequence[_Table]: ...
    @property
    def bars(self) -> str: ...
    @property
    def flow(self) -> str: ...
    @property
    def stages(self) -> Sequence[_Stage]: ...
    @property
    def ties(self) -> Sequence[str]: ...
    @property
    def invalid(self) -> Sequence[tuple[str, str]]: ...
    @property
    def remarks(self) -> Sequence[str]: ...
    @property
    def whys(self) -> Sequence[_Why]: ...


def count_pdf(counted: Counted) -> bytes:
    """A count as PDF."""
    with TemporaryDirectory() as folder:
        (Path(folder) / _TEMPLATE.name).write_bytes(_TEMPLATE.read_bytes())
        main = Path(folder) / "main.typ"
        main.write_text("\n".join(_source(counted)), "utf-8")
        result = typst.compile(str(main), root=folder, ignore_system_fonts=True)
    return bytes(result)


def _source(counted: Counted) -> Iterable[str]:
    yield f'#import "count.typ": *\n#show: count.with(title: {string(counted.title)})'
    pairs = ", ".join(f"({string(name)}, {string(value)})" for name, value in counted.facts)
    yield f"#facts({pairs})"
    yield "== Elected"
    for place, (name, how) in enumerate(counted.elected, start=1):
        yield f"{place}. #strong({string(name)}), #({string(how)})\n"
    if not counted.elected:
        yield "Nobody.\n"
    for title, sentences in (("Ties", counted.ties), ("Remarks", counted.remarks)):
        if sentences:
            yield f"== {title}"
            yield from (f"#par({string(sentence)})" for sentence in sentences)
    yield "== Invalid papers"
    yield from (f"- #({string(f'{number}: {reason}')})" for reason, number in counted.invalid)
    if not counted.invalid:
        yield "None.\n"
    yield from _wide(counted)
    yield "== Stage by stage"
    for stage in counted.stages:
        yield f"#heading(level: 3, {string(f'Stage {stage.number}: {stage.head}')})"
        yield from (f"#par({string(sentence)})" for sentence in stage.sentences)
        if stage.moved:
            yield f"#{_side(stage.moved)}"
    if counted.whys:
        yield "== Why was somebody not elected?"
    for why in counted.whys:
        yield f"#heading(level: 3, {string(f'{why.name}, {why.fate}')})"
        yield from (f"#par({string(sentence)})" for sentence in why.sentences)


def _wide(counted: Counted) -> Iterable[str]:
    """Tables and pictures, on pages turned across where an upright one is too narrow."""
    turned = "true" if len(counted.heads) > _UPRIGHT else "false"
    for first in range(0, len(counted.heads), _STAGES_A_TABLE):
        heads = counted.heads[first : first + _STAGES_A_TABLE]
        last = first + len(heads)
        what = counted.figures.capitalize()
        caption = f"{what} after stages {first + 1} to {last}" if len(heads) > 1 else what
        columns = "".join(
            f"({string(str(number))}, {string(head)}),"
            for number, head in enumerate(heads, start=first + 1)
        )
        rows = "".join(_row(row, first, last) for row in counted.rows)
        yield f"#across({turned})[\n#heading(level: 2)[The count sheet]"
        yield f"#sheet({string(caption)}, ({columns}), ({rows}))\n]"
    for table in counted.tables:
        wide = "true" if len(table.heads) > _UPRIGHT + 1 else "false"
        yield f"#across({wide})[#{_side(table)}]"
    for title, svg in (
        (f"{counted.figures.capitalize()} at each stage", counted.bars),
        ("How votes were passed on", counted.flow),
    ):
        if svg:
            drawn = svg.replace('font-family="inherit"', 'font-family="Libertinus Serif"')
            yield f"#across({turned})[\n#heading(level: 2)[{title}]"
            yield f"#picture({string(drawn)}, {_high(svg)})\n]"


def _side(table: _Table) -> str:
    """A call that sets a table."""
    columns = "".join(f"{string(head)}," for head in table.heads)
    body = "".join("(" + "".join(f"{string(cell)}," for cell in row) + ")," for row in table.rows)
    return f"side({string(table.title)}, ({columns}), ({body}))"


def _high(svg: str) -> str:
    """Whether a picture is too high for a page that it fills in width."""
    size = re.search(r'width="(\d+)" height="(\d+)"', svg)
    return "true" if size and int(size[2]) * 269 > int(size[1]) * 150 else "false"


def _row(row: _Row, first: int, last: int) -> str:
    cells = "".join(
        f"[#({string(cell.votes)})"
        + (f" \\ #text(fill: quiet, {string(cell.mark)})" if cell.mark else "")
        + "],"
        for cell in row.cells[first:last]
    )
    return f"([#({string(row.name)})],{cells}),"
