"""Ballots in CSV files: a row a paper (or several alike), in one of two kinds.

A column a candidate, whose cells hold ranks, as a grid in Google Forms exports it:

    Timestamp,Chair [Ada],Chair [Bo]
    2026/05/01,1st choice,2nd choice

A column a rank, whose cells hold names, as cast-vote records and other grids have them:

    id,rank1,rank2,weight
    A-17,Ada,Bo,1

A column without brackets whose cells hold names is a question with one mark a paper, or several
with semicolons between them, as Google Forms exports multiple choice and checkboxes:

    Timestamp,Who should be chair?
    2026/05/01,Ada

Where the rule asks for crosses, a cell may hold x, yes or 1, and no or 0 for none; where it asks
for points, "3" or "3 points".

Brackets around the label may be missing. A column "weight" (papers, ballots, count) says for how
many papers a row stands, one named "id" (ballot, ballot id, …) what the paper is called; any other
is left aside and named in the notes. A cell may be empty; "skipped", "undervote" and "overvote" are
understood. An overvote names several, nobody knows whom: it is read as a rank that all candidates
share, in which no rule finds a preference. Where columns are ranks, candidates are in alphabetical
order, since the file has no other; where they are candidates, in the columns' order.
The format says nothing of seats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from quorate.count.blt import MOST_CANDIDATES, MOST_PAPERS_A_LINE
from quorate.count.files.abif import MOST_POINTS
from quorate.count.files.ballot_file import BallotFile, no_papers, without_seats
from quorate.count.files.cells import rows_of
from quorate.count.files.place import Unreadable, Word, whole_number
from quorate.count.files.rank_words import rank_of
from quorate.count.papers import Election, Marks, Paper
from quorate.count.sheet import listed

_BRACKETED = re.compile(r"(?P<question>[^\[]*)\[(?P<label>.*)\]", re.DOTALL)
_WEIGHTS = frozenset({"weight", "papers", "ballots", "count"})
_IDS = frozenset({"id", "ballot", "ballotid", "paper", "paperid", "recordid", "castvoterecord"})
_OF_FORMS = frozenset({"timestamp", "emailaddress", "username", "score"})
_BLANK = frozenset({"", "-", "–", "skipped", "undervote", "blank"})
_UNRANKED = _BLANK | {"n/a", "unranked", "not ranked", "no preference", "no opinion"}
_TICK = frozenset({"x", "✓", "✔", "✗", "✘"})
_CROSS = _TICK | {"yes", "true", "marked"}
_NO_CROSS = frozenset({"0", "no", "false"})
_POINTS = re.compile(r"([0-9]{1,4})( *(points?|votes?|pts?))?", re.IGNORECASE)
_OVERVOTE = frozenset({"overvote", "overvoted"})


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what. ``marks``: column → its label, a candidate or a rank; only one,
    a question, where ``cells`` are names without ranks."""

    question: str
    marks: dict[int, Word]
    cells: Literal["names", "names at ranks", "marks"]
    weight: int | None
    id: int | None
    aside: tuple[str, ...]


def read_csv(content: bytes | str, asked: Marks = "ranks") -> BallotFile:
    """Reads a CSV file of any of these kinds. Raises Unreadable."""
    rows = rows_of(content)
    place = next((place for place, row in enumerate(rows) if row), None)
    if place is None:
        raise Unreadable(1, 1, "a row of column names", "the end of the file")
    head = rows[place]
    columns = _columns(head)
    body = _body(head, rows[place + 1 :])
    if not body:
        raise no_papers(len(rows), 1)
    columns = _with_names(columns, body)
    weights = [_weight(columns, row) for row in body]
    if columns.cells == "marks":
        candidates, orders = _by_candidate(columns, body, asked)
    else:
        candidates, orders = _by_name(columns, body)
    papers = [Paper(weight, ranks) for weight, ranks in zip(weights, orders, strict=True)]
    ids = ["" if columns.id is None else row[columns.id].text.strip() for row in body]
    notes = _notes(columns, asked)
    return without_seats("csv", columns.question, candidates, papers, ids, notes)


def write_csv(election: Election) -> str:
    """The election as a grid: a column a candidate, cells with ranks; without its seats."""
    title = election.title
    if title[:1] in ("=", "+", "-", "@", "\t"):
        title = f" {title}"  # so that no spreadsheet takes it for a formula
    heads = ["weight", *(f"{title} [{name}]".lstrip("\n") for name in election.candidates)]
    if not title:
        heads = ["weight", *(f"[{name}]" for name in election.candidates)]
    lines = [",".join(map(quoted, heads))]
    for paper in election.papers:
        at: dict[int, list[str]] = {}
        for rank, numbers in enumerate(paper.ranks, start=1):
            for number in numbers:
                at.setdefault(number, []).append(str(rank))
        cells = ["; ".join(at.get(n, [])) for n in range(1, len(election.candidates) + 1)]
        lines.append(",".join(map(quoted, [str(paper.weight), *cells])))
    return "\r\n".join(lines) + "\r\n"


