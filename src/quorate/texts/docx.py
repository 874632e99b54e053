"""Word's .docx as Markdown: paragraphs, headings, lists, tables, bold and italic; visible text
only (Office Open XML, ECMA-376 part 1, chapter 17)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from quorate.texts.container import escaped, part

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {_W + name for name in ("del", "moveFrom", "instrText", "delText", "commentReference")}
_OFF = ("0", "false", "none", "off")


def read(filename: str, data: bytes) -> str:
    """The document's visible text as Markdown. Raises Unreadable."""
    body = part(filename, data, "word/document.xml").find(_W + "body")
    return "" if body is None else "\n\n".join(_blocks(body)) + "\n"


def _blocks(parent: Element) -> list[str]:
    blocks = []
    for element in parent:
        if element.tag == _W + "p":
            text = _paragraph(element)
            if text.strip():
                blocks.append(text)
        elif element.tag == _W + "tbl":
            blocks.append(_table(element))
        elif element.tag in (_W + "sdt", _W + "ins", _W + "moveTo", _W + "customXml"):
            inner = element.find(_W + "sdtContent")
            blocks += _blocks(element if inner is None else inner)
    return [block for block in blocks if block]


def _paragraph(paragraph: Element) -> str:
    text = _runs(paragraph).strip()
    properties = paragraph.find(_W + "pPr")
    if properties is None or not text:
        return text
    style = properties.find(_W + "pStyle")
    name = "" if style is None else style.get(_W + "val", "").lower().replace(" ", "")
    if name == "title":
        return "# " + text.replace("\n", " ")
    if name.startswith("heading") and name[7:].isdigit():
        return "#" * min(int(name[7:]), 6) + " " + text.replace("\n", " ")
    numbering = properties.find(_W + "numPr")
    if numbering is not None or name.startswith("list"):
        level = None if numbering is None else numbering.find(_W + "ilvl")
        depth = int(level.get(_W + "val", "0")) if level is not None else 0
        mark = "1." if "number" in name else "-"
        return "   " * depth + f"{mark} " + text.replace("\n", " ")
    if name in ("quote", "intensequote"):
        return "> " + text.replace("\n", "\n> ")
    return text


def _runs(parent: Element) -> str:
    out = []
    for element in parent:
        if element.tag in _SKIPPED:
            continue
        if element.tag == _W + "r":
            out.append(_run(element))
        elif element.tag in (
            _W + "ins",
            _W + "moveTo",
            _W + "hyperlink",
            _W + "smartTag",
            _W + "fldSimple",
        ):
            out.append(_runs(element))
        elif element.tag == _W + "sdt":
            inner = element.find(_W + "sdtContent")
            out.append("" if inner is None else _runs(inner))
    return "".join(out)


def _on(properties: Element | None, name: str) -> bool:
    flag = None if properties is None else properties.find(_W + name)
    return flag is not None and flag.get(_W + "val", "true") not in _OFF


def _run(run: Element) -> str:
    properties = run.find(_W + "rPr")
    if _on(properties, "vanish"):
        return ""
    text = ""
    for element in run:
        if element.tag == _W + "t":
            text += escaped(element.text or "")
        elif element.tag == _W + "tab":
            text += " "
        elif element.tag in (_W + "br", _W + "cr"):
            text += "\n"
        elif element.tag == _W + "noBreakHyphen":
            text += "-"
    return _marked(text, _on(properties, "b"), _on(properties, "i"))


def _marked(text: str, bold: bool, italic: bool) -> str:
    """Marks put around the words, not around the spaces beside them."""
    core = text.strip()
    if not core or not (bold or italic):
        return text
    mark = "**" * bold + "*" * italic
    start = text.index(core)
    return text[:start] + mark + core + mark[::-1] + text[start + len(core) :]


def _table(table: Element) -> str:
    rows = []
    for row in table.iter(_W + "tr"):
        cells = [
            " ".join(_paragraph(p).lstrip("#>- ") for p in cell.iter(_W + "p")).strip()
            for cell in row.findall(_W + "tc")
        ]
        rows.append("| " + " | ".join(cell.replace("\n", " ") for cell in cells) + " |")
    if rows:
        columns = rows[0].count(" | ") + 1
        rows.insert(1, "|" + " --- |" * columns)
    return "\n".join(rows)
