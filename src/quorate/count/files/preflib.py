"""PrefLib's files of orders: .soc, .soi, .toc and .toi, as they are now and as they were.

Source: "Data format", preflib.org. Since 2022 metadata stand in lines "# KEY: value", with
"# NUMBER ALTERNATIVES: 3", "# NUMBER VOTERS: 5" and "# ALTERNATIVE NAME 1: Ada", and an order is
"3: 1,{2,3}": three voters who put 1 first, then 2 and 3 as equals. Before, the first line was the
number of candidates, then came "1,Ada" for each, then "voters,papers,different orders", and an
order was "3,1,{2,3}". The format says nothing of seats.

An order without anybody, "3:", is three papers without a mark.
"""

from __future__ import annotations

import re

from quorate.count.blt import MOST_CANDIDATES, MOST_PAPERS_A_LINE
from quorate.count.figures import some
from quorate.count.files.ballot_file import BallotFile, Format, no_papers, without_seats
from quorate.count.files.place import ANOTHER_NAME, Unreadable, Word, end_of, text_of, whole_number
from quorate.count.papers import Election, Paper

KINDS: tuple[Format, ...] = ("soc", "soi", "toc", "toi")

_KEY = re.compile(r"#\s*(?P<key>[A-Z][A-Z ]*[A-Z])(?P<number>\s+[0-9]+)?\s*:(?P<value>.*)")
_RANK = re.compile(r"(?:\s*\{(?P<equal>[^{}]*)\}\s*|(?P<one>[^,{}]*))(?P<comma>,|\Z)")
_NAMES = "ALTERNATIVE NAME"


def read_preflib(content: bytes | str, kind: Format) -> BallotFile:
    """Reads a .soc, .soi, .toc or .toi file. Raises Unreadable."""
    lines = text_of(content).split("\n")
    first = next((text for text in lines if text.strip()), "")
    return _new(lines, kind) if first.lstrip().startswith("#") else _old(lines, kind)


def write_preflib(election: Election, kind: Format | None = None) -> str:
    """The election in today's format, equal papers on one line; without its seats.

    ``kind``: which of the four the file says it is, which must hold the papers (``kind_of``); by
    default the narrowest that does.
    """
    weights: dict[str, int] = {}
    for paper in election.papers:
        order = ",".join(
            str(rank[0]) if len(rank) == 1 else "{" + ",".join(map(str, rank)) + "}"
            for rank in paper.ranks
        )
        weights[order] = weights.get(order, 0) + paper.weight
    lines = [
        f"# TITLE: {election.title}",
        f"# DATA TYPE: {kind or kind_of(election)}",
        f"# NUMBER ALTERNATIVES: {len(election.candidates)}",
        f"# NUMBER VOTERS: {sum(weights.values())}",
        f"# NUMBER UNIQUE ORDERS: {len(weights)}",
    ]
    lines += [f"# {_NAMES} {n}: {name}" for n, name in enumerate(election.candidates, start=1)]
    lines += [f"{weight}: {order}".rstrip() for order, weight in weights.items()]
    return "\n".join(lines) + "\n"


def kind_of(election: Election) -> Format:
    """Which of the four kinds the papers are: strict or with ties, complete or incomplete."""
    ties = any(len(rank) > 1 for paper in election.papers for rank in paper.ranks)
    every = frozenset(range(1, len(election.candidates) + 1))
    complete = all(paper.marks == every for paper in election.papers)
    if ties:
        return "toc" if complete else "toi"
    return "soc" if complete else "soi"


def _new(lines: list[str], kind: Format) -> BallotFile:
    """Metadata lines, then orders such as "3: 1,2"."""
    keys: dict[str, Word] = {}
    names: dict[int, Word] = {}
    orders: list[Word] = []
    for line, text in enumerate(lines, start=1):
        if match := _KEY.fullmatch(text.strip()):
            start = len(text) - len(text.lstrip())
            value = Word(match["value"], line, start + match.start("value") + 1).stripped
            if match["key"] == _NAMES and match["number"]:
                number = Word(match["number"], line, start + match.start("number") + 1).stripped
                place = whole_number(number, 1, MOST_CANDIDATES, "a candidate's number")
                if place in names:
                    raise number.fault("a number that no other candidate has")
                names[place] = value
            else:
                keys[match["key"]] = value
        elif text.strip() and not text.lstrip().startswith("#"):
            orders.append(Word(text, line, 1))
    if kind_word := keys.get("DATA TYPE"):
        stated = next((one for one in KINDS if one == kind_word.text.lower()), None)
        if stated is None:
            raise kind_word.fault(f"a data type of {', '.join(KINDS)}")
        kind = stated
    if "NUMBER ALTERNATIVES" not in keys:
        raise end_of(lines, '"# NUMBER ALTERNATIVES:" with the number of candidates')
    count = whole_number(
        keys["NUMBER ALTERNATIVES"], 1, MOST_CANDIDATES, "the number of candidates"
    )
    candidates = _named(names, count, keys["NUMBER ALTERNATIVES"])
    papers = [_paper(order, ":", count, kind) for order in orders]
    if not papers:
        raise no_papers(len(lines), len(lines[-1]) + 1)
    _as_many_as_stated(papers, keys.get("NUMBER VOTERS"))
    title = keys["TITLE"].text if "TITLE" in keys else ""
    return without_seats(kind, title, candidates, papers)


