"""Ballots in CSV files: a row a paper (or several alike), in one of two kinds.

A column a candidate, whose cells hold ranks, as a grid in Google Forms exports it:

    Timestamp,Chair [Ada],Chair [Bo]
    2026/05/01,1st choice,2nd choice

A column a rank, whose cells hold names, as cast-vote records and other grids have them:

    id,rank1,rank2,weight
    A-17,Ada,Bo,1

The rank may stand beside the name of the race ("1ST CHOICE MAYOR MINNEAPOLIS", "DEM Mayor Choice 2
of 5 Citywide (226916)"). A column without brackets whose cells hold names is a question with one
mark a paper, or several (``answers``), as Google Forms exports multiple choice and checkboxes:

    Timestamp,Who should be chair?
    2026/05/01,Ada

Several races may stand in one file; whoever reads it names the one that is to be counted
(``heads``). A row with nothing at all for a race is a paper without a mark, except in a file of
several races that says "undervote" or "skipped" for such: there the paper did not have the race.

Where the rule asks for crosses, a cell may hold x, yes or 1, and no or 0 for none; where it asks
for points, "3" or "3 points".

Brackets around the label may be missing. A column "weight" (papers, ballots, count) says for how
many papers a row stands, one named "id" (ballot, ballot id, …) what the paper is called; any other
is left aside and named in the notes. A cell may be empty; "skipped", "undervote" and "overvote" are
understood. An overvote names several, nobody knows whom: it is read as a rank that all candidates
share, in which no rule finds a preference. "Write-in" and "UWI" stay one candidate, which the notes
say. Where columns are ranks, candidates are in alphabetical order, since the file has no other;
where they are candidates, in the columns' order. The format says nothing of seats.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from quorate.count.blt import MOST_CANDIDATES, MOST_PAPERS_A_LINE
from quorate.count.figures import some
from quorate.count.files.abif import MOST_POINTS
from quorate.count.files.answers import Answers, answers_of
from quorate.count.files.ballot_file import BallotFile, no_papers, without_seats
from quorate.count.files.cell_words import (
    POINTS,
    is_blank,
    is_cross,
    is_no_cross,
    is_overvote,
    is_unranked,
    is_write_in,
    says_blank,
)
from quorate.count.files.cells import rows_of
from quorate.count.files.heads import Columns, columns_of
from quorate.count.files.place import Unreadable, Word, whole_number
from quorate.count.files.rank_words import rank_of
from quorate.count.papers import Election, Marks, Paper
from quorate.count.sheet import listed


def read_csv(
    content: bytes | str, asked: Marks = "ranks", race: str = "", known: Collection[str] = ()
) -> BallotFile:
    """Reads a CSV file of any of these kinds. Raises Unreadable.

    ``race``: which of several is read, by its name or a part of it. ``known``: the candidates,
    where a list of them is given.
    """
    rows = rows_of(content)
    place = next((place for place, row in enumerate(rows) if row), None)
    if place is None:
        raise Unreadable(1, 1, "a row of column names", "the end of the file")
    head = rows[place]
    body = _body(head, rows[place + 1 :])
    columns = columns_of(head, body, race, crosses=asked == "crosses")
    if not body:
        raise no_papers(len(rows), 1)
    papers_of_race = _with_race(columns, body)
    elsewhere = len(body) - len(papers_of_race)
    body = papers_of_race
    weights = [_weight(columns, row) for row in body]
    if columns.cells == "marks":
        candidates, orders = _by_candidate(columns, body, asked)
    else:
        candidates, orders = _by_name(columns, body, known)
    papers = [Paper(weight, ranks) for weight, ranks in zip(weights, orders, strict=True)]
    ids = ["" if columns.id is None else row[columns.id].text.strip() for row in body]
    notes = _notes(columns, asked, candidates, elsewhere)
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
            raise row[len(head)].fault(f"{some(len(head), 'cells')}, as the first row has")
        if len(row) < len(head):
            end = row[-1]
            raise Unreadable(
                end.line,
                end.column + len(end.text),
                f"{some(len(head), 'cells')}, as the first row has",
                f"{len(row)}",
            )
        body.append(row)
    return body


def _with_race(columns: Columns, body: list[list[Word]]) -> list[list[Word]]:
    """The rows that have the race; see the module's docstring."""
    cells = [[row[place].text for place in columns.marks] for row in body]
    if not columns.others or not any(says_blank(text) for row in cells for text in row):
        return body
    return [row for row, texts in zip(body, cells, strict=True) if any(map(str.strip, texts))]


