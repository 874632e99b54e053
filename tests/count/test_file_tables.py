"""CSV: grids as forms export them, cast-vote records, and clear errors."""

from __future__ import annotations

import pytest

from quorate.count.files.place import Unreadable
from quorate.count.files.rank_words import rank_of
from quorate.count.files.tables import read_csv
from quorate.count.papers import Paper

GRID = (
    "Timestamp,Email Address,Chair of the branch [Ada],Chair of the branch [Bo],"
    '"Chair of the branch [Cy, of the harbour]"\r\n'
    "2026/05/01 10:00:00 am GMT,a@example.org,1st choice,2nd choice,3rd choice\r\n"
    "2026/05/01 10:01:00 am GMT,b@example.org,,1st choice,\r\n"
    "2026/05/01 10:02:00 am GMT,c@example.org,1st choice,1st choice,3rd choice\r\n"
    "2026/05/01 10:03:00 am GMT,d@example.org,,,\r\n"
)
PAPERS = (Paper(1, (1, 2, 3)), Paper(1, (2,)), Paper(1, ((1, 2), (), 3)), Paper(1, ()))


@pytest.mark.parametrize(
    "text",
    [
        GRID,
        f"\ufeff{GRID}",
        GRID.replace("\r\n", "\n"),
        GRID.replace("1st choice", "1").replace("2nd choice", "2").replace("3rd choice", "3"),
        GRID.replace("1st choice", "First").replace("2nd choice", "Second preference"),
        GRID.replace(",", ";").replace("Cy; of", "Cy, of"),
        GRID.replace(",", "\t").replace("Cy\t of", "Cy, of"),
    ],
)
def test_a_grid_with_a_column_for_each_candidate(text: str) -> None:
    file = read_csv(text)
    assert file.election.title == "Chair of the branch"
    assert file.election.candidates == ("Ada", "Bo", "Cy, of the harbour")
    assert file.election.papers == PAPERS
    assert file.papers_read == 4
    assert 'Columns left aside: "Timestamp" and "Email Address".' in file.notes


def test_a_grid_without_brackets_is_read_too() -> None:
    file = read_csv("Timestamp,Ada,Bo,Weight\nx,2,1,40\ny,-,1,2\n")
    assert file.election.candidates == ("Ada", "Bo")
    assert file.election.papers == (Paper(40, (2, 1)), Paper(2, (2,)))


def test_a_voter_may_tick_several_ranks_for_one() -> None:
    file = read_csv('[Ada],[Bo]\n"1st choice, 2nd choice",1st choice\n')
    assert file.election.papers == (Paper(1, ((1, 2), (1,))),)


def test_a_grid_with_a_column_for_each_rank() -> None:
    file = read_csv("Chair [1st choice],Chair [2nd choice]\nBo,Ada\nAda,\n")
    assert file.election.title == "Chair"
    assert file.election.candidates == ("Ada", "Bo")
    assert file.election.papers == (Paper(1, (2, 1)), Paper(1, (1,)))


def test_cast_vote_records() -> None:
    file = read_csv(
        "Ballot ID,Precinct,rank2,rank1,rank3,weight\nA-1,P,Bo,Ada,skipped,3\n"
        "A-2,P,overvote,Bo,Ada,1\nA-3,P,Ada,undervote,Ada,1\nA-4,P,,,,2\n"
    )
    assert file.election.candidates == ("Ada", "Bo")
    assert file.election.papers == (
        Paper(3, (1, 2)),
        Paper(1, (2, (1, 2), 1)),
        Paper(1, ((), 1, 1)),
        Paper(2, ()),
    )
    assert file.ids == ("A-1", "A-2", "A-3", "A-4")
    assert file.papers_read == 7
    assert 'Columns left aside: "Precinct".' in file.notes


def test_the_order_of_rows_does_not_order_the_candidates() -> None:
    one, other = read_csv("rank1\nB\nA\n"), read_csv("rank1\nA\nB\n")
    assert one.election.candidates == other.election.candidates == ("A", "B")


def test_a_row_of_empty_cells_is_a_paper_without_a_mark_and_an_empty_line_is_none() -> None:
    assert read_csv("rank1,rank2\nA,B\n,\n\n").papers_read == 2
    assert read_csv('rank1\nA\n""\n\n').papers_read == 2


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("1", 1),
        (" 2nd ", 2),
        ("3rd choice", 3),
        ("Choice 4", 4),
        ("rank5", 5),
        ("Rank_6", 6),
        ("#7", 7),
        ("Eighth preference", 8),
        ("1 (most preferred)", 1),
        ("1.", 1),
        ("twentieth", 20),
        ("Ward 9", None),
        ("1.5", None),
        ("-1", None),
        ("0", None),
        ("1 or 2", None),
        ("²", None),
        ("", None),
        ("99999", None),
    ],
)
def test_ranks_as_people_write_them(text: str, rank: int | None) -> None:
    assert rank_of(text) == rank


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("\n\n", 1, 1, "a row of column names"),
        ("rank1,rank2\n", 2, 1, "at least one paper"),
        ("rank1,rank1\nA,B\n", 1, 7, "a rank that no other column has"),
        ("rank1,Rank 1\nA,B\n", 1, 7, "a rank that no other column has"),
        ("rank1,rank3\nA,B\n", 1, 7, "ranks from 1 to 2"),
        ("C [Ada],C [Ada]\n1,2\n", 1, 9, "a name that no other column has (add what tells"),
        ("C [Ada],C []\n1,2\n", 1, 9, "a candidate's name"),
        ("C [Ada],C [Bo],T [Cy]\n1,2,1\n", 1, 16, "columns of one election, or --race NAME"),
        ("rank1,weight,count\nA,1,1\n", 1, 14, "no second column of this kind"),
        ("rank1,weight\nA,-1\n", 2, 3, "how many papers the row stands for"),
        (f"rank1,weight\nA,1{'0' * 30}\n", 2, 3, "how many papers the row stands for"),
        ("rank1,weight\nA,0.5\n", 2, 3, "how many papers the row stands for"),
        ("rank1,weight\nA,\n", 2, 3, "how many papers the row stands for"),
        ("[Ada],[Bo]\n1,99\n", 2, 3, 'a rank from 1 to 2 in the column "Bo"'),
        ("[Ada],[Bo]\n1,great\n", 2, 3, 'a rank from 1 to 2 in the column "Bo"'),
        ("[Ada],[Bo]\n1\n", 2, 2, "2 cells, as the first row has"),
        ("[Ada],[Bo]\n1,2,3\n", 2, 5, "2 cells, as the first row has"),
        ('[Ada],[Bo]\n1,"2\n', 2, 3, "a closing quotation mark"),
        ('[Ada],[Bo]\n1,"2"x\n', 2, 3, "a closing quotation mark"),
        ("rank1\nA\n\nB\n", 3, 1, 'a name, or "" for a paper without a mark'),
        ("rank1\nskipped\n", 2, 1, "a candidate's name in at least one paper"),
        ("weight,id\n1,2\n", 1, 1, "columns such as rank1, rank2, or one for each candidate"),
        ('"a\nb",[Ada]\nx,2\n', 3, 3, 'a rank from 1 to 1 in the column "Ada"'),
    ],
)
def test_a_broken_file_names_line_column_and_what_was_expected(
    text: str, line: int, column: int, expected: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read_csv(text)
    error = caught.value
    assert (error.line, error.column) == (line, column), str(error)
    assert error.expected.startswith(expected), str(error)
