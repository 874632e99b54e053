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
for points, "3" or "3 points". Where nobody says what is asked, the cells must show it: numbers
alone could be any of these.

Brackets around the label may be missing. A column "weight" (papers, ballots, count) says for how
many papers a row stands, one named "id" (ballot, ballot id, …) what the paper is called; any other
is left aside and named in the notes. A cell may be empty; "skipped", "undervote" and "overvote" are
understood. An overvote names several, nobody knows whom: it is read as a rank that all candidates
share, in which no rule finds a preference, and where crosses or points are asked for as
``papers.OVERVOTE``, which makes the paper invalid. "Write-in" and "UWI" stay one candidate, which
the notes say. Where columns are ranks, candidates are in alphabetical order, since the file has no
other; where they are candidates, in the columns' order. The format says nothing of seats.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from quorate.count.blt import MOST_CANDIDATES, MOST_PAPERS_A_LINE
from quorate.count.choice_words import answers_yes_or_no
from quorate.count.figures import some
from quorate.count.files.abif import MOST_POINTS
from quorate.count.files.answers import Answers, answers_of, overvote
from quorate.count.files.ballot_file import BallotFile, no_papers, without_seats
from quorate.count.files.cell_words import (
    POINTS,
    is_blank,
    is_cross,
    is_no_cross,
    is_nobody,
    is_overvote,
    is_unranked,
    is_write_in,
    says_blank,
)
from quorate.count.files.cells import rows_of
from quorate.count.files.heads import Columns, columns_of
from quorate.count.files.place import Unreadable, Word, whole_number
from quorate.count.files.rank_words import nth, rank_of
from quorate.count.papers import Election, Marks, Paper
from quorate.count.sheet import listed


def read_csv(
    content: bytes | str,
    asked: Marks | None = "ranks",
    race: str = "",
    known: Collection[str] = (),
    *,
    one_mark: bool = False,
) -> BallotFile:
    """Reads a CSV file of any of these kinds. Raises Unreadable.

    ``asked``: what marks are to be read as, None for what the cells show. ``race``: which of
    several is read, by its name or a part of it. ``known``: the candidates, where a list of them is
    given. ``one_mark``: the rule takes one mark a paper.
    """
    rows = rows_of(content)
    place = next((place for place, row in enumerate(rows) if row), None)
    if place is None:
        raise Unreadable(1, 1, "a row of column names", "the end of the file")
    head = rows[place]
    body = _body(head, rows[place + 1 :])
    columns = columns_of(head, body, race, crosses=asked in ("crosses", None))
    if not body:
        raise no_papers(len(rows), 1)
    papers_of_race = _with_race(columns, body)
    elsewhere = len(body) - len(papers_of_race)
    body = papers_of_race
    weights = [_weight(columns, row) for row in body]
    marks = asked or (_shown(columns, body) if columns.cells == "marks" else "ranks")
    if columns.cells == "marks":
        candidates, orders = _by_candidate(columns, body, marks)
        told: tuple[str, ...] = ()
    else:
        candidates, orders, told = _by_name(columns, body, known, marks, one_mark=one_mark)
    papers = [Paper(weight, ranks) for weight, ranks in zip(weights, orders, strict=True)]
    ids = ["" if columns.id is None else row[columns.id].text.strip() for row in body]
    notes = (*_notes(columns, marks, candidates, elsewhere), *told)
    return without_seats(
        "csv", columns.question, candidates, papers, ids, notes, in_order=False, marks=marks
    )


def write_csv(election: Election, marks: Marks = "ranks") -> str:
    """The election as a grid: a column a candidate, without its seats.

    Cells hold ranks, or what ``marks`` says, in words that show which: "2nd", "x", "3 points".
    """
    title = election.title
    if title[:1] in ("=", "+", "-", "@", "\t"):
        title = f" {title}"  # so that no spreadsheet takes it for a formula
    heads = ["weight", *(f"{title} [{name}]".lstrip("\n") for name in election.candidates)]
    if not title:
        heads = ["weight", *(f"[{name}]" for name in election.candidates)]
    lines = [",".join(map(quoted, heads))]
    for paper in election.papers:
        at: dict[int, list[int]] = {}
        for rank, numbers in enumerate(paper.ranks, start=1):
            for number in numbers:
                at.setdefault(number, []).append(rank)
        every = range(1, len(election.candidates) + 1)
        cells = [_cell(at[n], marks) if n in at else "" for n in every]
        lines.append(",".join(map(quoted, [str(paper.weight), *cells])))
    return "\r\n".join(lines) + "\r\n"


