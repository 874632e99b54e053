"""Pairs compared and seats shared out: in the sheet, on the page, in CSV, in sentences."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

import pytest
from elections_drawn import SEED, elections
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.count import debian
from quorate.count.csv_sheet import as_csv
from quorate.count.page import as_html
from quorate.count.papers import Election, Paper
from quorate.count.rules import count
from quorate.count.sheet import Sheet, to_json
from quorate.count.side_tables import COLUMNS, side_tables
from quorate.count.why import why_not

PAIRS = ("schulze/1", "ranked-pairs/1", "debian/1")
# The textbook's circle: A beats B 9 to 6, B beats C 10 to 5, C beats A 11 to 4.
CIRCLE = Election(
    "",
    1,
    ("A", "B", "C"),
    frozenset(),
    (Paper(4, (1, 2, 3)), Paper(6, (2, 3, 1)), Paper(5, (3, 1, 2))),
)


def sheet_of(rule: str, one: Election = CIRCLE) -> Sheet:
    terms = debian.Terms(one.candidates[-1]) if rule == "debian/1" else None
    return count(rule, one, SEED, terms=terms)


def lists(seats: int, **votes: int) -> Election:
    papers = tuple(Paper(n, (at,)) for at, n in enumerate(votes.values(), start=1) if n)
    return Election("", seats, tuple(votes), frozenset(), papers)


class Cells(HTMLParser):
    """The text of every cell of every table."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.inside = tag in ("td", "th")
        if self.inside:
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data


@pytest.mark.parametrize("rule", PAIRS)
def test_the_matrix_of_a_circle_by_hand(rule: str) -> None:
    sheet = sheet_of(rule)
    matrix = side_tables(sheet)[0]
    assert matrix.rows == (("A", "–", "9", "4"), ("B", "6", "–", "10"), ("C", "11", "5", "–"))
    assert matrix.heads == ("", "to A", "to B", "to C")
    defeats = side_tables(sheet)[1]
    assert defeats.title == "Defeats, the strongest first"
    assert to_json(sheet)["pairwise"]["prefer"] == [[0, 9, 4], [6, 0, 10], [11, 5, 0]]


def test_defeats_and_paths_by_hand() -> None:
    """The circle's weakest defeat is A over B: ranked pairs leaves it out, paths go round it."""
    schulze, ranked = sheet_of("schulze/1"), sheet_of("ranked-pairs/1")
    assert schulze.elected == ranked.elected == ("B",)
    _, _, paths = side_tables(schulze)
    assert paths.title == "The strongest path from the candidate at the left"
    assert paths.rows == (("A", "–", "9", "9"), ("B", "10", "–", "10"), ("C", "11", "9", "–"))
    _, defeats = side_tables(ranked)
    assert [row[:4] for row in defeats.rows] == [
        ("C", "A", "11", "4"),
        ("B", "C", "10", "5"),
        ("A", "B", "9", "6"),
    ]
    assert [row[4] for row in defeats.rows] == [
        "used",
        "used",
        "it would close a circle with stronger defeats",
    ]


def test_quotients_and_their_seats_by_hand() -> None:
    sheet = count("dhondt/1", lists(8, A=53, B=24, C=3), None)
    votes, quotients = side_tables(sheet)
    assert votes.rows == (("A", "53", "6"), ("B", "24", "2"), ("C", "3", "0"))
    assert quotients.heads == ("List", *(f"÷ {n}" for n in range(1, 8)))
    assert quotients.rows[0][1:4] == ("53 (seat 1)", "26 1/2 (seat 2)", "17 2/3 (seat 4)")
    assert quotients.rows[0][-1] == "7 4/7"
    assert quotients.rows[2] == ("C", "3", *[""] * 6)
    assert why_not(sheet, "C") == [
        "C has 3 votes and no seat.",
        "The quotient for a seat is 3, below 8 5/6, the lowest that gave a seat (to A).",
    ]
    assert why_not(sheet, "A")[0] == "A has 53 votes and 6 of 8 seats."


def test_quotas_and_remainders_by_hand() -> None:
    sheet = count("hare-niemeyer/1", lists(8, A=53, B=24, C=3), None)
    (quotas,) = side_tables(sheet)
    assert quotas.rows == (
        ("A", "53", "5 3/10", "5", "3/10", "5"),
        ("B", "24", "2 2/5", "2", "2/5", "3"),
        ("C", "3", "3/10", "0", "3/10", "0"),
    )
    assert [one["remainder"] for one in to_json(sheet)["lists"]] == ["3/10", "2/5", "3/10"]
    assert why_not(sheet, "C") == [
        "C has 3 votes and no seat.",
        "Its quota is 3/10: 0 for the whole part, and 3/10 is left.",
        "The last seat for a remainder went to B, which has 2/5 left, more.",
    ]
    assert why_not(sheet, "B")[-1] == "The remainder gave it one seat more."


@settings(max_examples=40, deadline=None)
@given(elections(), st.sampled_from([*PAIRS, "dhondt/1", "sainte-lague/1", "hare-niemeyer/1"]))
def test_every_table_is_whole_on_the_page_and_in_csv(one: Election, rule: str) -> None:
    if rule in PAIRS:
        one = Election("", 1, one.candidates, frozenset(), one.papers)
    sheet = sheet_of(rule, one)
    tables = side_tables(sheet)
    assert tables
    rows = list(csv.reader(io.StringIO(as_csv(sheet), newline=""), strict=True))
    on_page = Cells(as_html(sheet)).cells
    for table in tables:
        assert all(len(row) == len(table.heads) <= COLUMNS + 1 for row in table.rows)
        begin = rows.index([table.title])
        assert rows[begin - 1] == []
        written = rows[begin + 1 : begin + 2 + len(table.rows)]
        assert written == [list(table.heads), *map(list, table.rows)]
        assert all(cell in on_page for row in table.rows for cell in row)


def test_a_wide_matrix_is_cut() -> None:
    names = tuple(f"C{number}" for number in range(30))
    one = Election("", 1, names, frozenset(), (Paper(3, tuple(range(1, 31))),))
    tables = [t for t in side_tables(sheet_of("ranked-pairs/1", one)) if "at the left" in t.title]
    assert [table.title.rpartition(", ")[2] for table in tables] == [
        "columns 1 to 12",
        "columns 13 to 24",
        "columns 25 to 30",
    ]
    assert sum(len(table.heads) - 1 for table in tables) == 30
    assert tables[1].rows[0] == ("C0", *["3"] * 12)


def test_other_rules_have_none() -> None:
    assert side_tables(count("scottish-stv/1", CIRCLE, SEED)) == ()
