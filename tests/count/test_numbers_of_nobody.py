"""A paper with a number that nobody has keeps no file from being written, and counts the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quorate.count.files.nobodys import as_counted
from quorate.count.files.reading import Wanted, read
from quorate.count.files.writing import write
from quorate.count.papers import Election, Paper
from quorate.count.rules import RULES, count

ODD = [(99,), (1, 99, 2), (3, 0, 1), (99, 1), (2, 10_000), ((1, 99), 2)]
NAMES = ("Ada", "Bo", "Cy")


@pytest.mark.parametrize(
    ("rule", "seats"),
    [
        ("scottish-stv/1", 2),
        ("ers97/1", 2),
        ("meek-prf/1", 2),
        ("plurality-at-large/1", 2),
        ("approval/1", 2),
        ("cumulative/1", 2),
        ("instant-runoff/1", 1),
        ("plurality/1", 1),
        ("schulze/1", 1),
        ("ranked-pairs/1", 1),
    ],
)
def test_the_file_is_there_and_counts_to_the_same(rule: str, seats: int) -> None:
    usual = (Paper(7, (1,)), Paper(5, (2,)), Paper(3, (3,)))
    odd = tuple(Paper(4, ranks) for ranks in ODD)
    election = Election("Committee", seats, NAMES, frozenset({3}), usual + odd)
    written = replace(election, papers=tuple(as_counted(rule, len(NAMES), election.papers)))
    marks = RULES[rule].marks
    back = read(write(written, "blt"), "a.blt", wanted=Wanted(marks=marks)).election
    sheet, again = count(rule, election, b"s" * 32), count(rule, back, b"s" * 32)
    assert again.elected == sheet.elected
    assert again.stages == sheet.stages
    assert (again.papers.read, again.papers.valid) == (sheet.papers.read, sheet.papers.valid)


def test_what_every_file_can_hold_stays_as_it_is() -> None:
    papers = (Paper(2, ()), Paper(1, (1, 1)), Paper(3, ((1, 2), (), 3)))
    assert tuple(as_counted("scottish-stv/1", 3, papers)) == papers
