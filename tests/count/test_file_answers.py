"""Several names in one cell, as forms write checkboxes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.count.crosses import OVERVOTED
from quorate.count.files.listed import Listed
from quorate.count.files.place import Unreadable
from quorate.count.files.reading import Wanted, read
from quorate.count.files.tables import quoted, read_csv
from quorate.count.papers import NotCountable, Paper
from quorate.count.rules import RULES, count

HEAD = "Timestamp,Whom do you support?\n"


def rows(*cells: str) -> str:
    return HEAD + "".join(f"2026/05/01,{quoted(cell)}\n" for cell in cells)


def test_checkboxes_with_commas() -> None:
    file = read_csv(rows("Ann Lee, Bo Ek", "Bo Ek", "Ann Lee", ""), "crosses")
    assert file.election.candidates == ("Ann Lee", "Bo Ek")
    assert file.election.papers == (
        Paper(1, ((1, 2),)),
        Paper(1, (2,)),
        Paper(1, (1,)),
        Paper(1, ()),
    )


def test_semicolons_part_names_and_commas_belong_to_them() -> None:
    file = read_csv(rows("Lee, Ann; Ek, Bo", "Ek, Bo"), "crosses")
    assert file.election.candidates == ("Ek, Bo", "Lee, Ann")


@pytest.mark.parametrize(
    "cells",
    [
        ("Lee, Ann", "Ek, Bo"),  # one name each, or two?
        ("Lee, Ann, Ek, Bo", "Lee, Ann"),
        ("Lee, Ann", "Lee, Bo", "Ek"),
        ("Ann Lee, Bo Ek",),
        ("Unity, Peace and Progress", "Renewal"),
    ],
)
def test_where_nobody_can_know_the_file_is_refused(cells: tuple[str, ...]) -> None:
    with pytest.raises(Unreadable) as caught:
        read_csv(rows(*cells), "crosses")
    assert caught.value.line == 2
    assert "--candidates" in caught.value.expected
    assert "one name or two" in caught.value.expected


def listed(*names: str) -> Wanted:
    return Wanted(marks="crosses", listed=tuple(Listed(name, "", False) for name in names))


def test_a_list_of_the_candidates_tells() -> None:
    text = rows("Lee, Ann, Ek, Bo", "Ek, Bo", "Lee, Ann")
    one = read(text, "x.csv", wanted=listed("Lee, Ann", "Ek, Bo")).election
    assert one.candidates == ("Lee, Ann", "Ek, Bo")
    assert [paper.marks for paper in one.papers] == [{1, 2}, {2}, {1}]
    other = read(text, "x.csv", wanted=listed("Lee", "Ann", "Ek", "Bo")).election
    assert [paper.marks for paper in other.papers] == [{1, 2, 3, 4}, {3, 4}, {1, 2}]


def test_a_name_that_the_list_does_not_have_is_no_part_of_another() -> None:
    with pytest.raises(NotCountable, match='the ballots name "Ann Lee, Cy"'):
        read(rows("Ann Lee, Cy", "Bo"), "x.csv", wanted=listed("Ann Lee", "Bo"))


NAMES = ("Ada", "Bo", "Cy", "Di")


@given(st.lists(st.sets(st.sampled_from(NAMES)), max_size=8))
def test_checkboxes_come_back_as_they_were_ticked(ticked: list[set[str]]) -> None:
    # Each name alone once, so that every comma is told; the form keeps its own order.
    papers = [{name} for name in NAMES] + ticked
    text = rows(*(", ".join(name for name in NAMES if name in paper) for paper in papers))
    one = read_csv(text, "crosses").election
    assert one.candidates == NAMES
    assert [{NAMES[n - 1] for n in paper.marks} for paper in one.papers] == papers


def test_where_a_rule_takes_one_mark_commas_belong_to_names() -> None:
    cells = ["Thomas, Dylan"] * 5 + ["Jones, Thomas"] * 2 + ["Ada"]
    file = read_csv(rows(*cells), "crosses", one_mark=True)
    assert file.election.candidates == ("Ada", "Jones, Thomas", "Thomas, Dylan")
    assert count("plurality/1", file.election, None).elected == ("Thomas, Dylan",)
    assert any("commas belong to names" in note for note in file.notes)
    for one_mark in (False, True):
        cells = ["Yes, with changes", "Yes", "No"] if not one_mark else ["Ada, Bo", "Bo", "Ada"]
        with pytest.raises(Unreadable, match="--candidates") as caught:
            read_csv(rows(*cells), "crosses", one_mark=one_mark)
        assert caught.value.line == 2


def test_what_was_parted_is_said() -> None:
    file = read_csv(rows("Ada, Bo", "Bo", "Ada", "Ada, Bo"), "crosses")
    assert '2 answers are parted into "Ada", "Bo".' in file.notes
    file = read_csv(rows("Ada;Cy;", "Bo;"), "crosses")
    assert '1 answer is parted into "Ada", "Cy".' in file.notes
    assert not any("parted" in note for note in read_csv(rows("Ada", "Bo"), "crosses").notes)


def test_mixed_separators_are_refused_or_told_by_a_list() -> None:
    text = rows("Cy", "Ada, Bo", "Ada", "Bo", "Bo; or Cy")
    for one_mark in (False, True):
        with pytest.raises(Unreadable, match="one separator between names") as caught:
            read_csv(text, "crosses", one_mark=one_mark)
        assert caught.value.line == 3
    with pytest.raises(NotCountable, match='the ballots name "Bo; or Cy"'):
        read(text, "x.csv", wanted=listed("Ada", "Bo", "Cy"))
    told = read(text, "x.csv", wanted=listed("Ada", "Bo", "Cy", "Bo; or Cy"))
    assert [paper.marks for paper in told.election.papers] == [{3}, {1, 2}, {1}, {2}, {4}]
    both = read(
        rows("Ada, Bo", "Ada; Cy", "Lee,Ann"), "x.csv", wanted=listed("Ada", "Bo", "Cy", "Lee, Ann")
    )
    assert [paper.marks for paper in both.election.papers] == [{1, 2}, {1, 3}, {4}]


@pytest.mark.parametrize("cells", [["1", "2", "1"], ["1", "1", ""]])
def test_answers_that_are_numbers_are_names(cells: list[str]) -> None:
    file = read_csv("Which option?\n" + "".join(f'"{one}"\n' for one in cells), "crosses")
    assert "Which option?" not in file.election.candidates
    assert file.election.candidates == tuple(sorted({*cells} - {""}))


SIMPLE = sorted(r.name for r in RULES.values() if r.marks != "ranks" and r.count is not None)


@pytest.mark.parametrize("rule", SIMPLE)
@pytest.mark.parametrize(
    "text",
    [
        "vote\nYes\nYes\novervote\n",
        "vote\nYes\nNo\nYes\novervoted\n",
        "choice 1,choice 2\nYes,\nYes,\nNo,\novervote,Yes\n",
    ],
)
def test_an_overvote_is_an_invalid_paper_of_crosses_and_points(rule: str, text: str) -> None:
    one = RULES[rule]
    file = read_csv(text, one.marks, one_mark=one.one_mark)
    sheet = count(rule, file.election, b"seed")
    assert [(i.papers, i.reason) for i in sheet.papers.invalid] == [(1, OVERVOTED)]
    assert dict(sheet.stages[0].votes)["Yes"] == 2


def test_an_overvoted_rank_is_shared_by_all_on_the_list() -> None:
    text = "rank1,rank2\nAda,overvote\nBo,Ada\n"
    wanted = Wanted(listed=tuple(Listed(name, "", False) for name in ("Cy", "Ada", "Bo")))
    paper = read(text, "x.csv", wanted=wanted).election.papers[0]
    assert [set(rank) for rank in paper.ranks] == [{2}, {1, 2, 3}]
