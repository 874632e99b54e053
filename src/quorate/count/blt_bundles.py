"""Reading a .blt file straight into bundles: what is plain by a short way, all else with care.

A plain file has the two numbers of its head on one line, then perhaps lines of withdrawn
candidates, then a paper a line in digits, spaces, commas and tabs, the line "0", and the names.
Its papers are read without making an object of each (``blt_array``, and for large files
``blt_kernel``). Lines that are not (comments, ids, shared or skipped ranks) are read with care one
by one, and the others as before. A file with any fault, or that is not so at all, is read by
``blt.read_blt``, so that errors come from one place and all ways give the same election.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from quorate.count import blt_array
from quorate.count.blt import MOST_CANDIDATES, MOST_SEATS, read_blt, read_line
from quorate.count.blt_names import Names, read_names
from quorate.count.blt_text import BltError, Word, lines_of
from quorate.count.bundles import BundledElection, Bundles, bundled, bundles_of, joined
from quorate.count.papers import Paper

PAYS_THE_KERNEL = 4_000_000
"""From so many bytes of papers on, loading the compiled reader takes less time than it saves."""

Reader = Callable[[bytes, int], Bundles | None]

_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?[ \t]*([0-9]{1,12})[ \t,]+([0-9]{1,12})[ \t,]*\r?\n"
    rb"((?:[ \t,]*-[0-9]{1,12}(?:[ \t,]+-[0-9]{1,12})*[ \t,]*\r?\n)*)"
)
_WITHDRAWN = re.compile(rb"[0-9]+")


@dataclass(frozen=True, slots=True, eq=False)
class BundledBlt:
    """A file's content as in ``blt.Blt``, without the papers' ids."""

    election: BundledElection
    parties: tuple[str, ...]
    papers_read: int
    source: str
    comment: str


def read_blt_bundles(content: bytes, *, several_each: bool = False) -> BundledBlt:
    """Reads a .blt file as ``read_blt`` does. Raises BltError."""
    short = _plain(content, several_each) or _by_parts(content, several_each, _mixed)
    if short is not None:
        return short
    careful = read_blt(content, several_each=several_each)
    return BundledBlt(
        bundled(careful.election),
        careful.parties,
        careful.papers_read,
        careful.source,
        careful.comment,
    )


def _plain(content: bytes, several_each: bool = False) -> BundledBlt | None:
    """The file, if it is plain to its end and without fault."""
    return _by_parts(content, several_each, lambda papers, n: _reader(len(papers))(papers, n))


def _by_parts(content: bytes, several_each: bool, read: Reader) -> BundledBlt | None:
    """The file, if its head and its end are plain and ``read`` reads its papers."""
    head = _HEAD.match(content)
    if head is None:
        return None
    mark = b"\n0\r\n" if b"\r" in head[0] else b"\n0\n"
    # Sought from the end, where it is near. Were it too late, the papers would not read as plain.
    end = content.rfind(mark)
    if end < head.end() - 1:
        return None
    candidates, seats = int(head[1]), int(head[2])
    withdrawn = frozenset(map(int, _WITHDRAWN.findall(head[3])))
    most = MOST_SEATS if several_each else candidates
    if not (1 <= seats <= most and candidates <= MOST_CANDIDATES):
        return None
    if not all(1 <= number <= candidates for number in withdrawn):
        return None
    papers = content[head.end() : end + 1]
    names = _names(content[end + len(mark) :], candidates)
    bundles = read(papers, candidates) if names else None
    if names is None or bundles is None or not len(bundles.weights):
        return None
    return BundledBlt(
        BundledElection(names.title, seats, names.names, withdrawn, bundles),
        names.parties,
        bundles.papers,
        names.source,
        names.comment,
    )


def _mixed(papers: bytes, candidates: int) -> Bundles | None:
    """The papers, of which not all lines are plain; None if there is a fault in them, or anything
    that goes on over lines."""
    if b"/*" in papers or re.search(rb"\r(?!\n)", papers):
        return None
    others: list[bytes] = []

    def taken_out(match: re.Match[bytes]) -> bytes:
        others.append(match[0])
        return b""

    rest = _not_plain(candidates).sub(taken_out, papers)
    plain = _reader(len(rest))(rest, candidates) if rest.strip() else None
    if rest.strip() and plain is None:
        return None
    careful: list[Paper] = []
    try:
        for line in others:
            if not read_line(line.decode().rstrip("\r\n"), candidates, careful):
                return None
    except (UnicodeDecodeError, BltError):
        return None
    return joined([one for one in (plain, bundles_of(careful, candidates)) if one is not None])


@cache
def _not_plain(candidates: int) -> re.Pattern[bytes]:
    """A line that is neither empty nor one paper in plain numbers, with as many marks at most as
    there are candidates."""
    paper = rb"[1-9][0-9]{0,9}(?:[ ,\t]+[1-9][0-9]{0,9}){0,%d}[ ,\t]+0[ ,\t]*" % candidates
    return re.compile(rb"^(?![ ,\t]*(?:%b)?\r?\n).*\n" % paper, re.MULTILINE)


def _names(rest: bytes, candidates: int) -> Names | None:
    """What stands after the papers, unless there is a fault in it."""
    try:
        text = rest.decode("utf-8")
        return read_names(["0", *lines_of(f"\n{text}")[1:]], Word("0", 1, 1), candidates)
    except (UnicodeDecodeError, BltError):
        return None


def _reader(size: int) -> Reader:
    """The quickest way to read so many bytes of papers."""
    if size >= PAYS_THE_KERNEL or _kernel.cache_info().currsize:
        return _kernel() or blt_array.read
    return blt_array.read


@cache
def _kernel() -> Reader | None:
    """The compiled reader, loaded once; None where numba is missing or does not work."""
    try:
        from quorate.count import blt_kernel

        blt_kernel.read(b"1 1 0\n", 1)
    except Exception:  # numba fails in its own ways: no place for its cache, no LLVM, an old NumPy
        return None
    return blt_kernel.read


def load_kernel() -> bool:
    """Loads the compiled reader now, for a process that will read many files; whether it works."""
    return _kernel() is not None
