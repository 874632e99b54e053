"""OpenDocument's .odt as Markdown: what a reader of the printed document sees, and nothing else.

Source: OpenDocument 1.3 part 3. Left out: tracked deletions, comments, hidden text, fields that
name a person, document properties, headers and footers, pictures.
"""

from __future__ import annotations

import re
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
from quorate.texts.container import Unreadable, opened, refuse_protected
from quorate.texts.limits import MAX_CELLS
from quorate.texts.look import Look, formatted, number
from quorate.texts.numbering import Counts, split_label
from quorate.texts.odt_styles import Styles, read_styles
from quorate.texts.remarks import CONTENTS, EMBEDDED, PERSONS, PICTURES
from quorate.texts.spans import Span, linkable, plain

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    **{
        f"{_OASIS}{name}:1.0": name
        for name in (
            "office",
            "text",
            "table",
            "style",
            "manifest",
            "form",
            "presentation",
        )
    },
    _OASIS + "drawing:1.0": "draw",
    _OASIS + "xsl-fo-compatible:1.0": "fo",
    _OASIS + "svg-compatible:1.0": "svg",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
_UNSEEN = {
    *("text_tracked-changes", "text_note-citation", "text_script"),
    *(
        "office_annotation",
        "office_annotation-end",
        "office_forms",
        "office_binary-data",
    ),
    *(
        "text_sequence-decls",
        "text_variable-decls",
        "text_user-field-decls",
        "text_dde-connection",
    ),
    *(
        "svg_title",
        "svg_desc",
        "text_ruby-text",
        "text_soft-page-break",
        "office_event-listeners",
    ),
    *(
        "text_alphabetical-index-mark",
        "text_toc-mark",
        "text_user-index-mark",
        "table_shapes",
    ),
}
_PERSONS = {
    *(
        "text_author-name",
        "text_author-initials",
        "text_initial-creator",
        "text_creator",
    ),
    "text_printed-by",
}
_INDEXES = {
    *("text_table-of-content", "text_alphabetical-index", "text_illustration-index"),
    *("text_table-index", "text_object-index", "text_user-index"),
}
_SPACE = re.compile(r"[ \t\r\n]+")


