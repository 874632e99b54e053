"""A real ward written as other software writes it counts to the same stages, or fails clearly."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from quorate.count.blt import BltError, read_blt
from quorate.count.blt_bundles import read_blt_bundles
from quorate.count.rules import count
from quorate.count.sheet import Sheet

WARD = Path(__file__).parents[1] / "real" / "elections" / "aberdeenshire_2017_ward9.blt"
TEXT = WARD.read_text("utf-8")
HEAD, _, _REST = TEXT.partition("\n")
HEAD += "\n"
PAPERS, _, END = _REST.partition("\n0\n")
PAPERS += "\n"
NAMES = [line for line in END.split("\n") if line.strip()]


def counted(text: str | bytes) -> Sheet:
    content = text if isinstance(text, bytes) else text.encode()
    blt, bundles = read_blt(content), read_blt_bundles(content)
    assert blt.papers_read == bundles.papers_read == 5515
    assert (blt.election.candidates, blt.parties) == (bundles.election.candidates, bundles.parties)
    sheet = count("scottish-stv/1", bundles.election, None)
    assert sheet == count("scottish-stv/1", blt.election, None)
    return sheet


PLAIN = counted(TEXT)


def split_papers(text: str) -> str:
    """One paper a line, with an id."""
    rows = []
    for line in text.split("\n"):
        weight, _, rest = line.partition(" ")
        rows += [f"({len(rows) + n + 1}) 1 {rest}" for n in range(int(weight or 0))]
    return "\n".join(rows) + "\n"


VARIATIONS: dict[str, Callable[[], str | bytes]] = {
    "CRLF": lambda: TEXT.replace("\n", "\r\n"),
    "CR": lambda: TEXT.replace("\n", "\r"),
    "byte order mark": lambda: b"\xef\xbb\xbf" + TEXT.encode(),
    "byte order mark and CRLF": lambda: b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(),
    "quoted names": lambda: f"{HEAD}{PAPERS}0\n" + "".join(f'"{name}"\n' for name in NAMES),
    "a trailing comma on every line": lambda: TEXT.replace("\n", ",\n"),
    "commas between numbers": lambda: f"{HEAD}{PAPERS.replace(' ', ',')}0\n{END}",
    "tabs and spaces": lambda: f" {HEAD}{PAPERS.replace(' ', chr(9))} 0 \n{END}",
    "spaces at line ends": lambda: TEXT.replace("\n", "  \n"),
    "blank lines": lambda: f"\n{HEAD}\n{PAPERS}\n0\n\n" + "\n\n".join(NAMES) + "\n\n\n",
    "comments": lambda: (
        f"# a ward\n{HEAD.strip()} # 5 candidates\n/* papers\n */\n{PAPERS}0 # end\n"
        f"{END}\n# made by hand\n"
    ),
    "no newline at the end": lambda: TEXT.rstrip("\n"),
    "an id on each paper": lambda: f"{HEAD}{split_papers(PAPERS)}0\n{END}",
    "one paper a line": lambda: (
        HEAD + re.sub(r"\([0-9]+\) ", "", split_papers(PAPERS)) + "0\n" + END
    ),
    "papers in another order": lambda: (
        HEAD + "\n".join(reversed(PAPERS.strip().split("\n"))) + f"\n0\n{END}"
    ),
    "several papers on a line": lambda: (
        HEAD + re.sub(r" 0\n(?=.)", " 0 ", PAPERS.strip()) + f"\n0\n{END}"
    ),
    "PrefLib's names in comments": lambda: (
        f"{HEAD}{PAPERS}0\n"
        + "".join(f"# ALTERNATIVE NAME {n}: {name}\n" for n, name in enumerate(NAMES[:5], 1))
        + f"{NAMES[5]}\n"
    ),
    "leading zeros": lambda: f"{HEAD}{re.sub(r'(?m)^', '0', PAPERS.strip())}\n0\n{END}",
}


@pytest.mark.parametrize("how", VARIATIONS)
def test_written_otherwise_it_counts_the_same(how: str) -> None:
    sheet = counted(VARIATIONS[how]())
    assert sheet.candidates == PLAIN.candidates
    assert sheet.stages == PLAIN.stages
    assert sheet.title == PLAIN.title


def test_parties_and_quotes_in_names_and_no_title() -> None:
    rows = ['"O""Neil, Ada" "The, Party"', '"Bo" ""', 'Cy O\'Brien "x"', '"Di", "P"', "Ed"]
    sheet = counted(f"{HEAD}{PAPERS}0\n" + "\n".join(rows) + "\n")
    assert sheet.candidates == ('O"Neil, Ada', "Bo", "Cy O'Brien", "Di", "Ed")
    assert sheet.title == ""
    assert [[v for _, v in one.votes] for one in sheet.stages] == [
        [v for _, v in one.votes] for one in PLAIN.stages
    ]
    parties = read_blt(f"{HEAD}{PAPERS}0\n" + "\n".join(rows) + "\n").parties
    assert parties == ("The, Party", "", "x", "P", "")


def test_withdrawn_is_as_if_their_number_stood_nowhere() -> None:
    weights = re.compile(r"(?m)^([0-9]+)((?: [0-9]+)*) 0$")
    without = weights.sub(
        lambda m: " ".join([m[1], *(n for n in m[2].split() if n != "1"), "0"]), PAPERS
    )
    one = count(
        "scottish-stv/1", read_blt_bundles(f"{HEAD}-1\n{PAPERS}0\n{END}".encode()).election, None
    )
    other = count(
        "scottish-stv/1", read_blt_bundles(f"{HEAD}-1\n{without}0\n{END}".encode()).election, None
    )
    assert one.stages == other.stages
    assert one.withdrawn == (NAMES[0],)
    assert one.papers.read == other.papers.read == 5515


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        (TEXT.replace("153 1 0\n", "153.0 1 0\n", 1), 2, 1, "how many papers are so"),
        (f"{HEAD}{PAPERS}{END}", None, None, "how many papers are so"),
        (f"{HEAD}{PAPERS}0\n" + "\n".join(NAMES[:4]), None, None, "the name of candidate 5"),
        (HEAD + PAPERS.replace(" 0\n", "\n", 1), 2, None, "0 at the end of the paper"),
        (f"{HEAD}-6\n{PAPERS}0\n{END}", 2, 1, "a withdrawn candidate from -1 to -5"),
        (f"{HEAD}-1 1 0\n{PAPERS}0\n{END}", 2, 1, "how many papers are so"),
        (f"{HEAD}{10**30} 1 0\n{PAPERS}0\n{END}", 2, 1, "how many papers are so"),
        (f"{HEAD}1 99 0\n{PAPERS}0\n{END}", 2, 3, "a candidate's number from 1 to 5"),
        (f"5 6\n{PAPERS}0\n{END}", 1, 3, "the seats of 5 candidates"),
        (f"5 4 3\n{PAPERS}0\n{END}", 1, 5, "the end of the line"),
        (f"{HEAD}0\n{END}", 2, 1, "at least one paper"),
        (f"{HEAD}{PAPERS}0\n# ALTERNATIVE NAME 2: B\n", None, None, "the name of candidate 1"),
        (f"{HEAD}{PAPERS}0\nA\nA\nB\nC\nD\n", None, 1, "a name that no other candidate has"),
        (f'{HEAD}{PAPERS}0\n"A\nB\nC\nD\nE\n', None, 1, "a closing quotation mark"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    text: str, line: int | None, column: int | None, expected: str
) -> None:
    for read in (read_blt, read_blt_bundles):
        with pytest.raises(BltError) as caught:
            read(text.encode())
        error = caught.value
        assert expected in error.expected
        assert line in (None, error.line)
        assert column in (None, error.column)
        assert error.line <= text.count("\n") + 1
