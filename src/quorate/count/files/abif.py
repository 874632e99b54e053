"""ABIF, the Aggregated Ballot Information Format.

Source: github.com/electorama/abif, abif-v0.31.ebnf and the test files beside it;
electowiki.org/wiki/ABIF.

    # a comment, also after a space behind something
    {"title": "Officers"}            metadata; the title is kept
    =DGM:[Doña García Márquez]       DGM stands for this candidate
    27: DGM > "S B" = [Sue] > AM     27 papers; bare, quoted and bracketed names; = for equals
    26: DGM/5, AM/2                  ratings: the higher, the better; * may stand for the colon
    10:                              ten papers without a mark

Candidates stand in the order in which the file first names them. If some are declared, a bare or
quoted name in a paper must be declared; a bracketed one need not. Ratings are read as an order of
preference, equal ones as equals. If the file has no rating but 0 and 1, it is an approval: who is
rated 1 is marked, who is rated 0 is not. Names with a comma between them and no ratings are
equals. Where the rule asks for points, a rating is so many points. Ratings must not contradict the
signs > and = between them. The format says nothing of seats.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from quorate.count.blt import MOST_CANDIDATES, MOST_PAPERS_A_LINE
from quorate.count.files.ballot_file import BallotFile, no_papers, without_seats
from quorate.count.files.place import ANOTHER_NAME, Word, text_of, whole_number
from quorate.count.papers import Election, Marks, Paper

MOST_RATING = 1_000_000
MOST_POINTS = 1_000
"""A paper gives one candidate no more: each point is a mark of its own."""

_TOKEN = re.compile(r'\[(?P<square>[^\]]*)\]|"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[\w-]+)')
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_COUNT = re.compile(r"\s*(?P<papers>[^\s:*]*)\s*(?P<sign>[:*])")
_META = re.compile(
    r'\{\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>\w+))\s*:(?P<value>(?:"(?:[^"\\]|\\.)*"|[^"}])*)\}'
)
_NOTES: dict[Marks, tuple[str, ...]] = {
    "crosses": ("The ratings are 0 and 1: an approval. Who is rated 1 is marked.",),
    "points": ("Ratings are read as points.",),
    "ranks": ("Ratings are read as an order of preference, equal ratings as equal ranks.",),
}
_GAP = re.compile(r"\s*")
_RATING = re.compile(r"\s*/\s*(?P<rating>[^\s>=,#]*)")


@dataclass(slots=True)
class _Mark:
    """A candidate on a paper: the sign before it ("" for the first), and the rating."""

    number: int
    sign: str
    rating: Word | None


@dataclass(slots=True)
class _File:
    """What is read so far. ``tokens``: what a declared token stands for."""

    names: list[str] = field(default_factory=list)
    tokens: dict[str, int] = field(default_factory=dict)
    declared: bool = False
    title: str = ""
    most_rating: int = MOST_RATING
    papers: list[tuple[int, list[_Mark]]] = field(default_factory=list)


def read_abif(content: bytes | str, asked: Marks | None = "ranks") -> BallotFile:
    """Reads an ABIF file. ``asked``: what marks are to be read as, None for what the file itself
    shows. Raises Unreadable."""
    lines = text_of(content).split("\n")
    rows = [
        row
        for line, text in enumerate(lines, start=1)
        if (row := Word(text, line, 1).stripped).text and not row.text.startswith("#")
    ]
    file = _File(most_rating=MOST_POINTS if asked == "points" else MOST_RATING)
    ballots = [row for row in rows if not _declares(file, row)]
    for row in ballots:
        file.papers.append(_paper(file, row))
    if not file.papers:
        raise no_papers(len(lines), len(lines[-1]) + 1)
    if not file.names:
        raise ballots[-1].fault("a candidate's name in at least one paper")
    reading = _reading(file, asked)
    papers = [Paper(weight, _ranks(marks, reading)) for weight, marks in file.papers]
    notes = (
        _NOTES[reading] if any(mark.rating for _, paper in file.papers for mark in paper) else ()
    )
    return without_seats(
        "abif",
        file.title,
        tuple(file.names),
        papers,
        None,
        notes,
        in_order=file.declared,
        marks=asked or reading,
    )


def write_abif(election: Election, marks: Marks = "ranks") -> str:
    """The election in ABIF, equal papers on one line; without its seats.

    ``marks``: what the papers bear; crosses and points are written as ratings.
    """
    lines = [json.dumps({"title": election.title}, ensure_ascii=False)] if election.title else []
    lines += [f"=c{number}:[{name}]" for number, name in enumerate(election.candidates, start=1)]
    weights: dict[str, int] = {}
    for paper in election.papers:
        order = _order(paper, marks)
        weights[order] = weights.get(order, 0) + paper.weight
    lines += [f"{weight}: {order}".rstrip() for order, weight in weights.items()]
    return "\n".join(lines) + "\n"


def _order(paper: Paper, marks: Marks) -> str:
    """A paper's marks: "c2 > c1 = c3", or ratings such as "c2/3, c1/1"."""
    if marks == "ranks":
        return " > ".join(" = ".join(f"c{number}" for number in rank) for rank in paper.ranks)
    ratings = Counter(number for rank in paper.ranks for number in rank)
    times = {number: 1 if marks == "crosses" else ratings[number] for number in ratings}
    return ", ".join(f"c{number}/{rating}" for number, rating in sorted(times.items()))


