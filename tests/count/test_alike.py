"""Names that differ only in capitals or spaces are remarked on, by every rule; others are not."""

from __future__ import annotations

import pytest
from elections_drawn import SEED
from hypothesis import given
from hypothesis import strategies as st

from quorate.count.alike import alike
from quorate.count.files.tables import read_csv
from quorate.count.papers import Election, NotCountable, Paper
from quorate.count.rules import count


@pytest.mark.parametrize("rule", ["scottish-stv/1", "schulze/1", "approval/1", "dhondt/1"])
def test_the_sheet_remarks_on_them(rule: str) -> None:
    names = ("Ann Lee", "Bo", "ann  lee", "ANNLEE")
    one = Election("", 1, names, frozenset(), (Paper(2, (1,)), Paper(1, (3,))))
    (remark,) = count(rule, one, SEED).remarks[-1:]
    assert remark.startswith("“Ann Lee”, “ann  lee” and “ANNLEE” differ only in capitals or spaces")
    assert "counted as 3 candidates" in remark


def test_a_column_of_answers_in_several_spellings() -> None:
    one = read_csv("Who?\nAda\nada\nADA \nBo\n", "crosses").election
    assert one.candidates == ("ADA", "Ada", "Bo", "ada")
    assert len(alike(one.candidates)) == 1


@given(st.lists(st.text("abAB ", min_size=1, max_size=3), max_size=5, unique=True))
def test_remarks_are_on_those_that_differ_in_nothing_else(names: list[str]) -> None:
    said = " ".join(alike(names))
    for name in names:
        others = [other for other in names if other != name]
        same = any(o.replace(" ", "").lower() == name.replace(" ", "").lower() for o in others)
        assert (f"“{name}”" in said) == same


def test_two_of_one_name_hear_how_to_be_told_apart() -> None:
    with pytest.raises(NotCountable, match='named "A"; add what tells the two apart'):
        count("approval/1", Election("", 1, ("A", "A"), frozenset(), ()), None)
