"""Parts of a page: a list stands once, and what is passed on has papers and values."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from elections_drawn import SEED, elections
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.cli.counting import told_in_lines
from quorate.count.blt import read_blt
from quorate.count.page import as_html
from quorate.count.papers import Election, Paper
from quorate.count.picture import bars
from quorate.count.report import report
from quorate.count.rules import count
from quorate.count.transfer_table import transfer_table

WARDS = Path(__file__).parents[1] / "real" / "elections"
LISTS = ("dhondt/1", "sainte-lague/1", "hare-niemeyer/1")
HOUSE = Election(
    "House",
    7,
    ("Red", "Blue", "Green", "Grey"),
    frozenset(),
    (Paper(53, (1,)), Paper(24, (2,)), Paper(23, (3,)), Paper(1, (4,))),
)


@pytest.mark.parametrize("rule", LISTS)
def test_a_list_stands_once_with_all_its_seats(rule: str) -> None:
    sheet = count(rule, HOUSE, SEED)
    told = report(sheet)
    assert [name for name, _ in told.elected] == ["Red", "Blue", "Green"]
    seats = {name: sheet.elected.count(name) for name in HOUSE.candidates}
    assert told.elected[0][1] == f"{seats['Red']} of 7 seats, with 53 votes"
    (stage,) = told.stages
    assert sum(sentence.startswith("Red ") for sentence in stage.sentences) == 1
    assert f"{seats['Blue']} seats" in bars(sheet)
    assert bars(sheet).count(">Red</text>") == 1
    assert bars(sheet).count('class="count-bar ') == 4
    assert "no seat" in bars(sheet)
    lines = told_in_lines(sheet)
    assert f"  Red: {seats['Red']} of 7 seats, with 53 votes" in lines
    assert sum(line.startswith("  Red: ") for line in lines) == 1 + seats["Red"]


def test_a_late_stage_of_a_real_count_passes_on_papers_at_several_values() -> None:
    ward = read_blt((WARDS / "dumgal_2017_ward9.blt").read_bytes())
    sheet = count("scottish-stv/1", ward.election, SEED)
    tables = [transfer_table(stage) for stage in sheet.stages]
    assert tables[0] is None
    page = as_html(sheet)
    for stage, table in zip(sheet.stages[1:], tables[1:], strict=True):
        assert table is not None
        assert table.heads == ("To", "Papers", "Papers × value", "Votes")
        *rows, total = table.rows
        told = {row[0]: row for row in rows}
        assert len(told) == len(rows)
        for one in stage.transfers:
            row = told[one.to] if one.to is not None else told[f"nobody: {one.why}"]
            if one.papers:
                assert f"{one.papers:,} × {one.value}" in row[2].split(", ")
        for row in rows:
            parts = [part.split(" × ") for part in row[2].split(", ") if part != "–"]
            worth = [int(papers.replace(",", "")) * Decimal(value) for papers, value in parts]
            assert sum(worth) == Decimal(row[3]) or not parts
            assert all(f">{cell}</t" in page for cell in row)
        assert Decimal(total[3]) == sum(Decimal(row[3]) for row in rows)
    assert any(len({one.value for one in stage.transfers}) > 2 for stage in sheet.stages)


@settings(max_examples=40, deadline=None)
@given(elections(), st.sampled_from(["scottish-stv/1", "ers97/1", "instant-runoff/1"]))
def test_the_table_moves_what_the_sheet_moves(one: Election, rule: str) -> None:
    if rule == "instant-runoff/1":
        one = Election(one.title, 1, one.candidates, one.withdrawn, one.papers)
    for stage in count(rule, one, SEED).stages:
        table = transfer_table(stage)
        if table is None:
            assert not stage.transfers
            continue
        several = any(transfer.of for transfer in stage.transfers)
        assert ("From" in table.heads) == several
        assert all(len(row) == len(table.heads) for row in table.rows)
        assert Decimal(table.rows[-1][-1]) == sum(t.votes for t in stage.transfers)
        assert table.rows[-1][-3] == f"{sum(t.papers for t in stage.transfers):,}"


def test_batches_of_one_value_are_told_together() -> None:
    """By ERS97 an exclusion moves several batches, and some at the same value."""
    ward = read_blt((WARDS / "dumgal_2017_ward9.blt").read_bytes())
    for stage in count("ers97/1", ward.election, SEED).stages[1:]:
        table = transfer_table(stage)
        assert table is not None
        for row in table.rows[:-1]:
            values = [part.split(" × ")[1] for part in row[-2].split(", ") if " × " in part]
            assert len(values) == len(set(values))
