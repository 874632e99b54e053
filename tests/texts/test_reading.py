"""Uploads: what is read, what is refused, and in which words."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.texts import limits
from quorate.texts.reading import OLD_ENCODING, Reading, Unreadable, read_text
from texts.archives import W, docx, odt, p, zipped


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        ("# Café\n\n“x”".encode(), ()),
        (b"\xef\xbb\xbf" + "# Café\n\n“x”".encode(), ()),
        ("# Café\n\n“x”".encode("utf-16"), ()),
        (b"\xfe\xff" + "# Café\n\n“x”".encode("utf-16-be"), ()),
        ("# Café\r\n\r\n“x”".encode("windows-1252"), (OLD_ENCODING,)),
    ],
)
def test_encodings(data: bytes, notes: tuple[str, ...]) -> None:
    assert read_text("a.txt", data) == Reading("Café", "# Café\n\n“x”", notes)


def test_the_title_is_the_first_heading_or_the_name() -> None:
    assert read_text("My_motion-2.md", b"text").title_guess == "My motion 2"
    assert read_text("x.md", b"text\n\n## **Bold** title #\n").title_guess.startswith("Bold title")


def refused(name: str, data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_text(name, data)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "Traceback" not in sentence
    return sentence


def test_each_refusal_names_the_file_and_the_reason() -> None:
    assert "motion.pdf is not a kind of file" in refused("motion.pdf", b"%PDF")
    assert "a.docm is a template or holds macros" in refused("a.docm", b"PK")
    assert "a.txt is empty" in refused("a.txt", b"")
    assert "no text in a.txt" in refused("a.txt", b" \n")
    assert "data that is no text" in refused("a.txt", b"\x00\x01\x02")
    assert "begins as UTF-16" in refused("a.txt", b"\xff\xfea")
    assert "10 MB" in refused("a.txt", b"a" * (limits.MAX_BYTES + 1))
    assert "100,001 words" in refused("a.txt", b"a " * 100_001)
    assert "damaged" in refused("a.docx", b"no archive")
    assert "damaged" in refused("a.docx", docx(p("text"))[:-40])
    assert "not a Word document" in refused("a.docx", odt("<text:p>x</text:p>"))
    assert "not an OpenDocument" in refused("a.odt", docx(p("x")))
    assert "password" in refused("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600)
    assert "/etc" not in refused("../../etc/passwd", b"x")
    assert len(refused("x" * 5000 + ".pdf", b"x")) < 400


def test_macros_and_paths_are_refused() -> None:
    document = f'<w:document xmlns:w="{W}"><w:body>{p("x")}</w:body></w:document>'
    for name, word in (
        ("word/vbaProject.bin", "macros"),
        ("Basic/Standard/Module1.xml", "macros"),
        ("../../evil", "outside itself"),
        ("/evil", "outside itself"),
        ("C:\\evil", "outside itself"),
    ):
        assert word in refused("a.docx", zipped({"word/document.xml": document, name: "x"}))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", document)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", document)
    assert "twice" in refused("a.docx", out.getvalue())


def test_a_password_is_said_to_be_in_the_way() -> None:
    locked = bytearray(docx(p("x")))
    # General purpose flag, bit 0, in the central directory (APPNOTE 4.3.12).
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refused("a.docx", bytes(locked))
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry>'
        "<m:encryption-data/></m:file-entry></m:manifest>"
    )
    assert "password" in refused("a.odt", odt("", **{"META-INF/manifest.xml": manifest}))


def test_bombs_are_not_opened() -> None:
    assert "unpacks to far more" in refused("a.docx", docx(p("a" * 20_000_000)))
    deep = "<w:sdt>" * 500 + "</w:sdt>" * 500
    assert "unpacks to far more" in refused("a.docx", docx(deep))
    many = zipped({f"{n}": "" for n in range(limits.MAX_PARTS + 1)})
    assert "unpacks to far more" in refused("a.docx", many)


def test_a_size_that_the_archive_lies_about_does_not_matter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MAX_PART", 100_000)
    monkeypatch.setattr(limits, "RATIO_FROM", 10**9)
    assert "unpacks to far more" in refused("a.docx", docx(p("a b" * 100_000)))


def test_entities_are_not_expanded() -> None:
    laughs = (
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
        f'<w:document xmlns:w="{W}"><w:body>{p("&b;")}</w:body></w:document>'
    )
    assert "damaged" in refused("a.docx", zipped({"word/document.xml": laughs}))
    outside = laughs.replace('"ha"', 'SYSTEM "file:///etc/passwd"')
    assert "damaged" in refused("a.docx", zipped({"word/document.xml": outside}))


GOOD = docx(p("one") + p("two"), styles="", numbering="")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=6))
def test_a_damaged_archive_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    try:
        reading = read_text("a.docx", bytes(data))
    except Unreadable:
        return
    assert reading.markdown.strip()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.md", "a.docx", "a.odt", "a"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    with contextlib.suppress(Unreadable):
        assert read_text(name, data).markdown.strip()
