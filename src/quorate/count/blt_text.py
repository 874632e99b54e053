"""The text of a .blt file: its lines without enclosed comments, and errors that name a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMMENTS = re.compile(
    r'(?<![^\s,])"(?:""|[^"\n])*"'  # a quoted field is no comment, whatever it contains
    r"|(?<!\S)\#[^\n]*"  # nor is anything after a #
    r"|(?<!\S)/\*(?P<inside>.*?)(?P<end>\*/|\Z)",
    re.DOTALL,
)
_WORDS = re.compile(
    r'(?P<space>[\s,]+)|(?P<comment>\#.*)|(?P<word>\([^()]*\)|[^\s,()\#"]+)|(?P<other>.)'
)


class BltError(ValueError):
    """A .blt file that cannot be read. ``line`` and ``column`` count from 1."""

    def __init__(self, line: int, column: int, expected: str, found: str) -> None:
        super().__init__(f"line {line}, column {column}: expected {expected}, found {found}")
        self.line = line
        self.column = column
        self.expected = expected
        self.found = found


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a line; ``column`` is that of its first character."""

    text: str
    line: int
    column: int

    def fault(self, expected: str) -> BltError:
        """The error that this word is not what was expected."""
        shown = self.text if len(self.text) <= 30 else f"{self.text[:30]}…"
        return BltError(self.line, self.column, expected, f'"{shown}"')


def lines_of(content: bytes | str) -> list[str]:
    """The lines, enclosed comments blanked so that every column stays. Raises BltError."""
    text = content if isinstance(content, str) else _decoded(content)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

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


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - before.rfind(b"\n")
        found = f"the byte 0x{content[error.start]:02x}"
        raise BltError(line, column, "text in UTF-8", found) from None
