"""The cells of a CSV file (RFC 4180), each with its line and column.

Cells are separated by commas, or by semicolons or tabs where the first row has more of those, as
spreadsheets write where the comma is the decimal sign.
"""

from __future__ import annotations

import re

from quorate.count.files.place import Word, text_of

SEPARATORS = (",", ";", "\t")


def rows_of(content: bytes | str) -> list[list[Word]]:
    """Every row's cells, [] for an empty line. Raises Unreadable."""
    text = text_of(content)
    separator = _separator(text)
    cell = re.compile(
        rf' *"(?P<quoted>(?:[^"]|"")*)" *(?=[{separator}\n]|\Z)|(?P<plain>[^{separator}\n]*)'
    )
    rows: list[list[Word]] = []
    row: list[Word] = []
    place, line, start = 0, 1, 0
    while True:
        match = cell.match(text, place)
        if match is None:  # the plain cell may be empty, so that something always matches
            break
        if match["quoted"] is not None:
            word = Word(match["quoted"].replace('""', '"'), line, match.start() - start + 1)
        else:
            word = Word(match["plain"], line, match.start() - start + 1)
            if word.text.lstrip().startswith('"'):
                raise word.stripped.fault("a closing quotation mark at the end of the cell")
        row.append(word)
        breaks = match[0].count("\n")
        if breaks:
            line += breaks
            start = match.start() + match[0].rindex("\n") + 1
        place = match.end()
        if place < len(text) and text[place] == separator:
            place += 1
            continue
        rows.append([] if match["quoted"] is None and row == [word] and not word.text else row)
        row = []
        if place >= len(text):
            return rows
        place += 1
        line += 1
        start = place
    return rows


def _separator(text: str) -> str:
    """The separator that stands most often in the first row outside quotation marks."""
    row = next((line for line in text.split("\n") if line.strip()), "")
    bare = re.sub(r'"(?:[^"]|"")*"', "", row)
    return max(SEPARATORS, key=bare.count)
