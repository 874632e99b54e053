"""The text of a .blt file: its lines without enclosed comments, and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quorate.count.files.place import Unreadable, Word, text_of

__all__ = ["BltError", "Word", "lines_of", "words_of"]

_COMMENTS = re.compile(
    r'(?<![^\s,])"(?:""|[^"\n])*"'  # a quoted field is no comment, whatever it contains
    r"|(?<!\S)\#[^\n]*"  # nor is anything after a #
    r"|(?<!\S)/\*(?P<inside>.*?)(?P<end>\*/|\Z)",
    re.DOTALL,
)
_WORDS = re.compile(
    r'(?P<space>[\s,]+)|(?P<comment>\#.*)|(?P<word>\([^()]*\)|[^\s,()\#"]+)|(?P<other>.)'
)


BltError = Unreadable
"""A .blt file that cannot be read: the error of every reader."""


def lines_of(content: bytes | str) -> list[str]:
    """The lines, enclosed comments blanked so that every column stays. Raises BltError."""
    text = text_of(content)

    def blank(match: re.Match[str]) -> str:
        if match["inside"] is None:
            return match[0]
        if not match["end"]:
            line = text.count("\n", 0, match.start()) + 1
            column = match.start() - text.rfind("\n", 0, match.start())
            raise BltError(line, column, "*/ at the end of the comment", "the end of the file")
        return re.sub(r"[^\n]", " ", match[0])

    return _COMMENTS.sub(blank, text).split("\n")


def words_of(text: str, line: int) -> Iterator[Word]:
    """The numbers and ids of a line, up to a comment or a quotation mark.

    A quotation mark comes out as a word of its own, as the last one. Raises BltError.
    """
    for match in _WORDS.finditer(text):
        word = Word(match[0], line, match.start() + 1)
        if match["comment"] is not None:
            return
        if match["word"] is not None:
            yield word
        elif match["other"] is not None:
            yield word
            return