def _weight(columns: Columns, row: list[Word]) -> int:
    if columns.weight is None:
        return 1
    cell = row[columns.weight].stripped
    return whole_number(cell, 1, MOST_PAPERS_A_LINE, "how many papers the row stands for")


def _by_candidate(
    columns: Columns, body: list[list[Word]], asked: Marks
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
    if is_unranked(cell.text):
        return 0
    match = POINTS.fullmatch(cell.text.strip())
    if match is None or int(match[1]) > MOST_POINTS:
        raise cell.stripped.fault(
            f'points, a whole number from 0 to {MOST_POINTS}, in the column "{_short(label)}"'
        )
    return int(match[1])


def _ranks_in(cell: Word, most: int, label: str, asked: Marks) -> list[int]:
    """The ranks that a cell holds: none, one, or several with commas or semicolons between."""
    ranks: list[int] = []
    if is_unranked(cell.text) or (asked == "crosses" and is_no_cross(cell.text)):
        return ranks
    if asked == "crosses" and is_cross(cell.text):
        return [1]
    for piece in re.split(r"[,;]", cell.text):
        rank = rank_of(piece)
        if rank is None or rank > most:
            raise cell.stripped.fault(f'a rank from 1 to {most} in the column "{_short(label)}"')
        ranks.append(rank)
    return ranks


def _by_name(columns: Columns, body: list[list[Word]], known: Collection[str]) -> Answers:
    """Cells hold names: columns are ranks, or the only one is a question."""
    if columns.cells == "names":
        return answers_of([row[next(iter(columns.marks))] for row in body], known)
    places = sorted(columns.marks, key=columns.ranks.__getitem__)
    texts = [[row[place].text.strip() for place in places] for row in body]
    said = {text for row in texts for text in row}
    names = sorted(text for text in said if not is_blank(text) and not is_overvote(text))
    if not names:
        raise body[-1][places[0]].fault("a candidate's name in at least one paper")
    if len(names) > MOST_CANDIDATES:
        raise body[-1][places[0]].fault(f"no more than {MOST_CANDIDATES} candidates")
    numbers = {name: (number,) for number, name in enumerate(names, start=1)}
    every = tuple(range(1, len(names) + 1)) if len(names) > 1 else (1, 1)
    means = {text: every if is_overvote(text) else numbers.get(text, ()) for text in said}
    orders = []
    for row in texts:
        ranks = [means[text] for text in row]
        while ranks and not ranks[-1]:
            ranks.pop()
        orders.append(ranks)
    return tuple(names), orders


def _notes(
    columns: Columns, asked: Marks, candidates: tuple[str, ...], elsewhere: int
) -> tuple[str, ...]:
    """What was read how. ``elsewhere``: rows that do not have the race."""
    match columns.cells:
        case "names":
            said = f'The column "{_short(columns.question)}" is read as names, one mark each.'
        case "names at ranks":
            said = "Columns are read as ranks, cells as names."
        case _:
            said = f"Columns are read as candidates, cells as {asked}."
    notes = [said]
    if columns.others:
        others = listed(f'"{_short(name)}"' for name in columns.others)
        notes.append(f'Only "{_short(columns.question)}" is read; the file also has {others}.')
    if elsewhere:
        rows = "1 row has" if elsewhere == 1 else f"{elsewhere:,} rows have"
        notes.append(f"{rows} nothing at all in this race's columns: no papers of this race.")
    if columns.aside:
        names = listed(f'"{_short(name)}"' for name in columns.aside)
        notes.append(f"Columns left aside: {names}.")
    notes += [
        f'"{name}" stands for whoever was written in, and is counted as one candidate; a list of '
        "the candidates (--candidates) that calls it withdrawn passes it over."
        for name in candidates
        if is_write_in(name)
    ]
    return tuple(notes)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
