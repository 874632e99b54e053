"""Uploaded texts: only what can be seen, within limits, and a plain sentence for what cannot be."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentText
from odf.text import H, P

from quorate.texts import change
from quorate.texts.markdown import to_html
from quorate.texts.reading import Unreadable, read_text
from quorate.texts.typeset import Piece, Print, Section, pdf

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def made_docx(body: str) -> bytes:
    return zipped({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"})


def zipped(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def test_a_word_document() -> None:
    document = docx.Document()
    document.core_properties.author = "Somebody Secret"
    document.add_heading("A lamp at the gate", 1)
    paragraph = document.add_paragraph("It is ")
    paragraph.add_run("dark").bold = True
    paragraph.add_run(" there.")
    document.add_paragraph("First", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "one", "two"
    file = io.BytesIO()
    document.save(file)
    reading = read_text("lamp.docx", file.getvalue())
    assert reading.title_guess == "A lamp at the gate"
    for part in ("# A lamp at the gate", "It is **dark** there.", "- First", "| one | two |"):
        assert part in reading.markdown
    assert "Secret" not in reading.markdown


def test_only_visible_text_of_a_word_document() -> None:
    body = (
        '<w:p><w:r><w:t>kept </w:t></w:r><w:del w:author="Spy"><w:r><w:delText>gone</w:delText>'
        '</w:r></w:del><w:ins w:author="Spy"><w:r><w:t>added</w:t></w:r></w:ins>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
    )
    markdown = read_text("a.docx", made_docx(body)).markdown
    assert markdown.strip() == "kept added"


def test_an_open_document() -> None:
    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=2, text="A heading"))
    document.text.addElement(P(text="Some *text* with stars."))
    file = io.BytesIO()
    document.write(file)
    markdown = read_text("a.odt", file.getvalue()).markdown
    assert "## A heading" in markdown
    assert r"Some \*text\* with stars." in markdown


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.exe", b"x"),
        ("a.docx", b"no archive"),
        ("a.docx", zipped({"other.xml": "<a/>"})),
        ("a.docx", zipped({"word/document.xml": "<a"})),
        ("a.docx", zipped({"word/document.xml": "x" * 5_000_000})),
        ("a.docx", zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})),
        ("a.odt", zipped({"mimetype": "x"})),
        ("a.txt", b"\xff\x00\x01"),
        ("a.md", b" \n"),
        ("a.txt", b"x" * 10_000_001),
    ],
)
def test_what_cannot_be_read_says_so(name: str, data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read_text(name, data)
    assert name in str(refused.value)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "![a](https://example.org/track.png)",
        "<a href='data:text/html,x'>x</a>",
        "<style>body{display:none}</style>",
        "<p style='position:fixed' onclick='x()'>x</p>",
    ],
)
def test_nothing_runs_or_loads(hostile: str) -> None:
    html = to_html(hostile).lower()
    for sign in (
        "<script",
        "onerror",
        'href="javascript',
        "<img",
        'href="data',
        "<style",
        "style=",
        "onclick",
    ):
        assert sign not in html


paragraphs = st.lists(st.text("ab \n", min_size=1, max_size=12), max_size=6).map("\n\n".join)


@given(paragraphs, paragraphs)
def test_a_comparison_loses_nothing(old: str, new: str) -> None:
    parts = [part for paragraph in change.compare(old, new) for part in paragraph]
    before = "".join(part.text for part in parts if part.kind != "put in")
    after = "".join(part.text for part in parts if part.kind != "left out")
    assert "".join(before.split()) == "".join(old.split())
    assert "".join(after.split()) == "".join(new.split())


@pytest.mark.parametrize(
    "hostile", ['#import "x"', "$ a", '`#read("/etc/passwd")`', "@a <b> ~ \\ #{", "*a", "[x](#)"]
)
def test_print_takes_any_text_as_text(hostile: str) -> None:
    piece = Piece(hostile, hostile, hostile, f"{hostile}\n\n- {hostile}\n\n> {hostile}")
    document = Print(hostile, hostile, hostile, 0, (Section(hostile, (piece,)),))
    assert pdf(document).startswith(b"%PDF")