def _cell(ranks: list[int], marks: Marks) -> str:
    """The cell of a candidate who stands at these ranks of a paper, one for each mark."""
    if marks == "crosses":
        return "x"
    if marks == "points":
        return some(len(ranks), "points")
    return "; ".join(map(nth, ranks))


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


def _shown(columns: Columns, body: list[list[Word]]) -> Marks:
    """What the cells of the columns show that they hold. Raises Unreadable where they do not."""
    cells = [row[place].stripped for row in body for place in columns.marks]
    cells = [cell for cell in cells if not is_unranked(cell.text)]
    shown: dict[Marks, Word] = {}
    for cell in cells:
        if (is_cross(cell.text) or is_no_cross(cell.text)) and not cell.text.isdigit():
            shown.setdefault("crosses", cell)
        elif (points := POINTS.fullmatch(cell.text)) and points[2]:
            shown.setdefault("points", cell)
        elif rank_of(re.split("[,;]", cell.text)[0]) and not cell.text.isdigit():
            shown.setdefault("ranks", cell)
    if len(shown) == 1 or not cells:
        return next(iter(shown), "ranks")
    doubtful = [*shown.values(), *cells][-1] if len(shown) > 1 else cells[0]
    why = "a number alone may be any of them" if not shown else "the cells show several of them"
    raise doubtful.fault(f"--marks ranks, crosses or points, since {why}")


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
            what = f"a rank from 1 to {most}"
            if asked == "crosses":
                what = "a cross (x, yes or 1, no or 0 or nothing for none)"
            elif answers_yes_or_no(cell.text):
                what += " (yes and no are for a rule that asks for crosses, or for yes and no)"
            raise cell.stripped.fault(f'{what} in the column "{_short(label)}"')
        ranks.append(rank)
    return ranks


def _by_name(
    columns: Columns,
    body: list[list[Word]],
    known: Collection[str],
    asked: Marks,
    *,
    one_mark: bool,
) -> Answers:
    """Cells hold names: columns are ranks, or the only one is a question."""
    if columns.cells == "names":
        cells = [row[next(iter(columns.marks))] for row in body]
        return answers_of(cells, known, asked=asked, one_mark=one_mark)
    places = sorted(columns.marks, key=columns.ranks.__getitem__)
    texts = [[row[place].text.strip() for place in places] for row in body]
    said = {text for row in texts for text in row}
    nobody = {text for text in said if text not in known and is_nobody(text)}
    names = sorted(said - nobody - {text for text in said if is_overvote(text)})
    if not names:
        raise body[-1][places[0]].fault("a candidate's name in at least one paper")
    # All that are known, so that an overvote, where ranks are asked for, is shared by all of them.
    names = sorted({*names, *known})
    if len(names) > MOST_CANDIDATES:
        raise body[-1][places[0]].fault(f"no more than {MOST_CANDIDATES} candidates")
    numbers = {name: (number,) for number, name in enumerate(names, start=1)}
    overvoted = overvote(len(names), asked)
    means = {text: overvoted if is_overvote(text) else numbers.get(text, ()) for text in said}
    orders = []
    for row in texts:
        ranks = [means[text] for text in row]
        while ranks and not ranks[-1]:
            ranks.pop()
        orders.append(ranks)
    words = [f'"{text}"' for text in sorted(nobody) if not is_blank(text)]
    are = "is" if len(words) == 1 else "are"
    notes = (f"{listed(words)} {are} read as nobody.",) if words else ()
    return Answers(tuple(names), orders, notes)


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