def _declares(file: _File, row: Word) -> bool:
    """Whether the line is metadata or declares a candidate, which is then remembered."""
    if row.text.startswith("{"):
        _metadata(file, row)
        return True
    if row.text.startswith("="):
        _candidate(file, row)
        return True
    return False


def _metadata(file: _File, row: Word) -> None:
    match = _META.match(row.text)
    if match is None or not _is_end(row.text[match.end() :]):
        raise row.fault('metadata such as {"title": "Officers"}, one pair a line')
    if (match["quoted"] or match["bare"]) == "title":
        try:
            title = json.loads(match["value"])
        except (ValueError, RecursionError):
            title = None
        if not isinstance(title, str):
            value = Word(match["value"], row.line, row.column + match.start("value"))
            raise value.stripped.fault("a title in quotation marks")
        file.title = title


def _candidate(file: _File, row: Word) -> None:
    """A line "=token:[Name]"."""
    token, place = _token(row, 1)
    colon = re.compile(r"\s*:").match(row.text, place)
    if colon is None:
        raise _rest(row, place).fault("a colon between a candidate's token and name")
    name, place = _token(row, colon.end())
    if not _is_end(row.text[place:]):
        raise _rest(row, place).fault("the end of the line after a candidate's name")
    text = name[0].text.strip()
    if not text:
        raise name[0].fault("a candidate's name")
    if text in file.names:
        raise name[0].fault(ANOTHER_NAME)
    if token[0].text in file.tokens:
        raise token[0].fault("a token that no other candidate has")
    file.tokens[token[0].text] = _new(file, name[0], text)
    file.declared = True


def _paper(file: _File, row: Word) -> tuple[int, list[_Mark]]:
    """A line such as "27: A > B/3"; how many papers, and their marks."""
    start = _COUNT.match(row.text)
    if start is None:
        raise row.fault('a number of papers and a colon, "=" for a candidate, or "{" for metadata')
    papers = Word(start["papers"], row.line, row.column + start.start("papers"))
    weight = whole_number(papers, 1, MOST_PAPERS_A_LINE, "how many papers are so")
    marks: list[_Mark] = []
    place = _after_gap(row.text, start.end())
    if _is_end(row.text[place:], at_word=place > start.end()):
        return weight, marks
    sign = ""
    while True:
        (name, kind), place = _token(row, place)
        number = _number(file, name, kind)
        rating: Word | None = None
        if match := _RATING.match(row.text, place):
            rating = Word(match["rating"], row.line, row.column + match.start("rating"))
            whole_number(rating, 0, file.most_rating, "a rating")
            place = match.end()
        marks.append(_Mark(number, sign, rating))
        after = _after_gap(row.text, place)
        if _is_end(row.text[after:], at_word=after > place):
            break
        sign = row.text[after]
        if sign not in ">=,":
            raise _rest(row, after).fault("one of > = , / or the end of the line")
        place = after + 1
    _checked(row, marks)
    return weight, marks


