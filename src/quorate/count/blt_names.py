"""The end of a .blt file: the candidates' names with their parties, and the title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quorate.count.blt_text import BltError, Word
from quorate.count.files.place import ANOTHER_NAME

_QUOTED = re.compile(r'"((?:""|[^"])*)"')
_PARTY = re.compile(r'(?P<name>[^"]*[^"\s,])[\s,]+"(?P<party>(?:""|[^"])*)"[\s,]*(?:#(?!\w).*)?')
_GAP = re.compile(r"[\s,]*")
_COMMENT = re.compile(r"(?<!\S)#(?!\w).*")
_NAME_IN_COMMENT = re.compile(r"\s*#\s*ALTERNATIVE NAME\s+(?P<number>[0-9]{1,5})\s*:(?P<name>.*)")
_HASH_IN_NAME = re.compile(r"(?<!\S)#(?=\w)")


@dataclass(frozen=True, slots=True)
class Names:
    """``parties``: parallel to the names, "" without one."""

    names: tuple[str, ...]
    parties: tuple[str, ...]
    title: str
    source: str
    comment: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A line's fields; ``quoted``: whether all are in quotation marks.

    ``whole``: the line as one field, where a quoted party follows a name without quotation marks.
    """

    fields: tuple[Word, ...]
    quoted: bool
    whole: Word | None = None

    @property
    def as_title(self) -> Word:
        """What the line says where no party can follow."""
        return self.whole or self.fields[0]


def read_names(lines: list[str], end: Word, candidates: int) -> Names:
    """Reads what follows ``end``, the 0 that ends the papers. Raises BltError."""
    after = end.column + len(end.text) - 1
    rest = " " * after + lines[end.line - 1][after:]
    beside = _row(rest, end.line) if rest.strip(" \t,") else None
    below = _below(list(enumerate(lines[end.line :], start=end.line + 1)))
    rows = [row for row in (beside, *below) if row is not None]
    if beside is not None and not beside.quoted:
        raise beside.fields[0].fault("nothing, or names in quotation marks, after the last 0")
    if (beside is not None or len(rows) < candidates) and all(row.quoted for row in rows):
        rows = [_Row((field,), True) for row in rows for field in row.fields]
    if len(rows) < candidates:
        raise BltError(
            len(lines),
            len(lines[-1]) + 1,
            f"the name of candidate {len(rows) + 1} of {candidates}",
            "the end of the file",
        )
    return _sorted_out(rows, candidates)


def _below(lines: list[tuple[int, str]]) -> list[_Row | None]:
    """The rows of the lines after the papers.

    Some files have their names as PrefLib does, "# ALTERNATIVE NAME 1: Ada": a comment elsewhere,
    but names where they count from 1 and there is no other line before them.
    """
    named: list[_Row] = []
    others: list[_Row | None] = []
    for line, text in lines:
        match = None if any(others) else _NAME_IN_COMMENT.fullmatch(text)
        if match and int(match["number"]) == len(named) + 1:
            name = Word(match["name"], line, match.start("name") + 1).stripped
            named.append(_Row((name,), False))
        else:
            others.append(_row(text, line))
    return [*named, *others]


def _sorted_out(rows: list[_Row], candidates: int) -> Names:
    """Which row is what: names, then the title, then source and comment in quotes."""
    names: dict[str, str] = {}
    for row in rows[:candidates]:
        name, *more = row.fields
        if not name.text.strip() or (not row.quoted and name.text.isdigit()):
            raise name.fault("a name")
        if name.text in names:
            raise name.fault(ANOTHER_NAME)
        if len(more) > 1:
            raise more[1].fault("a name and a party, no third field")
        names[name.text] = more[0].text if more else ""
    end = [row.as_title for row in rows[candidates:]]
    for row in rows[candidates:]:
        if len(row.fields) > 1 and row.whole is None:
            raise row.fields[1].fault("the end of the line")
    for row in rows[candidates + 1 :]:
        if not row.quoted:
            raise row.fields[0].fault(f"the end of the file after {candidates} names and a title")
    if len(end) > 3:
        raise end[3].fault("the end of the file after title, source and comment")
    title, source, comment = [word.text for word in end] + [""] * (3 - len(end))
    return Names(tuple(names), tuple(names.values()), title, source, comment)


def _row(text: str, line: int) -> _Row | None:
    """A line's fields, None if it is blank or a comment. Raises BltError."""
    stripped = text.lstrip()
    if not stripped or re.match(r"#(?!\w)|#.*\Z", stripped):
        return None
    if not stripped.startswith('"'):
        whole = _unquoted(text, line)
        party = _PARTY.fullmatch(text)
        if party is None:
            return _Row((whole,), False)
        name = _unquoted(text[: party.end("name")], line)
        said = Word(party["party"].replace('""', '"'), line, party.start("party"))
        return _Row((name, said), False, whole)
    fields: list[Word] = []
    place = len(text) - len(stripped)
    while place < len(text) and text[place] == '"':
        match = _QUOTED.match(text, place)
        if match is None:
            raise Word(text[place:], line, place + 1).fault("a closing quotation mark")
        fields.append(Word(match[1].replace('""', '"'), line, place + 1))
        gap = _GAP.match(text, match.end())
        place = gap.end() if gap else match.end()
        if place == match.end() and place < len(text) and text[place] != "#":
            raise Word(text[place:], line, place + 1).fault("a space or the end of the line")
    if place < len(text) and text[place] != "#":
        fields.append(_unquoted(" " * place + text[place:], line))
        return _Row(tuple(fields), False)
    return _Row(tuple(fields), True)


def _unquoted(text: str, line: int) -> Word:
    """A name without quotation marks: the line without comment, spaces and commas around it."""
    start = len(text) - len(text.lstrip(" \t,"))
    doubtful = _HASH_IN_NAME.search(text, start)
    if doubtful:
        raise Word(text[doubtful.start() :], line, doubtful.start() + 1).fault(
            "a space after # for a comment, or quotation marks around a name with #"
        )
    name = _COMMENT.sub("", text).strip().strip(",").strip()
    if name[:1] in ("“", "”", "„"):
        raise Word(name, line, start + 1).fault('straight quotation marks (")')
    return Word(name, line, start + 1)
