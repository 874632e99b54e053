"""The blocks of a document, written as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from quorate.texts.spans import Span, plain, written

_DEEPEST = 9
"""Lists inside one another; Word and Writer know nine levels."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``quoted``: set off as somebody else's words."""

    spans: tuple[Span, ...]
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, level 1 to 6."""

    level: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph of a list. ``depth``: from 0; ``label``: a number "3.", a sign "-", or "" for a
    further paragraph of the item before it."""

    depth: int
    label: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell spanning several columns is followed by empty ones."""

    rows: tuple[tuple[tuple[Span, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A new page."""


Block = Paragraph | Heading | Item | Table | Break


@dataclass(frozen=True, slots=True)
class Document:
    """What a file's body says. ``notes``: number → the footnote's paragraphs; ``remarks``: what
    could not be taken over, a sentence each."""

    blocks: tuple[Block, ...]
    notes: Mapping[int, tuple[tuple[Span, ...], ...]]
    remarks: tuple[str, ...] = ()


def to_markdown(document: Document) -> str:
    """The document as Markdown, ending in a line break; "" if there is no text in it."""
    parts = _joined(_without_idle_breaks(document.blocks))
    for number, paragraphs in sorted(document.notes.items()):
        text = [written(spans).replace("\n", "\n    ") for spans in paragraphs]
        text = [line for line in text if line]
        if text:
            parts.append(f"[^{number}]: " + "\n\n    ".join(text))
    return "\n\n".join(parts) + "\n" if parts else ""


def _without_idle_breaks(blocks: Iterable[Block]) -> list[Block]:
    """Breaks only between texts: none first, last, or twice."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Break):
            if kept and not isinstance(kept[-1], Break):
                kept.append(block)
        elif isinstance(block, Table) or plain(block.spans) or any(s.note for s in block.spans):
            kept.append(block)
    while kept and isinstance(kept[-1], Break):
        kept.pop()
    return kept


def _joined(blocks: Sequence[Block]) -> list[str]:
    parts: list[str] = []
    before: Block | None = None
    for listed, group in groupby(blocks, key=lambda block: isinstance(block, Item)):
        if listed:
            parts.append(_list([block for block in group if isinstance(block, Item)]))
            before = None
            continue
        for block in group:
            text = _block(block) if not isinstance(block, Item) else ""
            if isinstance(before, Paragraph) and before.quoted and _quoted(block):
                parts[-1] += "\n>\n" + text
            else:
                parts.append(text)
            before = block
    return [part for part in parts if part.strip()]


def _quoted(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.quoted


def _block(block: Paragraph | Heading | Table | Break) -> str:
    if isinstance(block, Break):
        return "***"
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Heading):
        # Headings are bold by themselves.
        bare = tuple(Span(s.text, link=s.link, note=s.note) for s in block.spans)
        text = written(bare, newline=" ")
        # A closing sequence of "#" would be taken off.
        if text.endswith("#"):
            text = text[:-1] + "\\#"
        return "#" * min(max(block.level, 1), 6) + " " + text
    text = written(block.spans)
    return "> " + text.replace("\n", "\n> ") if block.quoted else text


@dataclass(slots=True)
class _Level:
    """An open list: the column of its items' text, its last number and the sign after numbers."""

    margin: int
    number: int
    sign: str


def _list(items: Sequence[Item]) -> str:
    """Items, each indented below the one it belongs to, numbers as they were written."""
    lines: list[str] = []
    levels: list[_Level] = []
    for item in items:
        if not written(item.spans):
            continue
        depth = min(item.depth, len(levels), _DEEPEST)
        if not item.label:
            depth = min(depth, max(len(levels) - 1, 0))
            margin = levels[depth].margin if levels else 0
            del levels[depth + 1 :]
            lines += ["", " " * margin + _indented(item.spans, margin)]
            continue
        last = levels[depth] if depth < len(levels) else None
        margin = levels[depth - 1].margin if depth else 0
        number = int(item.label[:-1]) if item.label[:-1].isdigit() else -1
        sign = last.sign if last else "."
        if last and number >= 0 and last.number >= 0 and number != last.number + 1:
            sign = ")" if sign == "." else "."  # another sign begins another list
        if not last and lines and number > 1:
            lines.append("")  # within a paragraph, a list can only begin with 1
        label = item.label if number < 0 else f"{number}{sign}"
        del levels[depth:]
        levels.append(_Level(margin + len(label) + 1, number, sign))
        lines.append(" " * margin + f"{label} " + _indented(item.spans, levels[-1].margin))
    return "\n".join(lines)


def _indented(spans: tuple[Span, ...], margin: int) -> str:
    return written(spans).replace("\n", "\n" + " " * margin)


def _table(table: Table) -> str:
    width = max((len(row) for row in table.rows), default=0)
    rows = [row for row in table.rows if any(plain(c) or any(s.note for s in c) for c in row)]
    if not rows or not width:
        return ""
    lines = []
    for row in rows:
        cells = [written(cell, newline="<br>") for cell in row]
        cells += [""] * (width - len(cells))
        lines.append("| " + " | ".join(cells) + " |")
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines)
