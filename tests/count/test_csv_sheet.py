"""The count sheet as CSV: what a spreadsheet reads from it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from elections_drawn import SEED, elections
from hypothesis import given, settings
from hypothesis import strategies as st

from count.test_official_wards import WARDS, counted
from quorate.count.csv_sheet import as_csv
from quorate.count.figures import figure
from quorate.count.papers import Election, Paper
from quorate.count.rules import count


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("ward", WARDS)
def test_a_row_a_candidate_and_a_column_a_stage(ward: str) -> None:
    sheet = counted(ward)
    heads, *rows = cells(as_csv(sheet))
    assert heads[:3] == ["Candidate", "Outcome", "Stage 1: first preferences"]
    assert len(heads) == 2 + len(sheet.stages)
    assert [row[0] for row in rows] == [*sheet.candidates, "To nobody"]
    for place, stage in enumerate(sheet.stages, start=2):
        for row in rows[:-1]:
            assert (row[place] or "0.00000") == figure(stage.votes_of(row[0]))
        assert rows[-1][place] == figure(stage.nontransferable)
    elected = [row[0] for row in rows if row[1].startswith("elected")]
    assert set(elected) == set(sheet.elected)


def test_no_cell_is_a_formula() -> None:
    names = ("=1+1", "@SUM(A1)", '+A "q", b', "-2")
    one = Election("", 1, names, frozenset(), (Paper(3, (1,)), Paper(1, (2, 3))))
    rows = cells(as_csv(count("scottish-stv/1", one, SEED)))
    assert [row[0] for row in rows[1:5]] == [f"'{name}" for name in names]
    assert not any(cell[:1] in ("=", "+", "-", "@") for row in rows for cell in row)


@settings(max_examples=80, deadline=None)
@given(
    elections(),
    st.lists(
        st.text(st.characters(codec="utf-8"), min_size=1), min_size=6, max_size=6, unique=True
    ),
    st.sampled_from(["scottish-stv/1", "plurality-at-large/1"]),
)
def test_any_names_stand_in_their_cells(one: Election, names: list[str], rule: str) -> None:
    if not all(name.strip() for name in names):
        return
    named = replace(one, candidates=tuple(names[: len(one.candidates)]))
    text = as_csv(count(rule, named, SEED))
    assert text.endswith("\r\n")
    heads, *rows = cells(text)
    assert {len(row) for row in rows} == {len(heads)}
    for row, name in zip(rows, named.candidates, strict=False):
        assert row[0] in (name, f"'{name}")
