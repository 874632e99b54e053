"""Words of a file with their places, and the one error that every reader raises."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from quorate.count.papers import TELL_APART
from quorate.direction import TURNING

_CONTROLS = re.compile(rf"[\x00-\x1f\x7f-\x9f{TURNING}\ud800-\udfff]")
_DIGITS = re.compile(r"[0-9]{1,12}")

ANOTHER_NAME = f"a name that no other candidate has ({TELL_APART})"
"""What is expected instead of a name that stands there twice."""


class Unreadable(ValueError):
    """A file of ballots that cannot be read. ``line`` and ``column`` count from 1."""

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

    def fault(self, expected: str) -> Unreadable:
        """The error that this word is not what was expected."""
        shown = self.text if len(self.text) <= 30 else f"{self.text[:30]}…"
        return Unreadable(self.line, self.column, expected, f'"{printable(shown)}"')

    @property
    def stripped(self) -> Word:
        """The word without spaces around it, at the column where it then begins."""
        spaces = len(self.text) - len(self.text.lstrip())
        return Word(self.text.strip(), self.line, self.column + spaces)


def text_of(content: bytes | str) -> str:
    """The content as text, without byte order mark, lines ended by "\\n". Raises Unreadable."""
    text = content if isinstance(content, str) else _decoded(content)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def whole_number(word: Word, least: int, most: int, what: str) -> int:
    """The number that the word is, within bounds. Raises Unreadable."""
    number = int(word.text) if _DIGITS.fullmatch(word.text) else None
    if number is None or not least <= number <= most:
        raise word.fault(f"{what}, a whole number from {least} to {most}")
    return number


def end_of(lines: list[str], expected: str) -> Unreadable:
    """The error that the file ended where something was still expected."""
    return Unreadable(len(lines), len(lines[-1]) + 1, expected, "the end of the file")


def printable(text: str) -> str:
    """The text with what a terminal would obey, or what turns text about, as U+FFFD.

    A line break becomes a space.
    """
    return _CONTROLS.sub("\ufffd", re.sub(r"\r?\n", " ", text))


def _decoded(content: bytes) -> str:
    # Taken off first: the decoder that takes it off counts the bytes of a fault without it.
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = text_of(content[: error.start].decode("utf-8"))
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        found = f"the byte 0x{content[error.start]:02x}"
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            found = "UTF-16 (a spreadsheet's “Unicode text”)"
        raise Unreadable(line, column, "text in UTF-8", found) from None
