"""PrefLib's files, as they are now and as they were before 2022."""

from __future__ import annotations

import pytest

from quorate.count.files.ballot_file import Format
from quorate.count.files.place import Unreadable
from quorate.count.files.preflib import read_preflib
from quorate.count.papers import Paper

HEAD = (
    "# FILE NAME: 1.soi\n# TITLE: Dublin, again\n# DATA TYPE: toi\n# NUMBER ALTERNATIVES: 3\n"
    "# NUMBER VOTERS: 7\n# NUMBER UNIQUE ORDERS: 3\n# ALTERNATIVE NAME 1: Ada\n"
    "# ALTERNATIVE NAME 2: Bo: the second\n# ALTERNATIVE NAME 3: Cy\n"
)
NEW = HEAD + "4: 3,1\n2: 1, {2,3}\n1: {1 , 2}\n"
OLD = "3\n1,Ada\n2,Bo: the second\n3,Cy\n7,7,3\n4,3,1\n2,1,{2,3}\n1,{1,2}\n"
PAPERS = (Paper(4, (3, 1)), Paper(2, (1, (2, 3))), Paper(1, ((1, 2),)))


@pytest.mark.parametrize("text", [NEW, OLD, NEW.replace("\n", "\r\n"), f"\ufeff{OLD}"])
def test_orders_with_ties_in_both_formats(text: str) -> None:
    file = read_preflib(text, "toi")
    assert file.format == "toi"
    assert file.election.candidates == ("Ada", "Bo: the second", "Cy")
    assert file.election.papers == PAPERS
    assert file.papers_read == 7
    assert not file.seats_stated


def test_the_title_and_the_kind_are_the_files() -> None:
    file = read_preflib(NEW, "soc")
    assert file.election.title == "Dublin, again"
    assert file.format == "toi"


def test_an_order_without_anybody_is_a_paper_without_a_mark() -> None:
    file = read_preflib(NEW.replace("VOTERS: 7", "VOTERS: 12") + "5:\n", "soi")
    assert file.election.papers[-1] == Paper(5, ())
    file = read_preflib("1\n1,A\n3,3,2\n2,1\n1\n", "soi")
    assert file.election.papers == (Paper(2, (1,)), Paper(1, ()))


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("", 1, 1, "the number of candidates"),
        ("# TITLE: x\n", 2, 1, '"# NUMBER ALTERNATIVES:"'),
        (HEAD, 10, 1, "at least one paper"),
        (NEW.replace("DATA TYPE: toi", "DATA TYPE: wmd"), 3, 14, "a data type of soc"),
        (NEW.replace("VOTERS: 7", "VOTERS: 8"), 5, 18, "7, the number of papers"),
        (NEW.replace("ALTERNATIVES: 3", "ALTERNATIVES: 4"), 4, 24, "no more candidates than names"),
        (NEW.replace("ALTERNATIVES: 3", "ALTERNATIVES: 2"), 9, 23, "no more names than the 2"),
        (NEW.replace("NAME 3: Cy", "NAME 3: "), 9, 22, "the name of candidate 3"),
        (NEW.replace("NAME 3: Cy", "NAME 3: Ada"), 9, 23, "a name that no other candidate has"),
        (NEW.replace("NAME 3", "NAME 2"), 9, 20, "a number that no other candidate has"),
        (NEW.replace("4: 3,1", "4: 3,99"), 10, 6, "a candidate's number, a whole number from 1"),
        (NEW.replace("4: 3,1", "-1: 3,1"), 10, 1, "how many papers are so"),
        (NEW.replace("4: 3,1", f"1{'0' * 30}: 3,1"), 10, 1, "how many papers are so"),
        (NEW.replace("4: 3,1", "4 3,1"), 10, 1, 'a number of papers, ":" and an order'),
        (NEW.replace("4: 3,1", "4: 3,,1"), 10, 6, "a candidate's number"),
        (NEW.replace("4: 3,1", "4: 3,{1"), 10, 6, "a candidate's number, or several in { and }"),
        (NEW.replace("4: 3,1", "4: 3,{}"), 10, 7, "a candidate's number"),
        (NEW.replace("4: 3,1", "4: 3;1"), 10, 4, "a candidate's number"),
        ("3\n1,Ada\n", 3, 1, "3 names and a line of sums"),
        (OLD.replace("2,Bo", "9,Bo"), 3, 1, "a candidate's number"),
        (OLD.replace("2,Bo: the second", "Bo"), 3, 1, "a candidate's number, a comma and the name"),
        (OLD.replace("7,7,3", "7,9,3"), 5, 3, "7, the number of papers"),
        (OLD.replace("7,7,3", "7"), 5, 1, "the numbers of voters, papers and orders"),
    ],
)
def test_a_broken_file_names_line_column_and_what_was_expected(
    text: str, line: int, column: int, expected: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read_preflib(text, "toi")
    error = caught.value
    assert (error.line, error.column) == (line, column), str(error)
    assert error.expected.startswith(expected), str(error)


@pytest.mark.parametrize("kind", ["soc", "toc"])
def test_an_incomplete_order_is_none_of_a_complete_kind(kind: Format) -> None:
    text = "3\n1,Ada\n2,Bo\n3,Cy\n6,6,2\n4,1,2,3\n2,3,2\n"
    with pytest.raises(
        Unreadable, match=f"all 3 candidates in an order of a .{kind} file"
    ) as caught:
        read_preflib(text, kind)
    assert (caught.value.line, caught.value.column) == (7, 3)
    assert read_preflib(text, "soi").papers_read == 6


@pytest.mark.parametrize("order", ["1,1", "1,2,1", "{1,1}", "1,{2,1}"])
def test_a_candidate_stands_once_in_an_order(order: str) -> None:
    text = f"2\n1,Ada\n2,Bo\n3,3,2\n2,{order}\n1,2\n"
    with pytest.raises(Unreadable, match="each candidate once in an order") as caught:
        read_preflib(text, "soi")
    assert (caught.value.line, caught.value.column) == (5, 3)
