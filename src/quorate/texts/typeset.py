"""Setting a bulletin or minutes in print, with typst. The same input gives the same bytes."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typst
from markdown_it.token import Token

from quorate.texts.markdown import tokens


@dataclass(frozen=True, slots=True)
class Piece:
    """One text in print: ``kicker`` above, ``byline`` below its title."""

    title: str
    kicker: str
    byline: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Section:
    """Texts of one kind."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Print:
    """A whole print. ``time``: ms, the time that the PDF bears."""

    organisation: str
    title: str
    subtitle: str
    time: int
    sections: tuple[Section, ...]


_HEAD = """
#set document(title: {title}, author: {organisation},
  date: datetime(year: {y}, month: {m}, day: {d}))
#set page(paper: "a5", margin: (x: 16mm, top: 18mm, bottom: 18mm), numbering: "1",
  header: context {{ if counter(page).get().first() > 1 [
    #set text(8pt, fill: luma(90)); #{title} #h(1fr) #{organisation}] }})
#set text(font: "Libertinus Serif", size: 9.5pt, lang: "en")
#set par(justify: true, leading: 0.62em)
#show heading.where(level: 1): it => [#pagebreak(weak: true) #v(2em) #text(18pt, it.body) #v(1em)]
#show heading.where(level: 2): it => block(above: 2em, below: 0.6em, text(13pt, it.body))
#show heading.where(level: 3): it => block(above: 1.2em, below: 0.5em, text(10.5pt, it.body))
#v(30%)
#text(24pt, weight: "bold", {title})

#text(12pt, {subtitle})

#text(11pt, fill: luma(70), {organisation})
#pagebreak()
#outline(title: "Contents", depth: 2, indent: 1em)
"""


def pdf(document: Print) -> bytes:
    """The print as PDF."""
    date = datetime.fromtimestamp(document.time / 1000, UTC)
    parts = [
        _HEAD.format(
            title=_string(document.title),
            subtitle=_string(document.subtitle),
            organisation=_string(document.organisation),
            y=date.year,
            m=date.month,
            d=date.day,
        )
    ]
    for section in document.sections:
        parts.append(f"\n#heading(level: 1, {_string(section.title)})\n")
        for piece in section.pieces:
            parts.append(_piece(piece))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "main.typ"
        source.write_text("".join(parts), "utf-8")
        result = typst.compile(
            str(source), ignore_system_fonts=True, timestamp=document.time // 1000
        )
    return bytes(result)


def _piece(piece: Piece) -> str:
    return (
        f"\n#text(8pt, fill: luma(80), {_string(piece.kicker)})\n"
        f"#heading(level: 2, {_string(piece.title)})\n"
        f'#text(9pt, style: "italic", {_string(piece.byline)})\n\n' + to_typst(piece.markdown)
    )


def _string(text: str) -> str:
    """A typst string: nothing in it is code."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def to_typst(markdown: str) -> str:
    """Members' Markdown as typst; every word goes in as a string, so none can be code."""
    return _blocks(tokens(markdown)) + "\n"


_OPEN = {
    "paragraph_open": "",
    "paragraph_close": "\n\n",
    "bullet_list_open": "#list(",
    "bullet_list_close": ")\n\n",
    "ordered_list_open": "#enum(",
    "ordered_list_close": ")\n\n",
    "list_item_open": "[",
    "list_item_close": "],",
    "blockquote_open": "#quote(block: true)[",
    "blockquote_close": "]\n\n",
    "hr": "#line(length: 30%, stroke: 0.4pt)\n\n",
    "heading_close": "])\n\n",
    "thead_open": "",
    "thead_close": "",
    "tbody_open": "",
    "tbody_close": "",
    "tr_open": "",
    "tr_close": "",
    "th_open": "[#strong[",
    "th_close": "]],",
    "td_open": "[",
    "td_close": "],",
    "table_close": ")\n\n",
    "footnote_block_open": "\n#line(length: 20%, stroke: 0.4pt)\n",
    "footnote_block_close": "",
    "footnote_close": "\n",
}


def _blocks(parsed: Sequence[Token]) -> str:
    out = []
    for place, token in enumerate(parsed):
        if token.type == "inline":
            out.append(_inline(token.children or []))
        elif token.type == "heading_open":
            level = min(int(token.tag[1]) + 1, 6)
            out.append(f"#heading(level: {level}, outlined: false, [")
        elif token.type == "table_open":
            out.append(f"#table(columns: {_columns(parsed, place)}, stroke: 0.4pt,")
        elif token.type in ("fence", "code_block"):
            out.append(f"#raw({_code(token.content)}, block: true)\n\n")
        elif token.type == "footnote_open":
            out.append(f"#super({_string(str(token.meta.get('id', 0) + 1))}) ")
        elif token.type == "html_block":
            out.append(_plain_html(token.content))
        else:
            out.append(_OPEN.get(token.type, ""))
    return "".join(out)


def _code(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _columns(parsed: Sequence[Token], start: int) -> int:
    count = 0
    for token in parsed[start:]:
        if token.type in ("th_open", "td_open"):
            count += 1
        if token.type == "tr_close":
            break
    return max(count, 1)


def _plain_html(html: str) -> str:
    """HTML in a text is printed as its words."""
    words = " ".join(re.sub(r"<[^>]*>", " ", html).split())
    return f"#{_string(words)}\n\n" if words else ""


_INLINE = {
    "strong_open": "#strong[",
    "strong_close": "];",
    "em_open": "#emph[",
    "em_close": "];",
    "s_open": "#strike[",
    "s_close": "];",
    "softbreak": " ",
    "hardbreak": "#linebreak();",
}
_HTML = {"<ins>": "#underline[", "<del>": "#strike["}


def _inline(children: Sequence[Token]) -> str:
    out = []
    opened: list[str] = []
    for token in children:
        if token.type == "text":
            out.append(f"#{_string(token.content)};")
        elif token.type == "code_inline":
            out.append(f"#raw({_code(token.content)});")
        elif token.type == "html_inline":
            out.append(_html(token.content, opened))
        elif token.type == "footnote_ref":
            out.append(f"#super({_string(str(token.meta.get('id', 0) + 1))});")
        else:
            out.append(_INLINE.get(token.type, ""))
    return "".join(out) + "]" * len(opened)


def _html(tag: str, opened: list[str]) -> str:
    """A tag within a line: changes are marked, anything else leaves its words only."""
    if tag in ("<ins>", "<del>"):
        opened.append(tag)
        return _HTML[tag]
    if tag in ("</ins>", "</del>"):
        if opened and opened[-1] == tag.replace("/", ""):
            opened.pop()
            return "]"
        return ""
    return "#linebreak();" if tag.startswith("<br") else ""
