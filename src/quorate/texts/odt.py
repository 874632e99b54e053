"""OpenDocument's .odt as Markdown: paragraphs, headings, lists, tables; visible text only
(OpenDocument 1.3, part 3)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from quorate.texts.container import escaped, part

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_SKIPPED = {
    _TEXT + "tracked-changes",
    _TEXT + "note",
    _TEXT + "hidden-text",
    _TEXT + "hidden-paragraph",
    _OFFICE + "annotation",
    _OFFICE + "annotation-end",
}


def read(filename: str, data: bytes) -> str:
    """The document's visible text as Markdown. Raises Unreadable."""
    body = part(filename, data, "content.xml").find(f"{_OFFICE}body/{_OFFICE}text")
    return "" if body is None else "\n\n".join(_blocks(body)) + "\n"


def _blocks(parent: Element, depth: int = 0) -> list[str]:
    blocks = []
    for element in parent:
        if element.tag in _SKIPPED:
            continue
        if element.tag == _TEXT + "h":
            level = min(int(element.get(_TEXT + "outline-level", "1") or 1), 6)
            blocks.append("#" * level + " " + _inline(element).strip().replace("\n", " "))
        elif element.tag == _TEXT + "p":
            blocks.append(_inline(element).strip())
        elif element.tag == _TEXT + "list":
            blocks.append("\n".join(_items(element, depth)))
        elif element.tag == _TABLE + "table":
            blocks.append(_table(element))
        elif element.tag == _TEXT + "section":
            blocks += _blocks(element, depth)
    return [block for block in blocks if block.strip("# ")]


def _items(parent: Element, depth: int) -> list[str]:
    lines = []
    for item in parent.findall(_TEXT + "list-item"):
        for element in item:
            if element.tag in (_TEXT + "p", _TEXT + "h"):
                lines.append("   " * depth + "- " + _inline(element).strip().replace("\n", " "))
            elif element.tag == _TEXT + "list":
                lines += _items(element, depth + 1)
    return lines


def _inline(element: Element) -> str:
    out = [escaped(element.text or "")]
    for child in element:
        if child.tag == _TEXT + "s":
            out.append(" " * int(child.get(_TEXT + "c", "1") or 1))
        elif child.tag == _TEXT + "tab":
            out.append(" ")
        elif child.tag == _TEXT + "line-break":
            out.append("\n")
        elif child.tag not in _SKIPPED:
            out.append(_inline(child))
        out.append(escaped(child.tail or ""))
    return "".join(out)


def _table(table: Element) -> str:
    rows = []
    for row in table.iter(_TABLE + "table-row"):
        cells = [
            " ".join(_inline(p).strip() for p in cell.iter(_TEXT + "p"))
            for cell in row.findall(_TABLE + "table-cell")
        ]
        rows.append("| " + " | ".join(cells) + " |")
    if rows:
        rows.insert(1, "|" + " --- |" * (rows[0].count(" | ") + 1))
    return "\n".join(rows)