def read(filename: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The document's visible text as Markdown, and remarks on what was left out. Raises
    Unreadable."""
    container = opened(filename, data)
    manifest = container.part("META-INF/manifest.xml", _PREFIXES)
    refuse_protected(
        container,
        manifest is not None and manifest.find(".//manifest_encryption-data") is not None,
    )
    content = container.part("content.xml", _PREFIXES)
    body = None if content is None else content.find("office_body/office_text")
    if body is None:
        raise Unreadable(f"{filename} is not an OpenDocument text. Save it again as .odt.")
    reader = _Reader(read_styles(container.part("styles.xml", _PREFIXES), content))
    blocks = tuple(reader.blocks(body))
    return to_markdown(Document(blocks, reader.numbered_notes())), tuple(reader.remarks)


@dataclass(slots=True)
class _Reader:
    """Goes through the body in the order of reading."""

    styles: Styles
    remarks: dict[str, None] = field(default_factory=dict)
    _counts: Counts = field(default_factory=Counts)
    _notes: list[Element] = field(default_factory=list)
    _boxes: list[Element] = field(default_factory=list)
    _lists: int = 0
    _last_of_name: dict[str, str] = field(default_factory=dict)

    def blocks(self, parent: Element) -> Iterator[Block]:
        """The blocks in an element of the body."""
        for element in parent:
            if element.tag in _UNSEEN or _hidden(element):
                continue
            if element.tag in ("text_p", "text_h"):
                yield from self._paragraph(element)
            elif element.tag == "text_list":
                yield from self._list(element, 0, "", "")
            elif element.tag == "table_table":
                yield from self._table(element)
            elif element.tag in _INDEXES:
                self.remarks[CONTENTS] = None
            elif element.tag == "draw_frame":
                self._frame(element)
                yield from self._boxed()
            else:
                yield from self.blocks(element)

    def _boxed(self) -> Iterator[Block]:
        """What stands in the text boxes that were met, behind the paragraph that holds them."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self.blocks(box)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        style = self.styles.of("paragraph", element.get("text_style-name", ""))
        spans = _closed_up(self._runs(element, style.look, ""))
        if style.new_page:
            yield Break()
        if spans and element.tag == "text_h":
            level = max(number(element.get("text_outline-level", "1"), 1), 1)
            label = ""
            if self.styles.headings and element.get("text_is-list-header") != "true":
                label = self._counts.next("headings", self.styles.headings, level - 1)
            before = (Span(label + " "),) if label not in ("", "-") else ()
            yield Heading(min(level, 6), (*before, *spans))
        elif spans:
            quoted = any(name in ("Quotations", "Quotation") for name in style.names)
            yield Paragraph(spans, quoted=quoted)
        yield from self._boxed()

    def _list(self, element: Element, depth: int, name: str, list_id: str) -> Iterator[Block]:
        name = element.get("text_style-name", name)
        levels = self.styles.lists.get(name, {})
        if not list_id:
            list_id = self._list_id(element, name)
        for item in element:
            if item.tag not in ("text_list-item", "text_list-header"):
                continue
            labelled = item.tag == "text_list-header"
            if start := item.get("text_start-value"):
                self._counts.begin(list_id, depth, number(start, 1))
            for child in item:
                if child.tag == "text_list":
                    yield from self._list(child, depth + 1, name, list_id)
                elif child.tag in ("text_p", "text_h"):
                    for block in self._paragraph(child):
                        if isinstance(block, Heading):
                            yield block
                        elif isinstance(block, Paragraph):
                            sign, text = "", ""
                            if not labelled:
                                label = self._counts.next(list_id, levels, depth)
                                sign, text = split_label(label or "-")
                            yield Item(depth, sign, (Span(text), *block.spans))
                            labelled = True
                        else:
                            yield block
                elif child.tag not in _UNSEEN:
                    yield from self.blocks(child)

    def _list_id(self, element: Element, name: str) -> str:
        """Which list is counted on: a new one, or the one that this continues."""
        continued = element.get("text_continue-list")
        if element.get("text_continue-numbering") == "true" and name in self._last_of_name:
            return self._last_of_name[name]
        self._lists += 1
        own = continued or element.get("xml_id", "")
        list_id = own or f"list {self._lists}"
        self._last_of_name[name] = list_id
        return list_id

    def _runs(self, parent: Element, base: Look, link: str) -> Iterator[Span]:
        yield formatted(_SPACE.sub(" ", parent.text or ""), base, link)
        for element in parent:
            yield from self._run(element, base, link)
            yield formatted(_SPACE.sub(" ", element.tail or ""), base, link)

    def _run(self, element: Element, base: Look, link: str) -> Iterator[Span]:
        tag = element.tag
        if tag in _UNSEEN or _hidden(element):
            return
        if tag in _PERSONS or tag.startswith("text_sender-"):
            self.remarks[PERSONS] = None
        elif tag == "text_s":
            spaces = min(max(number(element.get("text_c", "1"), 1), 1), 100)
            yield formatted("\x1f" * spaces, base, link)
        elif tag == "text_tab":
            yield formatted("\x1f", base, link)
        elif tag == "text_line-break":
            yield formatted("\n", base, link)
        elif tag == "text_note":
            body = element.find("text_note-body")
            if body is not None:
                self._notes.append(body)
                yield Span("", note=len(self._notes))
        elif tag == "draw_frame":
            self._frame(element)
        elif tag == "text_a":
            target = linkable(element.get("xlink_href", ""))
            yield from self._runs(element, self._look(element, base), target or link)
        else:
            yield from self._runs(element, self._look(element, base), link)

    def _look(self, element: Element, base: Look) -> Look:
        style = element.get("text_style-name", "")
        return self.styles.of("text", style).look.over(base) if style else base

    def _frame(self, frame: Element) -> None:
        """A frame: a text box is read after its paragraph; of alternatives the first is shown."""
        for child in frame:
            if child.tag == "draw_text-box":
                self._boxes.append(child)
                return
            if child.tag == "draw_image":
                self.remarks[PICTURES] = None
                return
            if child.tag in ("draw_object", "draw_object-ole"):
                self.remarks[EMBEDDED] = None
                return

    def _table(self, table: Element) -> Iterator[Block]:
        rows = []
        for row in _inside(table, "table_table-row"):
            if row.get("table_visibility", "visible") == "visible":
                rows.append(tuple(self._cells(row)))
        if len(rows) == 1 and len(rows[0]) == 1:
            yield Paragraph(rows[0][0])  # a box around a text
        else:
            yield Table(tuple(rows))

    def _cells(self, row: Element) -> Iterator[tuple[Span, ...]]:
        for cell in row:
            if cell.tag == "table_table-cell":
                spans = in_a_cell(self.blocks(cell))
                repeated = number(cell.get("table_number-columns-repeated", "1"), 1)
                yield from [spans] * (min(repeated, MAX_CELLS) if plain(spans) else 1)
            elif cell.tag == "table_covered-table-cell":
                yield ()

    def numbered_notes(self) -> dict[int, tuple[tuple[Span, ...], ...]]:
        """The notes in the order of the text; a note may hold a further one."""
        read: dict[int, tuple[tuple[Span, ...], ...]] = {}
        while len(read) < len(self._notes):
            blocks = list(self.blocks(self._notes[len(read)]))
            read[len(read) + 1] = tuple(in_a_cell([block]) for block in blocks)
        return read


def _hidden(element: Element) -> bool:
    """Sections, tables, paragraphs and words that are not shown."""
    if element.tag == "text_hidden-text":
        return element.get("text_is-hidden") != "false"
    return (
        element.get("text_display") == "none"
        or element.get("text_is-hidden") == "true"
        or element.get("table_display") == "false"
        or any(
            mark.get("text_is-hidden") == "true"
            for mark in element.findall("text_hidden-paragraph")
        )
    )


def _inside(table: Element, tag: str) -> Iterator[Element]:
    """The rows of a table, in groups or not, and not those of a table within it."""
    for element in table:
        if element.tag == tag:
            yield element
        elif element.tag.startswith("table_table-") and "row" in element.tag:
            yield from _inside(element, tag)


def _closed_up(runs: Iterator[Span]) -> tuple[Span, ...]:
    """Spaces that follow one another count as one, even across runs; those written as spaces of
    their own (text:s, text:tab: U+001F until here) stay."""
    spans = []
    spaced = True
    for span in runs:
        text = span.text.removeprefix(" ") if spaced else span.text
        if span.note or text:
            spaced = text.endswith((" ", "\n"))
            spans.append(replace(span, text=text.replace("\x1f", " ")))
    return tuple(spans)
