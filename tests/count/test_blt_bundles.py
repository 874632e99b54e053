"""Reading .blt files straight into bundles: the same elections and the same errors by every way."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from elections_drawn import elections
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_blt import PIECES

from quorate.count import blt_array, blt_bundles
from quorate.count.blt import BltError, read_blt, write_blt
from quorate.count.blt_bundles import load_kernel, read_blt_bundles
from quorate.count.bundles import Bundles, bundled, paper_of
from quorate.count.papers import Election, Paper

blt_kernel = pytest.importorskip("quorate.count.blt_kernel")

ELECTIONS = Path(__file__).parents[1] / "real" / "elections"
WARDS = sorted(ELECTIONS.glob("*.blt"))
Told = Counter[tuple[tuple[int, ...], ...]]


def told(papers: tuple[Paper, ...]) -> Told:
    """The papers, however they are grouped."""
    weights: Told = Counter()
    for paper in papers:
        weights[paper.ranks] += paper.weight
    return weights


def told_bundles(bundles: Bundles | None) -> tuple[Told, set[tuple[tuple[int, ...], ...]]] | None:
    """The papers, and those of them that are unclear."""
    if bundles is None:
        return None
    papers = tuple(paper_of(bundles, row) for row in range(len(bundles.weights)))
    return told(papers), {papers[row].ranks for row in bundles.unclear.tolist()}


def fault(read: Callable[[bytes], object], content: bytes) -> str | None:
    """What the reader says is wrong with the file."""
    try:
        read(content)
    except BltError as error:
        return str(error)
    return None


def all_ways_agree(content: bytes) -> None:
    """Careful, by NumPy and by the kernel."""
    assert fault(read_blt_bundles, content) == fault(read_blt, content)
    if fault(read_blt, content) is not None:
        return
    careful, short = read_blt(content), read_blt_bundles(content)
    assert replace(short.election.as_election(), papers=()) == replace(careful.election, papers=())
    assert told(short.election.as_election().papers) == told(careful.election.papers)
    assert told_bundles(short.election.bundles) == told_bundles(bundled(careful.election).bundles)
    assert (short.parties, short.papers_read) == (careful.parties, careful.papers_read)
    assert (short.source, short.comment) == (careful.source, careful.comment)


@pytest.fixture(params=["NumPy", "the kernel"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test here runs by both."""
    reader = blt_array.read if request.param == "NumPy" else blt_kernel.read
    monkeypatch.setattr(blt_bundles, "_reader", lambda size: reader)


def is_plain(content: bytes) -> bool:
    return blt_bundles._plain(content) is not None


@pytest.mark.parametrize("path", WARDS, ids=lambda path: path.stem)
def test_real_wards_are_plain_and_read_alike(path: Path) -> None:
    assert is_plain(path.read_bytes())
    all_ways_agree(path.read_bytes())


