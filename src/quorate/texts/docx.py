"""Word's .docx as Markdown: what a reader of the printed document sees, and nothing else.

Source: Office Open XML, ECMA-376 part 1, chapter 17. Left out: tracked deletions, comments, hidden
text, field codes, fields that name a person, document properties, headers and footers, pictures.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from quorate.texts.blocks import (
    Block,
    Break,
    Document,
    Heading,
    Item,
    Paragraph,
    Table,
    to_markdown,
)
from quorate.texts.cells import in_a_cell
from quorate.texts.container import Container, Unreadable, opened
from quorate.texts.docx_fields import Fields
from quorate.texts.docx_styles import Style, Styles, look, read_styles, value
from quorate.texts.limits import MAX_CELLS
from quorate.texts.look import Look, formatted, number
from quorate.texts.numbering import Counts, split_label
from quorate.texts.remarks import CONTENTS, EMBEDDED, PICTURES, SYMBOLS
from quorate.texts.spans import Span, linkable, plain

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES = {
    _OFFICE + "wordprocessingml/2006/main": "w",
    _STRICT + "wordprocessingml/main": "w",
    _OFFICE + "officeDocument/2006/relationships": "r",
    _STRICT + "officeDocument/relationships": "r",
    _OFFICE + "package/2006/relationships": "rel",
    _OFFICE + "markup-compatibility/2006": "mc",
    _OFFICE + "drawingml/2006/main": "a",
    _OFFICE + "officeDocument/2006/math": "m",
    "urn:schemas-microsoft-com:vml": "v",
}
_UNSEEN = {
    *("w_del", "w_moveFrom", "w_delText", "w_delInstrText", "w_instrText"),
    *("w_commentReference", "w_annotationRef", "w_footnoteRef", "w_endnoteRef"),
    *(
        "w_pPr",
        "w_rPr",
        "w_sdtPr",
        "w_sdtEndPr",
        "w_rt",
        "w_numPr",
        "w_tblPr",
        "w_tcPr",
    ),
}
_QUOTED = ("quote", "intense quote", "block text")
_SIGNS = {"w_tab": " ", "w_ptab": " ", "w_cr": "\n", "w_noBreakHyphen": "‑"}


def read(filename: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The document's visible text as Markdown, and remarks on what was left out. Raises
    Unreadable."""
    container = opened(filename, data)
    main = _main_part(container)
    root = container.part(main, _PREFIXES)
    body = None if root is None else root.find("w_body")
    if body is None:
        raise Unreadable(f"{filename} is not a Word document. Save it again as .docx.")
    targets = _relations(container, main)
    reader = _Reader(
        links={name: target for name, (kind, target) in targets.items() if kind == "hyperlink"},
        styles=read_styles(
            _related(container, main, targets, "styles"),
            _related(container, main, targets, "numbering"),
        ),
    )
    for kind in ("footnote", "endnote"):
        part = _related(container, main, targets, kind + "s")
        for note in () if part is None else part.findall(f"w_{kind}"):
            reader.notes[kind, note.get("w_id", "")] = note
    blocks = tuple(reader.blocks(body))
    notes = reader.numbered_notes()
    return to_markdown(Document(blocks, notes)), tuple(reader.remarks)


def _main_part(container: Container) -> str:
    root = container.part("_rels/.rels", _PREFIXES)
    for relation in () if root is None else root:
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


def _relations(container: Container, part: str) -> dict[str, tuple[str, str]]:
    """Id → (kind, target) of what a part refers to."""
    folder, name = posixpath.split(part)
    root = container.part(f"{folder}/_rels/{name}.rels".lstrip("/"), _PREFIXES)
    return {
        relation.get("Id", ""): (
            relation.get("Type", "").rsplit("/", 1)[-1],
            relation.get("Target", ""),
        )
        for relation in (() if root is None else root)
    }


def _related(
    container: Container, main: str, targets: dict[str, tuple[str, str]], kind: str
) -> Element | None:
    for of, target in targets.values():
        if of == kind:
            name = posixpath.normpath(posixpath.join("/", posixpath.dirname(main), target))
            return container.part(name.lstrip("/"), _PREFIXES)
    return None


