"""ABIF: the examples of its specification, and clear errors."""

from __future__ import annotations

import pytest

from quorate.count.files.abif import read_abif
from quorate.count.files.place import Unreadable
from quorate.count.papers import Paper

DECLARED = "=DGM:[Doña García Márquez]\n=SBJ:[Steven B. Jensen]\n=AM:[Adam Muñoz]\n"


def test_the_tennessee_example_without_declarations() -> None:
    file = read_abif("42:Memphis>Nashville>Chattanooga>Knoxville\n26:Nashville>Chattanooga\n")
    assert file.election.candidates == ("Memphis", "Nashville", "Chattanooga", "Knoxville")
    assert file.election.papers == (Paper(42, (1, 2, 3, 4)), Paper(26, (2, 3)))
    assert file.papers_read == 68


@pytest.mark.parametrize(
    "text",
    [
        "27:DGM>SBJ=[蘇 業]>AM\n10:\n",
        "27: DGM > SBJ = [蘇 業] > AM  # most\n\n# none\n10: # nobody\n",
        "27 * DGM/5, SBJ/3, [蘇 業]/3, AM/0\n10*\n",
        "27: AM/0, [蘇 業]/3, SBJ/3, DGM/5\n10:\n",
        "27: DGM/5 > SBJ/3 = [蘇 業]/3 > AM/0\n10:\n",
        '27: "DGM">[Steven B. Jensen]=[蘇 業]>AM\n10:\n',
    ],
)
def test_signs_ratings_and_names_in_brackets_read_alike(text: str) -> None:
    file = read_abif(DECLARED + text)
    names = file.election.candidates
    assert names == ("Doña García Márquez", "Steven B. Jensen", "Adam Muñoz", "蘇 業")
    first, blank = file.election.papers
    assert (first.weight, [set(rank) for rank in first.ranks]) == (27, [{1}, {2, 4}, {3}])
    assert blank == Paper(10, ())


def test_a_hash_within_brackets_is_no_comment() -> None:
    file = read_abif('3: [Doña #1] > "#2" # comment\n')
    assert file.election.candidates == ("Doña #1", "#2")


def test_the_title_is_kept_and_other_metadata_passed_over() -> None:
    file = read_abif('{"title": "Chair \\"A\\""}\n{version: "0.1"}\n{max_rating: 6}\n1: A\n')
    assert file.election.title == 'Chair "A"'


def test_ratings_of_0_and_1_are_an_approval() -> None:
    file = read_abif("5: A/1, B/0, C/1\n2: A/0, B/0, C/0\n")
    assert file.election.papers == (Paper(5, ((1, 3),)), Paper(2, ()))
    assert "approval" in file.notes[0]


def test_commas_without_ratings_are_equals() -> None:
    assert read_abif("5: A, B\n1: C\n").election.papers[0] == Paper(5, ((1, 2),))


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("# nothing\n", 2, 1, "at least one paper"),
        ("=A:[Ada]\n", 2, 1, "at least one paper"),
        ("5:\n", 1, 1, "a candidate's name in at least one paper"),
        ("A>B\n", 1, 1, "a number of papers and a colon"),
        ("-1: A>B\n", 1, 1, "how many papers are so"),
        ("0: A>B\n", 1, 1, "how many papers are so"),
        (f"1{'0' * 30}: A\n", 1, 1, "how many papers are so"),
        ("1.5: A\n", 1, 1, "how many papers are so"),
        ("=A:[Ada]\n3: A > c99\n", 2, 8, "a candidate declared by a line"),
        ("3: A > 99\n", 1, 8, "a candidate: a bare word"),
        ("3: A >\n", 1, 7, "a candidate: a bare word"),
        ("3: A B\n", 1, 6, "one of > = , /"),
        ("3: A/x\n", 1, 6, "a rating"),
        ("3: A/5, B\n", 1, 1, "a rating for every candidate of the paper, or for none"),
        ("3: A/2 > B/5\n", 1, 12, "a rating that agrees"),
        ("3: A/2 = B/1\n", 1, 12, "a rating that agrees"),
        ("3: A > B, C\n", 1, 1, "either > or commas"),
        ("3: A > [B\n", 1, 8, "a candidate: a bare word"),
        ("=A:[Ada]\n=A:[Bo]\n3: A\n", 2, 2, "a token that no other candidate has"),
        ("=A:[Ada]\n=B:[Ada]\n3: A\n", 2, 4, "a name that no other candidate has"),
        ("=A:[ ]\n3: A\n", 1, 4, "a candidate's name"),
        ("=A [Ada]\n3: A\n", 1, 3, "a colon between"),
        ("=A:[Ada] x\n3: A\n", 1, 9, "the end of the line"),
        ("[Doña García Márquez]: DGM\n27: DGM\n", 1, 1, "a number of papers and a colon"),
        ("{title}\n3: A\n", 1, 1, "metadata such as"),
        ("{title: A}\n3: A\n", 1, 9, "a title in quotation marks"),
    ],
)
def test_a_broken_file_names_line_column_and_what_was_expected(
    text: str, line: int, column: int, expected: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read_abif(text)
    error = caught.value
    assert (error.line, error.column) == (line, column), str(error)
    assert error.expected.startswith(expected), str(error)
