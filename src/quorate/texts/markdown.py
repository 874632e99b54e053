"""Members' Markdown as HTML that is safe to show.

No scripts, no styles, nothing loaded from elsewhere; headings start below the page's own. Harmless
tags that members' texts use (details, ins, del, sup …) are kept, of others only the words.
"""

from __future__ import annotations

import html
import re
from hashlib import sha256
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from quorate.direction import MARKS

NESTING = 40
"""Quotations and lists inside one another: a list in a list counts two. Twice what word processors
know."""

MAX_BRACKETS = 20_000
"""A text of 100,000 words has some thousand links and notes; the parser needs milliseconds for each
bracket that is none."""

_PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": NESTING})
_PARSER.enable(["table", "strikethrough"]).use(footnote_plugin)

_TAGS = {
    *("h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "pre", "code", "section"),
    *("ul", "ol", "li", "strong", "em", "b", "i", "u", "s", "del", "ins", "sup", "sub", "a"),
    *("table", "thead", "tbody", "tr", "th", "td", "details", "summary", "dl", "dt", "dd"),
}
_ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "li": {"id"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}
_NOTE_ID = re.compile(r"fn(?:ref)?-[0-9a-f]{8}-\d{1,6}(?::\d{1,6})?")

_HTML_HEADING = re.compile(r"<(/?)h1\b", re.I)
_HTML_IMAGE = re.compile(r"<img\b[^>]{0,4000}>", re.I)
_ATTRIBUTE = re.compile(r"""\b(alt|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_DISGUISE = dict.fromkeys([*MARKS, *range(0xD800, 0xE000), 0])
"""Signs with which a text reads otherwise than it is stored, and what is no text at all."""


def undisguised(text: str) -> str:
    """The text without signs that make it read otherwise than it is stored."""
    return text.translate(_DISGUISE)


def _tokens(markdown: str, env: dict[str, Any]) -> list[Token]:
    """The text's parts: headings below the page's own, an image its alternative text and a
    link."""
    parsed = _PARSER.parse(markdown, env)
    _level_headings(parsed)
    for place, token in enumerate(parsed):
        if token.type in ("th_open", "td_open"):
            align = str(token.attrs.pop("style", "")).removeprefix("text-align:")
            if align:
                token.attrs["align"] = align
            if not parsed[place + 1].content.strip():
                token.tag = parsed[place + 2].tag = "td"  # an empty cell heads nothing
        elif token.type == "html_block":
            token.content = _harmless(token.content)
        if token.children:
            token.children = [part for child in token.children for part in _shown(child)]
    return parsed


def _level_headings(parsed: list[Token]) -> None:
    """Headings start below the page's title and go down one at a time, whatever their author
    chose: whoever listens to the page can follow them."""
    open_levels: list[int] = []
    for token in parsed:
        if token.type == "heading_open":
            chosen = int(token.tag[1])
            while open_levels and open_levels[-1] >= chosen:
                open_levels.pop()
            open_levels.append(chosen)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(len(open_levels) + 1, 6)}"


def _shown(token: Token) -> list[Token]:
    if token.type == "html_inline":
        token.content = _harmless(token.content)
    if token.type != "image":
        return [token]
    source = str(token.attrs.get("src", ""))
    text = Token("text", "", 0, content=f"[image: {_alternative(token) or 'not described'}]")
    if not source.lower().startswith(("http://", "https://")):
        return [text]
    opening = Token("link_open", "a", 1, attrs={"href": source})
    return [opening, text, Token("link_close", "a", -1)]


def _alternative(token: Token) -> str:
    return "".join(
        _alternative(child) if child.type == "image" else child.content or " "
        for child in token.children or []
    )


def _harmless(source: str) -> str:
    """Raw HTML with its headings below the page's, and words for its images."""
    return _HTML_IMAGE.sub(_image_in_words, _HTML_HEADING.sub(r"<\1h2", source))


def _image_in_words(tag: re.Match[str]) -> str:
    found = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(tag[0])}
    words = f"[image: {found.get('alt') or 'not described'}]".replace("<", "&lt;")
    source = found.get("src", "")
    if not source.lower().startswith(("http://", "https://")):
        return words
    return f'<a href="{source.replace(chr(34), "%22")}">{words}</a>'


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Only footnotes have an id: a text cannot take a name that the page uses."""
    if name == "id":
        return value if _NOTE_ID.fullmatch(value) else None
    return value


def to_html(markdown: str) -> str:
    """The text as HTML, sanitised; 100,000 words take about half a second, so callers may keep it.

    A text built to overwhelm the parser is shown as it was written, and says so.
    """
    markdown = undisguised(markdown)
    if markdown.count("[") > MAX_BRACKETS:
        return _as_written(markdown)
    # Notes of several texts on one page need names of their own.
    env: dict[str, Any] = {"docId": sha256(markdown.encode()).hexdigest()[:8]}
    tokens = _tokens(markdown, env)
    if any(token.level >= NESTING - 1 for token in tokens):
        return _as_written(markdown)  # the parser leaves out what is deeper
    return nh3.clean(
        undisguised(_PARSER.renderer.render(tokens, _PARSER.options, env)),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        clean_content_tags={"script", "style", "template", "iframe", "object", "svg", "math"},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
        strip_comments=True,
    )


def _as_written(markdown: str) -> str:
    return (
        "<p><em>This text has more marks inside one another than can be laid out; here it stands "
        f"as it was written.</em></p>\n<pre>{html.escape(markdown)}</pre>\n"
    )
