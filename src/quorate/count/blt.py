"""Reading and writing elections as .blt files, with the real world's variations.

The format (Hill, Wichmann and Woodall, Algorithm 123, 1987; later OpenSTV's and others'):

    4 2                  candidates and seats
    -2 -3                candidates who have withdrawn (any number of such lines, or none)
    3 1 4 0              three papers: candidate 1 first, candidate 4 second
    (A17) 1 4=3 - 1 0    a paper with an id; 4 and 3 equal first, no second rank, 1 third
    5 0                  five papers without a mark
    0                    end of the papers
    "Adam" "Green"       the candidates' names, one a line, a party where there is one
    Basil Rathbone       ... or without quotation marks, also before a party in them
    "Title"              the title (may be missing), then a source and a comment in quotes

Commas count as spaces between numbers, between quoted fields, and at the end of any line. ``#``
starts a comment, at the start of a line or after a space; ``/* */`` encloses one. Several papers
may stand on a line, but none goes on to the next. Names and title may all stand on one line if they
are quoted. A quotation mark within quotes is written twice. Names may stand in comments as PrefLib
writes them, "# ALTERNATIVE NAME 1: Ada", if nothing else comes before them. Text is UTF-8, with or
without a byte order mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quorate.count.blt_names import Names, read_names
from quorate.count.blt_text import BltError, Word, lines_of, words_of
from quorate.count.figures import some
from quorate.count.papers import Election, Paper, checked

__all__ = ["Blt", "BltError", "read_blt", "read_line", "write_blt"]

MOST_CANDIDATES = 10_000
MOST_SEATS = 10_000
"""Where a candidate, a list or a slate, may take several."""
MOST_PAPERS_A_LINE = 1_000_000_000

_NUMBER = re.compile(r"[0-9]{1,12}")
_WITHDRAWN = re.compile(r"-([0-9]{1,12})")
_PAPER_GOES_ON = frozenset("0123456789=-")
_RANK = re.compile(r"[0-9]{1,12}(=[0-9]{1,12})*")


@dataclass(frozen=True, slots=True)
class Blt:
    """A file's content. ``parties``: parallel to the candidates, "" without one.

    ``ids``: parallel to the papers, "" without one. ``papers_read``: how many papers the lines
    stand for; all of them are in the election.
    """

    election: Election
    parties: tuple[str, ...]
    ids: tuple[str, ...]
    papers_read: int
    source: str
    comment: str


def read_blt(content: bytes | str, *, several_each: bool = False) -> Blt:
    """Reads a .blt file. Raises BltError naming line, column and what was expected.

    ``several_each``: there may be more seats than candidates, who are lists or slates.
    """
    lines = lines_of(content)
    numbered = iter(enumerate(lines, start=1))
    candidates, seats = _header(numbered, lines, several_each)
    withdrawn: set[int] = set()
    papers: list[Paper] = []
    ids: list[str] = []
    end: Word | None = None
    for line, text in numbered:
        words = list(words_of(text, line))
        if words and not papers and all(_WITHDRAWN.fullmatch(word.text) for word in words):
            withdrawn |= {_withdrawn(word, candidates) for word in words}
            continue
        end = _papers(words, candidates, len(text) + 1, papers, ids)
        if end is not None:
            break
    if end is None:
        raise _ended(lines, "0 on a line of its own after the last paper")
    if not papers:
        raise end.fault("at least one paper")
    names = read_names(lines, end, candidates)
    return _blt(names, seats, frozenset(withdrawn), papers, ids)


def read_line(text: str, candidates: int, papers: list[Paper]) -> bool:
    """Reads a line's papers into ``papers``, if it holds nothing else, such as the last 0.

    The line is without its end, and has no part of a comment that goes on over lines. Raises
    BltError.
    """
    words = list(words_of(text, 1))
    if words and all(_WITHDRAWN.fullmatch(word.text) for word in words):
        return False
    return _papers(words, candidates, len(text) + 1, papers, []) is None


def write_blt(election: Election, parties: tuple[str, ...] = ()) -> str:
    """The election as a .blt file that ``read_blt`` reads back, one group of papers a line.

    Raises NotCountable, and ValueError for a line break in a name or the title.
    """
    checked(election)
    lines = [f"{len(election.candidates)} {election.seats}"]
    lines += [f"-{number}" for number in sorted(election.withdrawn)]
    for paper in election.papers:
        ranks = ["=".join(map(str, rank)) or "-" for rank in paper.ranks]
        lines.append(" ".join([str(paper.weight), *ranks, "0"]))
    lines.append("0")
    for place, name in enumerate(election.candidates):
        party = parties[place] if parties else ""
        lines.append(f"{_quoted(name)} {_quoted(party)}" if party else _quoted(name))
    lines.append(_quoted(election.title))
    return "\n".join(lines) + "\n"


def _header(
    numbered: Iterator[tuple[int, str]], lines: list[str], several_each: bool
) -> tuple[int, int]:
    """The numbers of candidates and seats, from the first line that is not blank."""
    for line, text in numbered:
        words = list(words_of(text, line))
        if not words:
            continue
        candidates = _number(words[0], 1, MOST_CANDIDATES, "the number of candidates")
        if len(words) < 2:
            raise BltError(line, len(text) + 1, "the number of seats", "the end of the line")
        most = MOST_SEATS if several_each else candidates
        seats = _number(words[1], 1, most, f"the seats of {some(candidates, 'candidates')}")
        if len(words) > 2:
            raise words[2].fault("the end of the line after candidates and seats")
        return candidates, seats
    raise _ended(lines, "the numbers of candidates and seats")


def _papers(
    words: list[Word], candidates: int, after: int, papers: list[Paper], ids: list[str]
) -> Word | None:
    """Reads a line's papers into ``papers`` and ``ids``; the 0 that ends them all, if it is here.

    ``after``: the column after the line.
    """
    rest = iter(words)
    for word in rest:
        if word.text == "0":
            after_end = next(rest, None)
            if after_end is not None and after_end.text[:1] in _PAPER_GOES_ON:
                raise word.fault(
                    "how many papers are so, at least 1 (leave the line out if there is none), or "
                    "a 0 alone on its line after the last paper"
                )
            return word
        name = ""
        if word.text.startswith("(") and word.text.endswith(")"):
            name = word.text[1:-1].strip()
            after_id = next(rest, None)
            if after_id is None:
                raise BltError(word.line, after, "how many papers are so", "the end of the line")
            word = after_id
        weight = _number(word, 1, MOST_PAPERS_A_LINE, "how many papers are so")
        ranks: list[tuple[int, ...]] = []
        for rank in rest:
            if rank.text == "0":
                break
            ranks.append(_rank(rank, candidates))
        else:
            raise BltError(word.line, after, "0 at the end of the paper", "the end of the line")
        papers.append(Paper(weight, ranks))
        ids.append(name)
    return None


def _rank(word: Word, candidates: int) -> tuple[int, ...]:
    """A rank's candidates: "3", "3=1", or "-" for a skipped rank."""
    if word.text == "-":
        return ()
    numbers = tuple(map(int, word.text.split("="))) if _RANK.fullmatch(word.text) else (0,)
    if not all(1 <= number <= candidates for number in numbers):
        raise word.fault(
            f"a candidate's number from 1 to {candidates}, several joined by =, "
            "- for a skipped rank, or 0 at the end of the paper"
        )
    return numbers


def _withdrawn(word: Word, candidates: int) -> int:
    number = int(word.text[1:])
    if not 1 <= number <= candidates:
        raise word.fault(f"a withdrawn candidate from -1 to -{candidates}")
    return number


def _number(word: Word, least: int, most: int, what: str) -> int:
    number = int(word.text) if _NUMBER.fullmatch(word.text) else None
    if number is None or not least <= number <= most:
        raise word.fault(f"{what}, a whole number from {least} to {most}")
    return number


def _blt(
    names: Names, seats: int, withdrawn: frozenset[int], papers: list[Paper], ids: list[str]
) -> Blt:
    return Blt(
        election=Election(names.title, seats, names.names, withdrawn, tuple(papers)),
        parties=names.parties,
        ids=tuple(ids),
        papers_read=sum(paper.weight for paper in papers),
        source=names.source,
        comment=names.comment,
    )


def _ended(lines: list[str], expected: str) -> BltError:
    return BltError(len(lines), len(lines[-1]) + 1, expected, "the end of the file")


def _quoted(text: str) -> str:
    if "\n" in text or "\r" in text:
        raise ValueError(f"a name of several lines cannot be written: {text!r}")
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
