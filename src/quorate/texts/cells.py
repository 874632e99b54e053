"""Blocks inside a cell of a table or a note: lines, since Markdown has only text there."""

from __future__ import annotations

from collections.abc import Iterable

from quorate.texts.blocks import Block, Break, Item, Table
from quorate.texts.spans import Span


def in_a_cell(blocks: Iterable[Block]) -> tuple[Span, ...]:
    """The blocks as spans, a line break between them."""
    spans: list[Span] = []
    for block in blocks:
        for line in _lines(block):
            spans += [Span("\n"), *line] if spans else line
    return tuple(spans)


def _lines(block: Block) -> list[tuple[Span, ...]]:
    if isinstance(block, Break):
        return []
    if isinstance(block, Table):
        return [_row(row) for row in block.rows]
    if isinstance(block, Item):
        sign = "• " if block.label == "-" else f"{block.label} " if block.label else ""
        return [(Span(sign), *block.spans)]
    return [block.spans]


def _row(row: tuple[tuple[Span, ...], ...]) -> tuple[Span, ...]:
    """A row of a table inside a cell."""
    line: list[Span] = []
    for cell in row:
        line += [Span(" · "), *cell] if line else cell
    return tuple(line)
