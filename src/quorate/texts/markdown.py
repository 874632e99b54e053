"""Members' Markdown as HTML that is safe to show.

No scripts, no styles, no images from elsewhere; headings start below the page's own. A few harmless
tags that members' texts use (details, ins, del) are kept.
"""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

_PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_PARSER.use(footnote_plugin)

_TAGS = {
    *("h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "pre", "code"),
    *("ul", "ol", "li", "strong", "em", "s", "del", "ins", "sup", "sub", "a", "section"),
    *("table", "thead", "tbody", "tr", "th", "td", "details", "summary", "dl", "dt", "dd"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}}
_BIDI = dict.fromkeys([0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069])


def tokens(markdown: str) -> list[Token]:
    """The text's parts, its headings below the page's own."""
    parsed = _PARSER.parse(markdown.translate(_BIDI))
    _level_headings(parsed)
    for place, token in enumerate(parsed):
        if token.type == "th_open" and not parsed[place + 1].content.strip():
            token.tag = parsed[place + 2].tag = "td"  # an empty cell heads nothing
        if token.children:
            token.children = [_without_image(child) for child in token.children]
    return parsed


def _level_headings(parsed: list[Token]) -> None:
    """Headings start at the second level and go down one at a time, whatever the author chose."""
    open_levels: list[int] = []
    for token in parsed:
        if token.type == "heading_open":
            chosen = int(token.tag[1])
            while open_levels and open_levels[-1] >= chosen:
                open_levels.pop()
            open_levels.append(chosen)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(len(open_levels) + 1, 6)}"


def _without_image(token: Token) -> Token:
    """An image becomes its alternative text: nothing is loaded from elsewhere."""
    if token.type != "image":
        return token
    return Token("text", "", 0, content=f"[{token.content or 'image'}]")


def to_html(markdown: str) -> str:
    """The text as HTML, sanitised."""
    html = _PARSER.renderer.render(tokens(markdown), _PARSER.options, {})
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
        strip_comments=True,
    )
