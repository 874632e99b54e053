"""OpenDocument texts: what is seen in print comes over, and nothing else."""

from __future__ import annotations

import io

from odf.opendocument import OpenDocumentText
from odf.style import Style, TextProperties
from odf.table import Table, TableCell, TableRow
from odf.text import A, H, List, ListItem, P, Span

from quorate.texts.reading import read_text
from texts.archives import odt, seen


def read(body: str, styles: str = "") -> str:
    return read_text("motion.odt", odt(body, styles)).markdown


def test_a_document_by_an_independent_writer() -> None:
    document = OpenDocumentText()
    bold = Style(name="Strong", family="text")
    bold.addElement(TextProperties(fontweight="bold"))
    document.automaticstyles.addElement(bold)
    document.text.addElement(H(outlinelevel=1, text="On the strike fund"))
    paragraph = P(text="We ")
    paragraph.addElement(Span(stylename=bold, text="must"))
    paragraph.addText(" act: ")
    paragraph.addElement(A(href="https://example.org", text="a *page*"))
    document.text.addElement(paragraph)
    outer, inner = List(), List()
    item = ListItem()
    item.addElement(P(text="a point"))
    below = ListItem()
    below.addElement(P(text="below it"))
    inner.addElement(below)
    item.addElement(inner)
    outer.addElement(item)
    document.text.addElement(outer)
    table = Table()
    for cells in (("Year", "Days"), ("2024", "17")):
        row = TableRow()
        for text in cells:
            cell = TableCell()
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    document.text.addElement(table)
    out = io.BytesIO()
    document.write(out)
    reading = read_text("fund.odt", out.getvalue())
    assert reading.title_guess == "On the strike fund"
    assert reading.markdown.split("\n\n") == [
        "# On the strike fund",
        "We **must** act: [a \\*page\\*](<https://example.org>)",
        "- a point\n  - below it",
        "| Year | Days |\n| --- | --- |\n| 2024 | 17 |\n",
    ]


def test_nothing_unseen_comes_over() -> None:
    markdown = read(
        '<text:tracked-changes><text:changed-region xml:id="c"><text:deletion>'
        "<office:change-info/><text:p>DELETED</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>"
        '<text:p>Seen <text:change text:change-id="c"/>and <office:annotation><text:p>REMARK'
        "</text:p></office:annotation>kept<office:annotation-end/>"
        '<text:span text:style-name="T1"> HIDDEN</text:span>'
        '<text:hidden-text text:is-hidden="true">HIDDEN</text:hidden-text>'
        "<text:author-name>Eve</text:author-name></text:p>"
        '<text:p><text:hidden-paragraph text:is-hidden="true"/>HIDDEN</text:p>'
        '<text:section text:display="none"><text:p>HIDDEN</text:p></text:section>'
        '<text:section><text:p>also   seen<text:s text:c="2"/>here</text:p></text:section>',
        '<style:style style:name="T1" style:family="text"><style:text-properties '
        'text:display="none"/></style:style>',
    )
    assert seen(markdown) == "Seen and kept also seen here"


def test_notes_lists_breaks_and_quotations() -> None:
    levels = "".join(
        f'<text:list-level-style-number text:level="{n}" style:num-format="{form}" '
        f'style:num-suffix="{suffix}"/>'
        for n, form, suffix in ((1, "1", "."), (2, "a", ")"))
    )
    markdown = read(
        "<text:p>Text<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>The source.</text:p></text:note-body></text:note></text:p>"
        '<text:list text:style-name="L"><text:list-item><text:p>one</text:p><text:list>'
        "<text:list-item><text:p>low</text:p></text:list-item></text:list></text:list-item>"
        "</text:list><text:p>between</text:p>"
        '<text:list text:style-name="L" text:continue-numbering="true"><text:list-item>'
        "<text:p>two</text:p></text:list-item></text:list>"
        '<text:p text:style-name="P1">New page<text:line-break/>new line</text:p>'
        '<text:p text:style-name="Q">quoted</text:p>',
        f'<text:list-style style:name="L">{levels}</text:list-style>'
        '<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties '
        'fo:break-before="page"/></style:style>'
        '<style:style style:name="Q" style:family="paragraph" '
        'style:parent-style-name="Quotations"/>',
    )
    assert markdown.split("\n\n") == [
        "Text[^1]",
        "1. one\n   - a) low",
        "between",
        "2. two",
        "***",
        "New page\\\nnew line",
        "> quoted",
        "[^1]: The source.\n",
    ]


def test_rows_in_groups_covered_cells_and_boxes() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    markdown = read(
        "<table:table><table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2"><text:p>wide</text:p>'
        "</table:table-cell><table:covered-table-cell/></table:table-row>"
        "</table:table-header-rows><table:table-row>"
        + cell.format("a")
        + cell.format("b")
        + '</table:table-row><table:table-row table:visibility="collapse">'
        + cell.format("HIDDEN")
        + "</table:table-row></table:table>"
        "<text:p>x<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>"
        "</text:p>"
    )
    assert markdown == "| wide |  |\n| --- | --- |\n| a | b |\n\nx\n\nboxed\n"