@dataclass(slots=True)
class _Reader:
    """Goes through the body in the order of reading, and remembers what spans paragraphs."""

    links: dict[str, str]
    styles: Styles
    notes: dict[tuple[str, str], Element] = field(default_factory=dict)
    remarks: dict[str, None] = field(default_factory=dict)
    _counts: Counts = field(default_factory=Counts)
    _fields: Fields = field(default_factory=Fields)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _carried: list[Span] = field(default_factory=list)
    _boxes: list[Element] = field(default_factory=list)

    def blocks(self, parent: Element) -> Iterator[Block]:
        """The blocks in an element of the body."""
        for element in parent:
            if element.tag == "w_p":
                yield from self._paragraph(element)
            elif element.tag == "w_tbl":
                yield from self._table(element)
            elif element.tag == "w_sdt" and _is_contents(element):
                self.remarks[CONTENTS] = None
            elif element.tag == "w_altChunk":
                self.remarks[EMBEDDED] = None
            elif element.tag not in _UNSEEN:
                yield from self.blocks(element)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = paragraph.find("w_pPr")
        style = self.styles.of(value(properties, "w_pStyle"))
        base = style.look.over(self.styles.base)
        if style.name in _QUOTED:
            base = Look(hidden=base.hidden)  # set off as a quotation already
        spans = self._carried + list(self._runs(paragraph, base, ""))
        self._carried = []
        if properties is not None and properties.find("w_rPr/w_del") is not None:
            self._carried = spans  # the mark between this paragraph and the next was deleted
            return
        boxes, self._boxes = self._boxes, []
        if not (style.name.startswith("toc ") and style.name[4:].isdigit()):
            for place, page in enumerate(_pages(spans)):
                if place:
                    yield Break()
                if page:
                    yield self._block(properties, style, tuple(page), first=not place)
        for box in boxes:
            yield from self.blocks(box)

    def _block(
        self,
        properties: Element | None,
        style: Style,
        spans: tuple[Span, ...],
        first: bool,
    ) -> Block:
        outline = value(properties, "w_outlineLvl")
        level = number(outline, 9) + 1 if outline else style.level
        own_list = value(properties, "w_numPr/w_numId")
        list_id = own_list or style.list_id
        depth = number(value(properties, "w_numPr/w_ilvl"), style.depth)
        label = ""
        seen = bool(plain(spans)) or any(span.note for span in spans)
        if list_id in self.styles.lists and list_id != "0" and first and seen:
            label = self._counts.next(list_id, self.styles.lists[list_id], depth)
        if 1 <= level <= 9:
            before = (Span(label + " "),) if label not in ("", "-") else ()
            return Heading(min(level, 6), before + spans)
        if not label and first and seen and not own_list and style.name.startswith("list bullet"):
            label = "-"
        if label:
            sign, before_text = split_label(label)
            return Item(
                max(depth, _depth_by_name(style.name), 0), sign, (Span(before_text), *spans)
            )
        return Paragraph(spans, quoted=style.name in _QUOTED)

    def _runs(self, parent: Element, base: Look, link: str) -> Iterator[Span]:
        for element in parent:
            if element.tag in _UNSEEN:
                continue
            if element.tag == "w_r":
                yield from self._run(element, base, link)
            elif element.tag == "w_hyperlink":
                target = linkable(self.links.get(element.get("r_id", ""), ""))
                yield from self._runs(element, base, target or link)
            elif element.tag == "w_fldSimple":
                if not self._fields.is_of_a_person(element.get("w_instr", ""), self.remarks):
                    yield from self._runs(element, base, link)
            elif element.tag == "mc_AlternateContent":
                yield from self._runs(_chosen(element), base, link)
            elif element.tag == "m_t":
                yield Span(element.text or "", link=link)
            else:
                yield from self._runs(element, base, link)

    def _run(self, run: Element, base: Look, link: str) -> Iterator[Span]:
        properties = run.find("w_rPr")
        named = value(properties, "w_rStyle")
        own = look(properties)
        if named in self.styles.styles:
            own = own.over(self.styles.styles[named].look)
        seen = own.over(base)
        if properties is not None and properties.find("w_del") is not None:
            return
        for element in run:
            if element.tag == "w_fldChar":
                self._fields.mark(element.get("w_fldCharType", ""), self.remarks)
            elif element.tag == "w_instrText":
                self._fields.code(element.text or "")
            elif not seen.hidden and self._fields.shown():
                yield from self._content(element, seen, link or linkable(self._fields.link()))

    def _content(self, element: Element, seen: Look, link: str) -> Iterator[Span]:
        """What one element of a run shows."""
        tag = element.tag
        text = ""
        if tag == "w_t":
            text = element.text or ""
        elif tag in _SIGNS:
            text = _SIGNS[tag]
        elif tag == "w_br":
            text = "\f" if element.get("w_type") == "page" else "\n"
        elif tag == "w_sym":
            text = _symbol(element.get("w_char", ""))
            if not text:
                self.remarks[SYMBOLS] = None
        elif tag in ("w_footnoteReference", "w_endnoteReference"):
            of = (tag[2:].removesuffix("Reference"), element.get("w_id", ""))
            if of in self.notes:
                yield Span("", note=self._numbers.setdefault(of, len(self._numbers) + 1))
        elif tag == "mc_AlternateContent":
            for inner in _chosen(element):
                yield from self._content(inner, seen, link)
        elif tag in ("w_drawing", "w_pict", "w_object"):
            self._drawing(element)
        elif tag == "w_ruby":
            yield from self._runs(element, seen, link)
        if text:
            yield formatted(text, seen, link)

    def _drawing(self, drawing: Element) -> None:
        self._boxes += _outermost(drawing)
        if drawing.find(".//a_blip") is not None or drawing.find(".//v_imagedata") is not None:
            self.remarks[PICTURES] = None

    def _table(self, table: Element) -> Iterator[Block]:
        rows = []
        for row in _rows(table):
            properties = row.find("w_trPr")
            if properties is not None and (
                properties.find("w_del") is not None or properties.find("w_hidden") is not None
            ):
                continue
            cells: list[tuple[Span, ...]] = []
            for cell in _cells(row):
                if cell.find("w_tcPr/w_cellDel") is not None:
                    continue
                width = number(value(cell.find("w_tcPr"), "w_gridSpan"), 1)
                cells.append(in_a_cell(self.blocks(cell)))
                cells += [()] * (min(width, MAX_CELLS) - 1)
            rows.append(tuple(cells))
        if len(rows) == 1 and len(rows[0]) == 1:
            yield Paragraph(rows[0][0])  # a box around a text
        else:
            yield Table(tuple(rows))

    def numbered_notes(self) -> dict[int, tuple[tuple[Span, ...], ...]]:
        """The notes that the text refers to, in its order; a note may refer to a further one."""
        read: dict[int, tuple[tuple[Span, ...], ...]] = {}
        while len(read) < len(self._numbers):
            of, place = next((o, n) for o, n in self._numbers.items() if n not in read)
            self._carried = []
            read[place] = tuple(in_a_cell([block]) for block in self.blocks(self.notes[of]))
        return read