def _old(lines: list[str], kind: Format) -> BallotFile:
    """The number of candidates, their names, a line of sums, then orders such as "3,1,2"."""
    rows = [Word(text, line, 1) for line, text in enumerate(lines, start=1) if text.strip()]
    if not rows:
        raise end_of(lines, "the number of candidates")
    count = whole_number(rows[0].stripped, 1, MOST_CANDIDATES, "the number of candidates")
    if len(rows) < count + 2:
        missing = f"{count} names and a line of sums after the number of candidates"
        raise end_of(lines, missing)
    names: dict[int, Word] = {}
    for row in rows[1 : count + 1]:
        number, name = _split(row, ",", "a candidate's number, a comma and the name")
        place = whole_number(number.stripped, 1, count, "a candidate's number")
        if place in names:
            raise number.fault("a number that no other candidate has")
        names[place] = name.stripped
    candidates = _named(names, count, rows[0])
    voters, rest = _split(rows[count + 1], ",", "the numbers of voters, papers and orders")
    stated, _ = _split(rest, ",", "the numbers of voters, papers and orders")
    most = MOST_PAPERS_A_LINE
    for word in (voters, stated):
        whole_number(word.stripped, 0, most, "the numbers of voters and papers")
    papers = [_paper(row, ",", count, kind) for row in rows[count + 2 :]]
    if not papers:
        raise no_papers(len(lines), len(lines[-1]) + 1)
    _as_many_as_stated(papers, stated.stripped)
    return without_seats(kind, "", candidates, papers)


def _named(names: dict[int, Word], count: int, stated: Word) -> tuple[str, ...]:
    """The names in order: as many as stated, each with a text, none twice."""
    for number, name in names.items():
        if number > count:
            raise name.fault(f"no more names than the {some(count, 'candidates')} stated")
    for number in range(1, count + 1):
        if number not in names:
            raise stated.fault(f"no more candidates than names: candidate {number} has none")
    seen: set[str] = set()
    for number in range(1, count + 1):
        if not names[number].text:
            raise names[number].fault(f"the name of candidate {number}")
        if names[number].text in seen:
            raise names[number].fault(ANOTHER_NAME)
        seen.add(names[number].text)
    return tuple(names[number].text for number in range(1, count + 1))


def _paper(row: Word, separator: str, count: int, kind: Format) -> Paper:
    if separator == "," and "," not in row.text:
        papers, order = row, Word("", row.line, row.column + len(row.text))
    else:
        papers, order = _split(row, separator, f'a number of papers, "{separator}" and an order')
    weight = whole_number(papers.stripped, 1, MOST_PAPERS_A_LINE, "how many papers are so")
    ranks = _ranks(order, count)
    numbers = [number for rank in ranks for number in rank]
    if len(set(numbers)) < len(numbers):
        raise order.stripped.fault("each candidate once in an order")
    if kind in ("soc", "toc") and numbers and len(numbers) < count:
        raise order.stripped.fault(
            f"all {count} candidates in an order of a .{kind} file (.soi and .toi are for others)"
        )
    return Paper(weight, ranks)


def _ranks(order: Word, count: int) -> list[tuple[int, ...]]:
    """The ranks of "1,{2,3}"."""
    ranks: list[tuple[int, ...]] = []
    if not order.text.strip():
        return ranks
    place = 0
    while True:
        match = _RANK.match(order.text, place)
        if match is None:
            rest = Word(order.text[place:], order.line, order.column + place)
            raise rest.stripped.fault("a candidate's number, or several in { and }")
        kind = "one" if match["equal"] is None else "equal"
        words = _parts(Word(match[kind], order.line, order.column + match.start(kind)))
        ranks.append(
            tuple(whole_number(word.stripped, 1, count, "a candidate's number") for word in words)
        )
        if not match["comma"]:
            return ranks
        place = match.end()


def _parts(word: Word) -> list[Word]:
    """The pieces between commas, each at its own column."""
    parts, column = [], word.column
    for piece in word.text.split(","):
        parts.append(Word(piece, word.line, column))
        column += len(piece) + 1
    return parts


def _split(word: Word, separator: str, expected: str) -> tuple[Word, Word]:
    """What stands before and after the first separator. Raises Unreadable without one."""
    before, found, after = word.text.partition(separator)
    if not found:
        raise word.stripped.fault(expected)
    column = word.column + len(before) + len(separator)
    return Word(before, word.line, word.column), Word(after, word.line, column)


def _as_many_as_stated(papers: list[Paper], stated: Word | None) -> None:
    """A file that was cut off holds fewer papers than it says. Raises Unreadable."""
    read = sum(paper.weight for paper in papers)
    if stated is not None and stated.text != str(read):
        raise Unreadable(
            stated.line,
            stated.column,
            f"{read}, the number of papers in the orders below",
            f'"{stated.text}"',
        )