@pytest.mark.parametrize(
    ("content", "plain"),
    [
        (b"2 1\n3 1 2 0\n1 2 0\n2 0\n0\na\nb\nt\n", True),
        (b"\xef\xbb\xbf2, 1\r\n-2\r\n3,1,2,0\r\n\r\n1\t2 0 \r\n0\r\n\"a\" \"p\"\r\nb\r\n", True),
        (b"2 1\n-1 -2\n3 1 1 0\n3 2 1 0\n0\n# names\n\"a\"\n\"b\"\n\"t\"\n\"s\"\n\"c\"\n", True),
        (b"2 1\n1 1 0\n1 1 0\n0\na\n0\n", False),
        (b"2 1\n3 1=2 0\n0\na\nb\n", False),
        (b"2 1\n3 1 - 2 0\n0\na\nb\n", False),
        (b"2 1\n(x) 3 1 2 0\n0\na\nb\n", False),
        (b"2 1\n3 1 2 0 # three\n0\na\nb\n", False),
        (b"2 1\n3 1 2 0 4 2 0\n0\na\nb\n", False),
        (b"2 1\n01 1 2 0\n0\na\nb\n", False),
        (b"2 1\n3 1 2 1 2 0\n0\na\nb\n", False),
        (b"2 1\n3 1 2 0\r1 2 0\n0\na\nb\n", False),
        (b"2 1\n3 1 2 0\n0 \"a\" \"b\"\n", False),
        (b"2 1\n\xef\xbb\xbf3 1 2 0\n0\na\nb\n", False),
        (b"2 1\n3 1 2 0\n0\n\xef\xbb\xbfa\nb\n", True),
        (b"2 1\n1000000000 1 0\n0\na\nb\n", True),
        (b"2 1\n1000000001 1 0\n0\na\nb\n", False),
        (b"2 1\n18446744073709551617 1 0\n0\na\nb\n", False),
        (b"2 1\n1 18446744073709551617 0\n0\na\nb\n", False),
        (b"2 1\n1 3 0\n0\na\nb\n", False),
        (b"2 1\n1 1\n2 0 0\n0\na\nb\n", False),
        (b"2 1\n0\na\nb\n", False),
        (b"2 1\n\n0\na\nb\n", False),
        (b"2 1\n-3\n1 1 0\n0\na\nb\n", False),
        (b"1 2\n1 1 0\n0\na\nb\n", False),
        (b"2 1\n1 1 0\n0\na\na\n", False),
        (b"2 1\n1 1 0\n0\na\n\xff\n", False),
        (b"2 1\n1 1 0\n0\n/* names */\na\nb\n", True),
        (b"2 1\n1 1 0\n0\na\n/* names\nb\n", False),
        (b"", False),
    ],
)  # fmt: skip
def test_plain_files_go_the_short_way_and_all_read_alike(content: bytes, plain: bool) -> None:
    assert is_plain(content) is plain
    all_ways_agree(content)


@settings(max_examples=200, deadline=None)
@given(elections())
def test_what_is_written_is_read_alike(one: Election) -> None:
    known = range(1, len(one.candidates) + 1)
    papers = tuple(
        Paper(p.weight, [[n for n in rank if n in known] for rank in p.ranks]) for p in one.papers
    )
    all_ways_agree(write_blt(replace(one, papers=papers)).encode())


@settings(max_examples=200, deadline=None)
@given(elections(clear=True))
def test_papers_without_faults_are_plain(one: Election) -> None:
    content = write_blt(one).encode()
    assert is_plain(content) is bool(one.papers)
    all_ways_agree(content)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40), st.booleans())
def test_pieces_of_files_are_read_alike(pieces: list[str], ended: bool) -> None:
    end = "\n1 2 0\n0\na\nb\n" if ended else ""
    all_ways_agree(("2 1\n1 1 2 0\n" + " ".join(pieces) + end).encode())
    all_ways_agree(("2 1\n1 1 2 0\n" + "".join(pieces) + end).encode())


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_real_files_are_read_alike(data: st.DataObject) -> None:
    whole = WARDS[0].read_bytes()
    place = data.draw(st.integers(0, len(whole)))
    gone = data.draw(st.integers(0, 30))
    all_ways_agree(whole[:place] + data.draw(st.binary(max_size=6)) + whole[place + gone :])


LINES = st.lists(
    st.sampled_from([*b"0123456789", *b"0 0 1 2 ", *b"   \n\n\n", *b",\t\r-=x"]), max_size=60
)


@settings(max_examples=600, deadline=None)
@given(LINES.map(bytes), st.integers(1, 12))
@example(b"1 1 2 1 0", 2)
@example(b"9999999999 1 0", 2)
@example(b"", 1)
def test_both_readers_say_the_same_of_any_bytes(papers: bytes, candidates: int) -> None:
    lines = papers + b"\n"
    by_array, by_kernel = blt_array.read(lines, candidates), blt_kernel.read(lines, candidates)
    if by_kernel is not None and not len(by_kernel.weights):
        assert by_array is None
        return
    assert told_bundles(by_array) == told_bundles(by_kernel)


