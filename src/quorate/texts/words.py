"""Plain words of a text: for searching and for excerpts."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile(r"[`*_>#|~\[\]\\]+|<[^>]{0,200}>")


def fold(text: str) -> str:
    """The text for searching: without accents, in lower case."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()


def plain(markdown: str) -> str:
    """The text without Markdown's marks, its spaces closed up."""
    return " ".join(_MARKS.sub(" ", markdown).split())


def excerpt(markdown: str, length: int = 240) -> str:
    """The beginning of the text, cut between words."""
    body = "\n".join(line for line in markdown.splitlines() if not line.startswith("#"))
    text = plain(body)
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0] + " …"
