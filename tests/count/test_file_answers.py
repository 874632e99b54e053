"""Several names in one cell, as forms write checkboxes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.count.files.listed import Listed
from quorate.count.files.place import Unreadable
from quorate.count.files.reading import Wanted, read
from quorate.count.files.tables import quoted, read_csv
from quorate.count.papers import NotCountable, Paper

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