def _checked(row: Word, marks: list[_Mark]) -> None:
    """Either every mark of a paper has a rating or none, and ratings agree with > and =."""
    rated = [mark for mark in marks if mark.rating is not None]
    if rated and len(rated) < len(marks):
        raise row.fault("a rating for every candidate of the paper, or for none")
    if not rated and {mark.sign for mark in marks} >= {",", ">"}:
        raise row.fault("either > or commas between candidates without ratings")
    for before, mark in pairwise(rated):
        if before.rating is None or mark.rating is None:
            continue
        higher, lower = int(before.rating.text), int(mark.rating.text)
        if (mark.sign == ">" and higher < lower) or (mark.sign == "=" and higher != lower):
            raise mark.rating.fault("a rating that agrees with the signs > and = before it")


def _is_approval(file: _File) -> bool:
    """Whether there are ratings, in commas, and all of them are 0 or 1."""
    marks = [mark for _, paper in file.papers for mark in paper]
    rated = {mark.rating.text for mark in marks if mark.rating is not None}
    in_order = any(mark.sign == ">" for mark in marks)
    unrated = any(mark.rating is None for mark in marks)
    return bool(rated) and {int(text) for text in rated} <= {0, 1} and not in_order and not unrated


def _reading(file: _File, asked: Marks | None) -> Marks:
    """How the ratings are to be read. Raises Unreadable where nothing says it."""
    if asked == "points":
        return "points"
    if _is_approval(file):
        return "crosses"
    rated = [mark.rating for _, paper in file.papers for mark in paper if mark.rating]
    if asked is None and rated:
        raise rated[0].fault("--marks ranks or --marks points, since a rating may stand for either")
    return "ranks"


def _ranks(marks: list[_Mark], reading: Marks) -> list[tuple[int, ...]]:
    if reading == "points" and marks and marks[0].rating is not None:
        points = [m.number for m in marks for _ in range(int(m.rating.text) if m.rating else 0)]
        return [tuple(points)] if points else []
    if reading == "crosses":
        chosen = [mark.number for mark in marks if mark.rating and int(mark.rating.text) == 1]
        return [tuple(chosen)] if chosen else []
    if marks and marks[0].rating is not None and any(mark.sign == "," for mark in marks):
        by_rating: dict[int, list[int]] = {}
        for mark in marks:
            rating = int(mark.rating.text) if mark.rating else 0
            by_rating.setdefault(rating, []).append(mark.number)
        return [tuple(by_rating[rating]) for rating in sorted(by_rating, reverse=True)]
    ranks: list[list[int]] = []
    for mark in marks:
        if mark.sign in ("=", ","):
            ranks[-1].append(mark.number)
        else:
            ranks.append([mark.number])
    return [tuple(rank) for rank in ranks]


def _token(row: Word, place: int) -> tuple[tuple[Word, str], int]:
    """The candidate token at ``place``, its kind (square, quoted, bare), and the place after it."""
    place = _after_gap(row.text, place)
    match = _TOKEN.match(row.text, place)
    if match is None:
        raise _rest(row, place).fault('a candidate: a bare word, "in quotes" or [in brackets]')
    kind = match.lastgroup or "bare"
    text = match[kind]
    if kind == "quoted":
        text = re.sub(r"\\(.)", r"\1", text)
    return (Word(text, row.line, row.column + match.start()), kind), match.end()


def _number(file: _File, name: Word, kind: str) -> int:
    """The candidate whom a paper names; a new one where the file declares none like that."""
    text = name.text.strip()
    if kind != "square" and name.text in file.tokens:
        return file.tokens[name.text]
    if text in file.names:
        return file.names.index(text) + 1
    if name.text in file.tokens:
        return file.tokens[name.text]
    if file.declared and kind != "square":
        raise name.fault("a candidate declared by a line =token:[Name]")
    if not text or (kind == "bare" and not _BARE.fullmatch(text) and text[0] in "0123456789-"):
        raise name.fault('a candidate: a bare word, "in quotes" or [in brackets]')
    return _new(file, name, text)


def _new(file: _File, name: Word, text: str) -> int:
    if len(file.names) == MOST_CANDIDATES:
        raise name.fault(f"no more than {MOST_CANDIDATES} candidates")
    file.names.append(text)
    return len(file.names)


def _after_gap(text: str, place: int) -> int:
    match = _GAP.match(text, place)
    return match.end() if match else place


def _is_end(rest: str, *, at_word: bool = False) -> bool:
    """Whether nothing follows but a comment, which needs a space before it."""
    return not rest.strip() or (rest.startswith("#") and at_word) or rest.lstrip()[:1] == "#"


def _rest(row: Word, place: int) -> Word:
    return Word(row.text[place:], row.line, row.column + place)