def quoted(text: str) -> str:
    """The text as a cell, in quotation marks where RFC 4180 wants them."""
    if re.search(r'[",;\r\n\t]|^\s|\s$', text):
        return '"' + text.replace('"', '""') + '"'
    return text


def _columns(head: list[Word]) -> _Columns:
    """Sorts out the first row. Raises Unreadable."""
    labels: dict[int, Word] = {}
    questions: dict[str, Word] = {}
    for place, cell in enumerate(head):
        if match := _BRACKETED.fullmatch(cell.text.strip()):
            labels[place] = Word(match["label"].strip(), cell.line, cell.column)
            questions.setdefault(match["question"].strip(), cell)
    if len(questions) > 1:
        first, second, *_ = questions
        raise questions[second].fault(f'columns of one election, like "{first} […]" before it')
    by_rank = bool(labels) and all(rank_of(label.text) for label in labels.values())
    if not labels:
        plain = {place: cell.stripped for place, cell in enumerate(head)}
        labels = {place: cell for place, cell in plain.items() if rank_of(cell.text)}
        by_rank = bool(labels)
        if not by_rank:
            known = _WEIGHTS | _IDS | _OF_FORMS
            labels = {place: c for place, c in plain.items() if _key(c.text) not in known}
    if not labels:
        raise head[0].fault("columns such as rank1, rank2, or one for each candidate")
    if len(labels) > MOST_CANDIDATES:
        raise head[-1].fault(f"no more than {MOST_CANDIDATES} columns")
    others = {place: cell for place, cell in enumerate(head) if place not in labels}
    _checked(labels, by_rank)
    weight = _only(others, _WEIGHTS)
    name = _only(others, _IDS)
    aside = tuple(c.text.strip() for p, c in others.items() if p not in (weight, name))
    question = next(iter(questions), "")
    cells: Literal["names at ranks", "marks"] = "names at ranks" if by_rank else "marks"
    return _Columns(question, labels, cells, weight, name, aside)


def _with_names(columns: _Columns, body: list[list[Word]]) -> _Columns:
    """The same, or a question where the only column of marks has a cell that is no mark."""
    if columns.cells != "marks" or columns.question or len(columns.marks) > 1:
        return columns
    place, label = next(iter(columns.marks.items()))
    named = [row[place] for row in body if not _is_mark(row[place].text)]
    return replace(columns, cells="names", question=label.text) if named else columns


def _is_mark(text: str) -> bool:
    """Whether a cell could be a rank, a tick, points, or nothing, and is no name."""
    key = _key(text, spaces=" ")
    if key in _UNRANKED | _TICK or _POINTS.fullmatch(key):
        return True
    return all(rank_of(piece) for piece in re.split(r"[,;]", text))


def _checked(labels: dict[int, Word], by_rank: bool) -> None:
    """Each candidate or rank has one column, and ranks have no gap. Raises Unreadable."""
    seen: set[str | int | None] = set()
    for label in labels.values():
        if not label.text:
            raise label.fault("a candidate's name")
        what = rank_of(label.text) if by_rank else label.text
        if what in seen:
            raise label.fault(f"a {'rank' if by_rank else 'name'} that no other column has")
        seen.add(what)
    if by_rank:
        for label in labels.values():
            if (rank_of(label.text) or 0) > len(labels):
                raise label.fault(f"ranks from 1 to {len(labels)}, a column each")


def _only(columns: dict[int, Word], names: frozenset[str]) -> int | None:
    """The one column with such a name, None without. Raises Unreadable for two."""
    found = [place for place, cell in columns.items() if _key(cell.text) in names]
    if len(found) > 1:
        raise columns[found[1]].fault("no second column of this kind")
    return found[0] if found else None


def _body(head: list[Word], rows: list[list[Word]]) -> list[list[Word]]:
    """The rows of papers, each with as many cells as the head. Raises Unreadable."""
    body: list[list[Word]] = []
    last = max((place for place, row in enumerate(rows) if row), default=-1)
    line = head[0].line
    for row in rows[: last + 1]:
        if not row:
            if len(head) == 1:
                raise Unreadable(
                    line + 1, 1, 'a name, or "" for a paper without a mark', "an empty line"
                )
            continue
        line = row[-1].line
        if len(row) > len(head):
            raise row[len(head)].fault(f"{len(head)} cells, as the first row has")
        if len(row) < len(head):
            end = row[-1]
            raise Unreadable(
                end.line,
                end.column + len(end.text),
                f"{len(head)} cells, as the first row has",
                f"{len(row)}",
            )
        body.append(row)
    return body


def _weight(columns: _Columns, row: list[Word]) -> int:
    if columns.weight is None:
        return 1
    cell = row[columns.weight].stripped
    return whole_number(cell, 1, MOST_PAPERS_A_LINE, "how many papers the row stands for")