@pytest.mark.parametrize(
    "line", ["3 1=2 0", "(x) 2 1 - 2 0", "1 2 0 # two", "1 1 0 2 2 0", "1 1 2 1 0"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_one_line_that_is_not_plain_is_read_with_care_alone(
    line: str, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ["2 1", *["1 1 2 0"] * 500, line, *["1 2 0"] * 500, "0", "a", "b", "t"]
    content = (end.join(lines) + end).encode()
    all_ways_agree(content)
    with_care = []
    one_line = blt_bundles.read_line
    monkeypatch.setattr(blt_bundles, "read_blt", None)
    monkeypatch.setattr(
        blt_bundles, "read_line", lambda *given: with_care.append(given[0]) or one_line(*given)
    )
    assert read_blt_bundles(content).papers_read == 1000 + sum(
        paper.weight for paper in read_blt(content).election.papers[500:-500]
    )
    assert with_care == [line]


KINDS_OF_LINES = st.sampled_from(
    (
        *("1 1 2 0", "2 2 1 0", "3 0", "", " ", "1 1=2 0", "1 - 2 0", "(a) 1 1 0", "1 1 0 1 2 0"),
        *("#x", "01 1 0", "1 1 1 2 0", "0", "-1", "1 3 0", "1 /* x", "y */ 1 0", "1 1 0\r"),
        *("1 1\r2 0", '1 " 0'),
    )
)


@settings(max_examples=300, deadline=None)
@given(st.lists(KINDS_OF_LINES, max_size=12))
def test_lines_of_every_kind_are_read_alike(lines: list[str]) -> None:
    all_ways_agree("\n".join(["2 1", *lines, "1 1 0", "0", "a", "b", "t\n"]).encode())


def test_a_long_line_of_equals_takes_time_in_proportion() -> None:
    """A rank that grew by making a new tuple for each mark took hours for a line of this length."""
    line = "=".join(["1", "2"] * 100_000)
    content = f"2 1\n1 {line} 0\n1 1 0\n0\na\nb\nt\n".encode()
    papers = read_blt_bundles(content).election.as_election().papers
    assert sorted(len(paper.ranks[0]) for paper in papers) == [1, 200_000]


def test_the_kernel_ties_alike_papers_together() -> None:
    bundles = blt_kernel.read(b"1 1 2 0\n5 2 0\n2 1 2 0\n1 1 0\n4 0\n1 0\n" * 50, 2)
    assert bundles is not None
    assert sorted(bundles.weights.tolist()) == [50, 150, 250, 250]
    assert load_kernel()


WITHOUT_NUMBA = """
import sys
sys.modules["numba"] = None
from quorate.count.blt_bundles import load_kernel, read_blt_bundles
from quorate.count.rules import count
print(load_kernel())
read = read_blt_bundles(open(sys.argv[1], "rb").read())
print(", ".join(count("scottish-stv/1", read.election, None).elected))
"""


def test_without_numba_everything_is_read_all_the_same() -> None:
    ward = ELECTIONS / "fife_2017_ward6.blt"
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_NUMBA, ward], capture_output=True, text=True, check=True
    )
    loaded, elected = done.stdout.splitlines()
    assert loaded == "False"
    surnames = ["Dempsey", "Laird", "McGarry", "Barratt"]
    said = elected.casefold()
    assert all(name.casefold() in said for name in surnames)


NOWHERE_TO_CACHE = """
import sys
import numba
whole = numba.njit
def njit(*given, **options):
    if options.get("cache"):
        raise RuntimeError("cannot cache function: no locator available")
    return whole(*given, **options)
numba.njit = njit
from quorate.count.blt_bundles import load_kernel
print(load_kernel())
"""


def test_without_a_place_for_its_cache_the_kernel_still_compiles() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NOWHERE_TO_CACHE], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"


def test_a_ward_does_not_load_numba() -> None:
    script = (
        "import sys\nfrom quorate.count.blt_bundles import read_blt_bundles\n"
        "read_blt_bundles(open(sys.argv[1], 'rb').read())\nprint('numba' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, WARDS[-1]], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
