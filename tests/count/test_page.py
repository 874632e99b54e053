"""The page of a count: everything that the sheet says, well-formed, nothing that runs."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from elections_drawn import SEED, elections
from hypothesis import given, settings
from hypothesis import strategies as st

from count.test_official_wards import WARDS, counted
from quorate.count.csv_sheet import as_csv
from quorate.count.figures import figure
from quorate.count.page import as_html
from quorate.count.papers import Election, Paper
from quorate.count.report import report
from quorate.count.rules import count
from quorate.count.sheet import Sheet
from quorate.count.why import why_not

VOID = {"meta", "link", "br", "hr", "img"}


class Page(HTMLParser):
    """Tags in balance, their text, and every attribute."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.said: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def page(sheet: Sheet) -> Page:
    read = Page(as_html(sheet))
    assert read.open == []
    assert "script" not in read.tags
    assert not any(name.startswith("on") for name, _ in read.attributes)
    assert not any(name in ("href", "src", "srcset") for name, _ in read.attributes)
    return read


@pytest.mark.parametrize("ward", WARDS)
def test_a_ward_has_every_figure_every_reason_and_every_stage(ward: str) -> None:
    sheet = counted(ward)
    read = page(sheet)
    said = read.said
    for stage in sheet.stages:
        assert stage.action.says in said
        for name, votes in stage.votes:
            assert figure(votes) in said or (name in sheet.not_elected and not votes)
        assert figure(stage.nontransferable) in said
    for name in sheet.not_elected:
        assert all(sentence in said for sentence in why_not(sheet, name))
    assert read.tags.count("details") == len(sheet.not_elected)
    assert read.tags.count("svg") == 2
    assert "@media print" in as_html(sheet)
    assert "prefers-color-scheme:dark" in as_html(sheet)


def test_what_is_moved_in_a_stage_adds_up() -> None:
    sheet = counted(WARDS[0])
    for stage, told in zip(sheet.stages, report(sheet).stages, strict=True):
        moved = [sentence for sentence in told.sentences if sentence.startswith("Passed on")]
        figures = [Decimal(one) for text in moved for one in re.findall(r"(\d+\.\d+) to ", text)]
        assert sum(figures) == sum(one.votes for one in stage.transfers)


def test_invalid_papers_ties_and_withdrawals_are_told() -> None:
    one = Election(
        "Chair", 1, ("A", "B", "C"), frozenset({3}), (Paper(2, (1,)), Paper(2, (2,)), Paper(3, ()))
    )
    said = page(count("scottish-stv/1", one, SEED)).said
    assert "3: no mark" in said
    assert any("a lot drew" in sentence for sentence in said)
    assert "C withdrew before the count." in said
    nobody = page(count("slate-against-slate/1", replace(one, papers=()), None)).said
    assert "Nobody." in nobody


def test_a_long_count_is_cut_into_tables_that_fit_a_page() -> None:
    names = tuple(f"Candidate {number:02}" for number in range(1, 21))
    papers = tuple(Paper(number, (number,)) for number in range(1, 21))
    sheet = count("scottish-stv/1", Election("", 1, names, frozenset(), papers), SEED)
    assert len(sheet.stages) > 12
    read = page(sheet)
    of_transfers = sum(bool(stage.transfers) for stage in sheet.stages)
    assert read.tags.count("table") == 2 + of_transfers
    assert "Votes after stages 1 to 12" in read.said


@settings(max_examples=60, deadline=None)
@given(
    elections(),
    st.lists(st.text(min_size=1), min_size=6, max_size=6, unique=True),
    st.sampled_from(["scottish-stv/1", "plurality-at-large/1", "slate-against-slate/1"]),
)
def test_any_names_are_escaped(one: Election, names: list[str], rule: str) -> None:
    if not all(name.strip() for name in names):
        return
    named = replace(one, candidates=tuple(names[: len(one.candidates)]), title=names[0])
    page(count(rule, named, SEED)).tags.index("main")


def test_a_script_in_a_name_stays_text() -> None:
    hostile = '</title><script>alert("x")</script>'
    one = Election(hostile, 1, (hostile, "B & C"), frozenset(), (Paper(3, (1, 2)),))
    assert "<script" not in as_html(count("scottish-stv/1", one, None))


def test_a_count_without_stages_or_without_transfers_is_told_as_far_as_it_goes() -> None:
    """Comparisons in pairs have no stages; Meek's stages state votes and no transfers."""
    sheet = counted(WARDS[0])
    bare = page(replace(sheet, stages=()))
    assert "svg" not in bare.tags
    assert "table" not in bare.tags
    assert all(name in bare.said for name in sheet.elected)
    silent = replace(sheet, stages=tuple(replace(stage, transfers=()) for stage in sheet.stages))
    assert page(silent).tags.count("svg") == 1
    rows = as_csv(replace(sheet, stages=())).splitlines()
    assert len(rows) == 1 + len(sheet.candidates)
