"""Which format a file has, and the faults that every reader names alike."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quorate.count.files.place import Unreadable
from quorate.count.files.reading import format_of, read
from quorate.count.papers import NotCountable
from quorate.count.rules import count

HERE = Path(__file__).parent
WARD = HERE.parent / "real" / "elections" / "dumgal_2017_ward9.blt"
DATA = Path(os.environ.get("QUORATE_REAL_DATA", HERE.parents[2] / "shared" / "data"))
DUBLIN = DATA / "stv" / "00001-00000002.soi"

NEW = "# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n3: 1,2\n"
OLD = "2\n1,A\n2,B\n3,3,1\n3,1,2\n"


@pytest.mark.parametrize(
    ("name", "text", "format"),
    [
        ("a.blt", "", "blt"),
        ("a.SOI", "", "soi"),
        ("a.tsv", "", "csv"),
        ("votes", "2 1\n1 1 0\n0\nA\nB\n", "blt"),
        ("votes.txt", "# hello\n\n2, 1 # two\n1 1 0\n0\nA\nB\n", "blt"),
        ("votes.txt", NEW, "soi"),
        ("votes.txt", f"# DATA TYPE: toc\n{NEW}", "toc"),
        ("votes.txt", OLD, "soi"),
        ("votes.txt", "3: A > B\n", "abif"),
        ("votes.txt", '{"title": "x"}\n', "abif"),
        ("votes.txt", "=A:[Ada]\n3:A\n", "abif"),
        ("votes.txt", "rank1,rank2\nA,B\n", "csv"),
        ("votes.txt", "rank1\nA\n", "csv"),
        ("votes.txt", "﻿[Ada];[Bo]\n1;2\n", "csv"),
    ],
)
def test_the_format_is_told_by_ending_or_content(name: str, text: str, format: str) -> None:
    assert format_of(text, name) == format
    assert format_of(text.encode(), name) == format


@pytest.mark.parametrize("text", ["", "  \n", "hello", "# only a comment"])
def test_what_shows_no_format_is_refused(text: str) -> None:
    with pytest.raises(
        Unreadable, match=r"line 1, column 1: expected a \.blt, PrefLib, ABIF or CSV"
    ):
        read(text)


FORMATS = ("blt", "soc", "soi", "toc", "toi", "abif", "csv")


@pytest.mark.parametrize("ending", FORMATS)
def test_another_encoding_is_named_with_its_place(ending: str) -> None:
    with pytest.raises(
        Unreadable, match="line 2, column 3: expected text in UTF-8, found the byte"
    ):
        read(b"2\nZo\xeb", f"a.{ending}")
    with pytest.raises(Unreadable, match="line 2, column 3: expected text in UTF-8"):
        read("é\r".encode() + b"Zo\xeb", f"a.{ending}")
    with pytest.raises(Unreadable, match="found UTF-16"):
        read("2 1\n".encode("utf-16"), f"a.{ending}")


@pytest.mark.parametrize("ending", FORMATS)
def test_nothing_is_refused_with_what_was_expected(ending: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(b"", f"a.{ending}")
    assert (caught.value.line, caught.value.column) == (1, 1)


def test_seats_are_the_files_or_the_callers() -> None:
    assert not read(NEW).seats_stated
    assert read(NEW, seats=2).election.seats == 2
    assert read(NEW, seats=2).seats_stated
    ward = WARD.read_bytes()
    assert read(ward).election.seats == 4
    assert read(ward, seats=1).election.seats == 1
    for seats in (0, 3):
        with pytest.raises(NotCountable, match="expected 1 to 2, as many as there are candidates"):
            read(NEW, seats=seats)


@pytest.mark.skipif(not DUBLIN.is_file(), reason="Dublin West is not beside the checkout")
def test_dublin_west_2002() -> None:
    """First preferences are the official ones; the law samples papers, so only winners compare."""
    file = read(DUBLIN.read_bytes(), DUBLIN.name, seats=3)
    assert file.papers_read == 29988
    assert file.election.title == "2002 Dublin West"
    sheet = count("scottish-stv/1", file.election, None)
    first = dict(sheet.stages[0].votes)
    assert first["Brian Lenihan F.F."] == 8086
    assert first["Joe Higgins S.P."] == 6442
    assert {name.split()[1] for name in sheet.elected} == {"Lenihan", "Higgins", "Burton"}
