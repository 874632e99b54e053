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
        ("1. Wahl", 1),
        ("2. Präferenz", 2),
        ("Dritte Wahl", 3),
        ("1er choix", 1),
        ("2e choix", 2),
        ("2ème choix", 2),
        ("Troisième choix", 3),
        ("1ª opción", 1),
        ("Segunda opción", 2),
        ("1a scelta", 1),
        ("3e keuze", 3),
        ("2. valg", 2),
        ("Wahl 2026", None),
        ("Valg 2", None),
        ("Liste 1a", None),
        ("1a", None),
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


@pytest.mark.parametrize("stamp", ["Zeitstempel", "Horodateur", "Marca temporal", "Tijdstempel"])
def test_time_stamps_in_other_languages(stamp: str) -> None:
    file = read_csv(f"{stamp},Wer?\n2026/05/01,Ada\n2026/05/02,Bo\n", "crosses")
    assert file.election.candidates == ("Ada", "Bo")
    assert f'Columns left aside: "{stamp}".' in file.notes


def test_ranks_in_other_languages() -> None:
    file = read_csv("Zeitstempel,Wer? [Ada],Wer? [Bo]\nx,1. Wahl,2. Wahl\ny,,1. Wahl\n")
    assert file.election.papers == (Paper(1, (1, 2)), Paper(1, (2,)))
    file = read_csv("Chair 1. Wahl,Chair 2. Wahl\nAda,Bo\nBo,\n")
    assert (file.election.title, file.election.papers[0]) == ("Chair", Paper(1, (1, 2)))


@pytest.mark.parametrize("name", ["Votes", "Weights", "weight"])
def test_columns_of_weights(name: str) -> None:
    file = read_csv(f"{name},rank1\n40,Ada\n2,Bo\n")
    assert [paper.weight for paper in file.election.papers] == [40, 2]


def test_what_programs_write_for_nobody() -> None:
    file = read_csv("rank1,rank2\nNA,Bo\nAda,N/A\nNone,null\n")
    assert file.election.candidates == ("Ada", "Bo")
    assert file.election.papers == (Paper(1, ((), 2)), Paper(1, (1,)), Paper(1, ()))
    assert '"N/A", "NA", "None" and "null" are read as nobody.' in file.notes
    assert read_csv("Who?\nNone\nAda\n", "crosses").election.candidates == ("Ada", "None")


def test_a_cell_of_the_wrong_kind_is_told_what_the_rule_asks_for() -> None:
    with pytest.raises(Unreadable, match=r"a rank from 1 to 2.*yes and no are for a rule"):
        read_csv("C [Ada],C [Bo]\nOui,Non\n")
    assert read_csv("C [Ada],C [Bo]\nOui,Non\n", "crosses").election.papers == (Paper(1, (1,)),)
    with pytest.raises(Unreadable) as caught:
        read_csv("C [Ada],C [Bo]\nx,great\n", "crosses")
    assert caught.value.expected.startswith("a cross (x, yes or 1")


def test_a_byte_that_is_not_utf_8_after_a_byte_order_mark_has_its_place() -> None:
    for content, line, column in (
        (b"\xef\xbb\xbfA\xe9,B\n1,2\n", 1, 2),
        (b"\xef\xbb\xbfAda,Bo\n1,2\n2,\xe9\n", 3, 3),
        (b"\xef\xbb\xbf\xe9", 1, 1),
    ):
        with pytest.raises(Unreadable, match="the byte 0xe9") as caught:
            read_csv(content)
        assert (caught.value.line, caught.value.column) == (line, column)
