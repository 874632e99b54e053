"""Word documents: what is seen in print comes over, and nothing else."""

from __future__ import annotations

import io

from docx import Document as NewDocument
from docx.enum.text import WD_BREAK

from quorate.texts.reading import Reading, read_text
from texts.archives import docx, p, seen


def read(body: str, **parts: str) -> Reading:
    return read_text("motion.docx", docx(body, **parts))


def test_a_document_by_an_independent_writer() -> None:
    document = NewDocument()
    document.core_properties.author = "Secret Author"
    document.core_properties.comments = "secret remark"
    document.add_heading("On the strike fund", 0)
    document.add_heading("Why", 1)
    paragraph = document.add_paragraph("We ")
    paragraph.add_run("must").bold = True
    paragraph.add_run(" act ")
    paragraph.add_run("now").italic = True
    paragraph.add_run(". It costs 3*4*5 [euro] & <more>.")
    document.add_paragraph("first", style="List Number")
    document.add_paragraph("second", style="List Number")
    document.add_paragraph("a point", style="List Bullet")
    document.add_paragraph("below it", style="List Bullet 2")
    document.add_paragraph("said somebody", style="Quote")
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("Year", "Days|lost"), ("2024", "17"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_paragraph("before").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("after").add_run().add_break()
    out = io.BytesIO()
    document.save(out)
    reading = read_text("On_the-fund.docx", out.getvalue())
    assert reading.title_guess == "On the strike fund"
    assert reading.notes == ()
    assert reading.markdown.split("\n\n") == [
        "# On the strike fund",
        "# Why",
        "We **must** act *now*. It costs 3\\*4\\*5 \\[euro\\] & \\<more>.",
        "1. first\n2. second\n- a point\n  - below it",
        "> said somebody",
        "| Year | Days\\|lost |\n| --- | --- |\n| 2024 | 17 |",
        "before",
        "***",
        "after\n",
    ]


def test_tracked_changes_read_as_if_accepted() -> None:
    reading = read(
        p(
            "The fund ",
            '<w:del w:id="1" w:author="Eve"><w:r><w:delText>must</w:delText></w:r></w:del>',
            '<w:ins w:id="2" w:author="Eve"><w:r><w:t>shall</w:t></w:r></w:ins>',
            '<w:moveFrom w:author="Eve"><w:r><w:t>gone</w:t></w:r></w:moveFrom>',
            '<w:moveTo w:author="Eve"><w:r><w:t> moved</w:t></w:r></w:moveTo>',
        )
        + p("joined ", properties="<w:rPr><w:del w:author='Eve'/></w:rPr>")
        + p("line")
        + "<w:tbl><w:tr><w:tc>"
        + p("kept")
        + "</w:tc><w:tc>"
        + p("b")
        + "</w:tc></w:tr><w:tr><w:trPr><w:del w:author='Eve'/></w:trPr><w:tc>"
        + p("row taken out")
        + "</w:tc></w:tr></w:tbl>"
    )
    assert seen(reading.markdown) == "The fund shall moved joined line kept b"


def test_nothing_unseen_comes_over() -> None:
    reading = read(
        p(
            "Seen",
            '<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>HIDDEN</w:t></w:r>",
            '<w:r><w:rPr><w:rStyle w:val="Ghost"/></w:rPr><w:t>HIDDEN</w:t></w:r>',
            '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> too</w:t></w:r>',
        )
        + p("HIDDEN", properties='<w:pStyle w:val="GhostParagraph"/>')
        + p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            "<w:r><w:instrText> IF CODE </w:instrText></w:r><w:r><w:t>CODE</w:t></w:r>",
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            "result",
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            '<w:fldSimple w:instr="AUTHOR"><w:r><w:t>Eve</w:t></w:r></w:fldSimple>',
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            "<w:r><w:instrText> LASTSAVEDBY </w:instrText></w:r>",
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            "Eve",
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        styles='<w:style w:type="character" w:styleId="Hide"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Ghost"><w:basedOn w:val="Hide"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="GhostParagraph"><w:rPr><w:vanish/></w:rPr>'
        "</w:style>",
    )
    assert seen(reading.markdown) == "Seen too result"
    assert len(reading.notes) == 1
    assert "person" in reading.notes[0]


LISTS = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/>
 </w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>
"""


def numbered(text: str, depth: int, of: int = 5) -> str:
    return p(
        text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{of}"/></w:numPr>'
    )


def test_numbers_stay_as_they_were_seen() -> None:
    body = (
        numbered("one", 0)
        + numbered("a", 1)
        + numbered("b", 1)
        + p("between")
        + numbered("two", 0)
        + numbered("a again", 1)
    )
    lines = [line for line in read(body, numbering=LISTS).markdown.split("\n") if line]
    assert lines == [
        "1. one",
        "   - (a) a",
        "   - (b) b",
        "between",
        "2. two",
        "   - (a) a again",
    ]


def test_numbered_headings_keep_their_number() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="berschrift1"/></w:style>'
    )
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="6"/></w:numPr>'
    body = p("Aims", properties='<w:pStyle w:val="Mine"/>' + number.format(0)) + p(
        "Peace", properties='<w:outlineLvl w:val="1"/>' + number.format(1)
    )
    markdown = read(body, numbering=LISTS, styles=styles).markdown
    assert markdown == "# I. Aims\n\n## I.1 Peace\n"


def test_notes_links_boxes_and_signs() -> None:
    body = p(
        "Text",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        " and ",
        '<w:hyperlink r:id="link"><w:r><w:t>a page</w:t></w:r></w:hyperlink>',
        '<w:hyperlink r:id="bad"><w:r><w:t> no page</w:t></w:r></w:hyperlink>',
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent>"
        + p("in a box")
        + "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
        + p("in a box")
        + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        '<w:r><w:t>x</w:t><w:tab/><w:noBreakHyphen/><w:softHyphen/><w:sym w:char="2713"/></w:r>',
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
        '<w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r>',
        "<w:r><w:rPr><w:strike/></w:rPr><w:t>struck</w:t></w:r>",
    )
    reading = read(
        body,
        footnotes='<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{p("The source.")}{p("More.")}</w:footnote>',
        relations='<Relationship Id="link" Type="x/hyperlink" Target="https://example.org/a b"/>'
        '<Relationship Id="bad" Type="x/hyperlink" Target="javascript:alert(1)"/>',
    )
    assert reading.markdown == (
        "Text[^1] and [a page](<https://example.org/ab>) no pagex ‑✓<sub>2</sub><del>struck</del>"
        "\n\nin a box\n\n[^1]: The source.\n\n    More.\n"
    ) or seen(reading.markdown).startswith("Text[1] and a page no pagex ‑✓2struck in a box")
    assert [note for note in reading.notes if "symbol" in note]


def test_a_box_of_one_cell_is_a_paragraph_and_wide_cells_stay_in_their_columns() -> None:
    cell = "<w:tc>{}</w:tc>"
    boxed = f"<w:tbl><w:tr>{cell.format(p('boxed'))}</w:tr></w:tbl>"
    wide = (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
        + p("wide")
        + f"</w:tc>{cell.format(p('c'))}</w:tr><w:tr>"
        + "".join(cell.format(p(x) + p("y")) for x in "abc")
        + "</w:tr></w:tbl>"
    )
    assert read(boxed + wide).markdown == (
        "boxed\n\n| wide |  | c |\n| --- | --- | --- |\n| a<br>y | b<br>y | c<br>y |\n"
    )
