"""The words of a text: counted, searched, excerpted."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|^(?=[^\n]*---)[ |:-]+$"  # rules, also of tables
    r"|(?P<apart></?(?:p|br|hr|li|ul|ol|td|th|tr|h\d|div|summary|details)\b[^<>]{0,999}>"
    r"|\\$|\||^[ ]{0,3}(?:```|~~~)[^\n]*$"  # hard breaks, cells, fences
    r"|^[ ]{0,9}(?:>[ ]?)+|^[ ]{0,40}(?:[-+*]|\d{1,9}[.)])[ ]|^[ ]{0,3}\#{1,6}[ ])"  # blocks
    r"|</?[A-Za-z][^<>]{0,999}>"
    r"|(?<=\])\((?:<[^<>\n]*>|[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)\)"  # a link's address
    r"|[`*\[\]]+|~~|(?<!\w)_{1,3}|_{1,3}(?!\w)",
    re.M,
)


def word_count(markdown: str) -> int:
    """The text's words: whatever stands between spaces, marks too. This is how the record counts
    them, so that anyone can, without a Markdown parser."""
    return len(markdown.split())


def plain(markdown: str) -> str:
    """The text without Markdown's marks, in one line. Made for searching and excerpts: fast, and
    where a mark is ambiguous it keeps too much rather than too little."""
    return " ".join(html.unescape(_MARKS.sub(_without, _without_comments(markdown))).split())


def _without_comments(text: str) -> str:
    kept: list[str] = []
    while "<!--" in text:
        before, _, rest = text.partition("<!--")
        _, closing, after = rest.partition("-->")
        if not closing:
            break
        kept.append(before)
        text = after
    return " ".join([*kept, text])


def _without(mark: re.Match[str]) -> str:
    return mark["escaped"] or (" " if mark["apart"] else "")


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    decomposed = unicodedata.normalize("NFKD", sign)
    return "".join(part for part in decomposed if not unicodedata.combining(part)).casefold()


def fold(text: str) -> str:
    """The text for searching: without accents and case, typographic signs as typed ones."""
    text = text.casefold() if text.isascii() else "".join(map(_folded, text))
    return text.translate(_TYPED)


_TYPED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xad": None})


def excerpt(markdown: str, length: int = 240) -> str:
    """The beginning of the text without its headings, cut between words."""
    body = "\n".join(line for line in markdown.split("\n") if not line.startswith("#"))
    text = plain(body[: length * 20])
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0] + " …"


def first_heading(markdown: str) -> str:
    """The first heading's words, "" where there is none."""
    for line in markdown.split("\n"):
        if re.match(r" {0,3}#{1,6}[ \t]", line):
            return plain(line)
    return ""


def shortened(text: str, most: int) -> str:
    """The first words of a text, so many characters at most."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
