"""Members' texts as typst markup: everything that somebody wrote goes in as a string, so that
nothing of it can be code.

The way leads through the sanitised HTML: the print shows what the page shows, and whatever tags a
member left open are closed by then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from quorate.texts.markdown import to_html, undisguised

DEEPEST = 16
"""Beyond this many tags inside one another no page has room; the words stay. Typst gives up at
about twenty quotations in one another, and one text must not stop the whole print."""

WIDEST = 12
"""Columns of a table; a wider one is set row by row as text."""

_MARKS = {
    **dict.fromkeys(("strong", "b", "dt", "summary"), "strong"),
    **dict.fromkeys(("em", "i"), "emph"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "del"), "strike"),
    "sup": "super",
    "sub": "sub",
}
_BOXES = {
    "blockquote": "#quote(block: true)",
    "details": "#aside",
    "section": "#notes",
    "dd": "#pad(left: 1.5em)",
}
_PARAGRAPHS = {"p", "dt", "summary", "dl"}


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[_Node | str] = field(default_factory=list)


def string(text: str) -> str:
    """A typst string in one line: nothing in it is code."""
    return _quoted(" ".join(undisguised(text).split()))


def to_typst(markdown: str) -> str:
    """Members' Markdown as typst markup, headings from level 3 on (the print has two)."""
    tree = _Tree()
    tree.feed(to_html(markdown))
    tree.close()
    return _all(tree.root) + "\n"


class _Tree(HTMLParser):
    """Sanitised HTML, whose tags are balanced, as a tree of limited depth."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("")
        self._open = [self.root]
        self._deeper = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "hr"):
            self._open[-1].children.append(_Node(tag))
        elif len(self._open) > DEEPEST:
            self._deeper += 1
            if tag not in _MARKS and tag not in ("a", "code"):
                self._open[-1].children.append(_Node("br"))
        else:
            node = _Node(tag, {name: value or "" for name, value in attrs})
            self._open[-1].children.append(node)
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self._deeper:
            self._deeper -= 1
        elif len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def _all(node: _Node) -> str:
    return "".join(_text(c) if isinstance(c, str) else _node(c) for c in node.children)


def _text(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() else ""
    return f"{before}#{_quoted(words)};{after}"


def _quoted(text: str) -> str:
    shown = "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= 32)
    for sign, code in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        shown = shown.replace(sign, code)
    return f'"{shown}"'


def _node(node: _Node) -> str:
    tag = node.tag
    if tag in _PARAGRAPHS:
        inner = _all(node)
        return f"\n\n#strong[{inner}];\n\n" if tag in _MARKS else f"\n\n{inner}\n\n"
    if tag in _MARKS:
        return f"#{_MARKS[tag]}[{_all(node)}];"
    if tag in _BOXES:
        return f"\n\n{_BOXES[tag]}[{_all(node)}];\n\n"
    if tag in ("h2", "h3", "h4", "h5", "h6"):
        return (
            f"\n\n#heading(level: {min(int(tag[1]) + 1, 6)}, outlined: false, [{_all(node)}]);\n\n"
        )
    if tag in ("ul", "ol"):
        return _list(node)
    if tag == "table":
        return _table(node)
    if tag in ("pre", "code"):
        block = ", block: true" if tag == "pre" else ""
        return f"#raw({_quoted(_words(node).removesuffix(chr(10)))}{block});"
    if tag == "a":
        return _link(node)
    return {"br": "#linebreak();", "hr": "\n\n#rule;\n\n"}.get(tag) or _all(node)


def _words(node: _Node) -> str:
    return "".join(c if isinstance(c, str) else _words(c) for c in node.children)


def _link(node: _Node) -> str:
    address = node.attributes.get("href", "")
    if address.startswith("#fnref-"):
        return ""  # the way back to the text, of no use on paper
    inner = _all(node)
    usable = address.lower().startswith(("http://", "https://", "mailto:")) and len(address) < 2_000
    return f"#link({_quoted(address)})[{inner}];" if usable else inner


def _list(node: _Node) -> str:
    name, start = "list", ""
    if node.tag == "ol":
        name = "enum"
        given = node.attributes.get("start", "")
        if given.isascii() and given.isdigit() and len(given) < 10:
            start = f"start: {int(given)}, "
    items = "".join(
        f"[{_text(child) if isinstance(child, str) else _all(child)}],"
        for child in node.children
        if not isinstance(child, str) or child.strip()
    )
    return f"\n\n#{name}({start}{items});\n\n"


def _table(node: _Node) -> str:
    rows = [list(_below(row, ("td", "th"))) for row in _below(node, ("tr",))]
    width = max((len(row) for row in rows), default=0)
    if not width or width > WIDEST:
        lines = ("#linebreak();".join(_all(cell) for cell in row) for row in rows)
        return "\n\n" + "\n\n".join(lines) + "\n\n"
    head = rows[0] if all(cell.tag == "th" for cell in rows[0]) else []
    cells = "".join(_row(row, width) for row in (rows[1:] if head else rows))
    header = f"table.header({_row(head, width)})," if head else ""
    return f"\n\n#table(columns: {width}, {header}{cells});\n\n"


def _row(row: list[_Node], width: int) -> str:
    cells = [
        f"[#strong[{_all(cell)}]]," if cell.tag == "th" else f"[{_all(cell)}]," for cell in row
    ]
    return "".join(cells) + "[]," * (width - len(row))


def _below(node: _Node, tags: tuple[str, ...]) -> Iterator[_Node]:
    """The outermost nodes of these tags."""
    for child in node.children:
        if not isinstance(child, str):
            if child.tag in tags:
                yield child
            else:
                yield from _below(child, tags)