def _by_candidate(
    columns: _Columns, body: list[list[Word]], asked: Marks
) -> tuple[tuple[str, ...], list[list[tuple[int, ...]]]]:
    """Columns are candidates; cells hold ranks, several of them where a voter gave several, or
    crosses or points, which all stand in the first rank."""
    orders = []
    most, labels = len(columns.marks), columns.marks
    for row in body:
        at: dict[int, list[int]] = {}
        for number, place in enumerate(columns.marks, start=1):
            if asked == "points":
                at.setdefault(1, []).extend([number] * _points_in(row[place], labels[place].text))
                continue
            for rank in _ranks_in(row[place], most, labels[place].text, asked):
                at.setdefault(rank, []).append(number)
        if at.get(1) == []:
            del at[1]
        orders.append([tuple(at.get(rank, ())) for rank in range(1, max(at, default=0) + 1)])
    return tuple(label.text for label in columns.marks.values()), orders


def _points_in(cell: Word, label: str) -> int:
    """The points that a cell holds: "3", "3 points", or nothing."""
    if _key(cell.text, spaces=" ") in _UNRANKED:
        return 0
    match = _POINTS.fullmatch(cell.text.strip())
    if match is None or int(match[1]) > MOST_POINTS:
        raise cell.stripped.fault(
            f'points, a whole number from 0 to {MOST_POINTS}, in the column "{_short(label)}"'
        )
    return int(match[1])


def _ranks_in(cell: Word, most: int, label: str, asked: Marks) -> list[int]:
    """The ranks that a cell holds: none, one, or several with commas or semicolons between."""
    ranks: list[int] = []
    key = _key(cell.text, spaces=" ")
    if key in _UNRANKED or (asked == "crosses" and key in _NO_CROSS):
        return ranks
    if asked == "crosses" and key in _CROSS:
        return [1]
    for piece in re.split(r"[,;]", cell.text):
        rank = rank_of(piece)
        if rank is None or rank > most:
            raise cell.stripped.fault(f'a rank from 1 to {most} in the column "{_short(label)}"')
        ranks.append(rank)
    return ranks


def _by_name(
    columns: _Columns, body: list[list[Word]]
) -> tuple[tuple[str, ...], list[list[tuple[int, ...]]]]:
    """Cells hold names: columns are ranks, or the only one is a question."""
    places = sorted(columns.marks, key=lambda place: rank_of(columns.marks[place].text) or 0)
    texts = [[row[place].text.strip() for place in places] for row in body]
    if columns.cells == "names":
        return _answers([row[0] for row in texts])
    special = _BLANK | _OVERVOTE
    names = sorted({text for row in texts for text in row if text.lower() not in special})
    if not names:
        raise body[-1][places[0]].fault("a candidate's name in at least one paper")
    if len(names) > MOST_CANDIDATES:
        raise body[-1][places[0]].fault(f"no more than {MOST_CANDIDATES} candidates")
    numbers = {name: (number,) for number, name in enumerate(names, start=1)}
    every = tuple(range(1, len(names) + 1)) if len(names) > 1 else (1, 1)
    orders = []
    for row in texts:
        ranks = [
            numbers[text] if text in numbers else every if text.lower() in _OVERVOTE else ()
            for text in row
        ]
        while ranks and not ranks[-1]:
            ranks.pop()
        orders.append(ranks)
    return tuple(names), orders


def _answers(texts: list[str]) -> tuple[tuple[str, ...], list[list[tuple[int, ...]]]]:
    """One mark a paper, or several with semicolons between them, none before another."""
    marked = [
        [] if _key(text) in _BLANK | _OVERVOTE else [piece.strip() for piece in text.split(";")]
        for text in texts
    ]
    names = sorted({name for names in marked for name in names if name})
    numbers = {name: number for number, name in enumerate(names, start=1)}
    every = tuple(range(1, len(names) + 1)) if len(names) > 1 else (1, 1)
    orders = [
        every if _key(text) in _OVERVOTE else tuple(numbers[name] for name in given if name)
        for text, given in zip(texts, marked, strict=True)
    ]
    return tuple(names), [[order] if order else [] for order in orders]


def _notes(columns: _Columns, asked: Marks) -> tuple[str, ...]:
    match columns.cells:
        case "names":
            said = f'The column "{_short(columns.question)}" is read as names, one mark each.'
        case "names at ranks":
            said = "Columns are read as ranks, cells as names."
        case _:
            said = f"Columns are read as candidates, cells as {asked}."
    notes = [said]
    if columns.aside:
        names = listed(f'"{_short(name)}"' for name in columns.aside)
        notes.append(f"Columns left aside: {names}.")
    return tuple(notes)


def _key(text: str, spaces: str = "") -> str:
    return re.sub(r"[\s_]+", spaces, text.strip()).lower()


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
