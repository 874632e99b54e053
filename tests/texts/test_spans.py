"""Text from a word processor stays as it was written, whatever Markdown might make of it."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.texts.blocks import Document, Heading, Item, Paragraph, Table, to_markdown
from quorate.texts.markdown import to_html
from quorate.texts.spans import Span, linkable, written

few = settings(max_examples=60, deadline=None)
MARKS = "\\`*_[]<>#|~-+=:!&.)(^$\"' \n1a2bé"
hostile = st.text(st.sampled_from(MARKS), min_size=1, max_size=14) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10
)
spans = st.lists(
    st.builds(
        Span,
        text=hostile,
        bold=st.booleans(),
        italic=st.booleans(),
        struck=st.booleans(),
        underlined=st.booleans(),
        raised=st.booleans(),
        link=st.sampled_from(["", "", "https://example.org/a(b)|c"]),
    ),
    min_size=1,
    max_size=5,
).map(tuple)
# What no page shows: controls, and signs that turn the direction of writing.
UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


def letters(text: str) -> str:
    """Everything but spaces: where lines break is Markdown's affair."""
    return re.sub(r"\s", "", UNSHOWN.sub("", text))


def shown(markdown: str) -> str:
    return letters(unescape(re.sub(r"<[^<>]*>", "", to_html(markdown))))


def said(parts: tuple[Span, ...]) -> str:
    return letters("".join(span.text for span in parts))


@few
@given(spans)
def test_a_paragraph_shows_exactly_its_text(parts: tuple[Span, ...]) -> None:
    markdown = to_markdown(Document((Paragraph(parts),), {}))
    assert shown(markdown) == said(parts), markdown


@few
@given(spans, st.integers(1, 6))
def test_a_heading_shows_exactly_its_text(parts: tuple[Span, ...], level: int) -> None:
    markdown = to_markdown(Document((Heading(level, parts),), {}))
    assert shown(markdown) == said(parts), markdown


@few
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["-", "1.", "2.", "7.", ""]), spans)))
def test_a_list_shows_exactly_its_texts(items: list[tuple[int, str, tuple[Span, ...]]]) -> None:
    blocks = tuple(Item(depth, label, parts) for depth, label, parts in items)
    markdown = to_markdown(Document(blocks, {}))
    assert shown(markdown) == "".join(said(parts) for _, _, parts in items), markdown


@few
@given(st.lists(st.lists(spans, min_size=1, max_size=3), min_size=1, max_size=3))
def test_a_table_shows_exactly_its_cells(rows: list[list[tuple[Span, ...]]]) -> None:
    markdown = to_markdown(Document((Table(tuple(tuple(row) for row in rows)),), {}))
    assert shown(markdown) == "".join(said(cell) for row in rows for cell in row), markdown


@few
@given(spans, spans)
def test_quotations_stay_apart_from_the_text(one: tuple[Span, ...], two: tuple[Span, ...]) -> None:
    blocks = (Paragraph(one, quoted=True), Paragraph(two, quoted=True), Paragraph(one))
    markdown = to_markdown(Document(blocks, {}))
    assert shown(markdown) == said(one) + said(two) + said(one)


@few
@given(st.text(st.sampled_from("ab.( é"), min_size=1), st.booleans(), st.booleans())
def test_marks_hold(text: str, bold: bool, italic: bool) -> None:
    html = to_html(written((Span("x"), Span(text, bold=bold, italic=italic), Span("y"))))
    if text.strip():
        assert ("<strong>" in html) == bold
        assert ("<em>" in html) == italic


def test_numbers_stay_as_written() -> None:
    blocks = [Item(0, f"{n}.", (Span(f"n{n}"),)) for n in (1, 2, 3, 1, 2, 7)]
    html = to_html(to_markdown(Document(tuple(blocks), {})))
    assert html.count("<ol") == 3
    assert '<ol start="7">' in html


def test_a_list_inside_a_list() -> None:
    blocks = (
        Item(0, "10.", (Span("a"),)),
        Item(1, "-", (Span("b"),)),
        Item(1, "", (Span("more of b"),)),
        Item(2, "4.", (Span("c"),)),
        Item(0, "11.", (Span("d"),)),
    )
    html = re.sub(r"\s", "", to_html(to_markdown(Document(blocks, {}))))
    assert re.fullmatch(
        r'<olstart="10"><li>(<p>)?a(</p>)?<ul><li><p>b</p><p>moreofb</p><olstart="4"><li>(<p>)?c(</p>)?</li></ol>'
        r"</li></ul></li><li>(<p>)?d(</p>)?</li></ol>",
        html,
    ), html


def test_links_lead_to_pages_only() -> None:
    assert linkable(" https://example.org ") == "https://example.org"
    assert linkable("mailto:a@example.org")
    assert not linkable("javascript:alert(1)")
    assert not linkable("java\nscript:alert(1)")
    assert not linkable("file:///etc/passwd")
    assert not linkable("\\\\server\\share")