def _depth_by_name(style: str) -> int:
    """Word's "List Bullet 2" is a list of its own, set as if it stood inside another."""
    words = style.split()
    numbered = len(words) == 3 and words[0] == "list" and words[2] in ("2", "3", "4", "5")
    return int(words[2]) - 1 if numbered else 0


def _pages(spans: list[Span]) -> list[list[Span]]:
    """The spans of a paragraph between its page breaks."""
    pages: list[list[Span]] = [[]]
    for span in spans:
        first, *rest = span.text.split("\f")
        pages[-1].append(replace(span, text=first))
        pages += [[replace(span, text=text)] for text in rest]
    return pages


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if element.tag == "w_tr":
            yield element
        elif element.tag not in _UNSEEN:
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    for element in row:
        if element.tag == "w_tc":
            yield element
        elif element.tag not in _UNSEEN:
            yield from _cells(element)


def _outermost(drawing: Element) -> list[Element]:
    """The text boxes of a drawing; of alternatives only the one that is shown."""
    found: list[Element] = []
    for element in _chosen(drawing) if drawing.tag == "mc_AlternateContent" else drawing:
        found += [element] if element.tag == "w_txbxContent" else _outermost(element)
    return found


def _chosen(alternatives: Element) -> Element:
    """Of several renderings of the same thing, the first."""
    choice = alternatives.find("mc_Choice")
    if choice is None:
        choice = alternatives.find("mc_Fallback")
    return alternatives if choice is None else choice


def _is_contents(element: Element) -> bool:
    gallery = value(element.find("w_sdtPr/w_docPartObj"), "w_docPartGallery")
    return gallery == "Table of Contents"


def _symbol(code: str) -> str:
    """A sign given by its code; those of symbol fonts (U+F000 on) have no Unicode meaning."""
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return {"\uf0b7": "•", "\uf0a7": "▪"}.get(sign, "" if "\ue000" <= sign <= "\uf8ff" else sign)
