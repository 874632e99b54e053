"""Pictures of a count: well-formed, readable by machines, and true to the sheet."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from elections_drawn import SEED, elections
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.count.blt import read_blt
from quorate.count.papers import Election, Paper
from quorate.count.picture import bars, flow
from quorate.count.rules import count
from quorate.count.sheet import Sheet, figure

ELECTIONS = Path(__file__).parents[1] / "real" / "elections"
SVG = "{http://www.w3.org/2000/svg}"


def ward(name: str) -> Sheet:
    return count("scottish-stv/1", read_blt((ELECTIONS / name).read_bytes()).election, None)


@pytest.mark.parametrize("drawn", [bars, flow])
@pytest.mark.parametrize("path", sorted(ELECTIONS.glob("*.blt")), ids=lambda path: path.stem)
def test_real_counts(path: Path, drawn: object) -> None:
    sheet = ward(path.name)
    text = drawn(sheet)  # type: ignore[operator]
    root = ElementTree.fromstring(text)
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    told = root.findtext(f"{SVG}desc") or ""
    assert all(name in told for name in sheet.elected)
    assert not root.findall(f".//{SVG}script")
    assert "style" not in text
    assert "currentColor" in text


def test_bars_show_every_figure_as_long_as_its_votes() -> None:
    sheet = ward("dumgal_2017_ward9.blt")
    root = ElementTree.fromstring(bars(sheet))
    figures = [one.text for one in root.findall(f"{SVG}text[@class='count-figure']")]
    order = [*sheet.elected, *sheet.not_elected]
    votes = [stage.votes_of(name) for name in order for stage in sheet.stages]
    assert figures == [figure(one) for one in votes]
    bar = [float(one.get("width", "")) for one in root.findall(f"{SVG}rect")]
    scale = max(bar) / float(max(votes))
    assert all(abs(w - float(v) * scale) < 0.02 for w, v in zip(bar, votes, strict=True))


def test_flows_tell_every_transfer() -> None:
    sheet = ward("dumgal_2017_ward9.blt")
    root = ElementTree.fromstring(flow(sheet))
    said = [one.findtext(f"{SVG}title") for one in root.findall(f"{SVG}path")]
    for stage in sheet.stages[1:]:
        gains: dict[str, Decimal] = {}
        for one in stage.transfers:
            to = one.to or "non-transferable"
            gains[to] = gains.get(to, Decimal(0)) + one.votes
        for to, votes in gains.items():
            assert f"{figure(votes)} votes of {stage.action.of}: {to}" in said


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
    sheet = count(rule, named, SEED)
    ElementTree.fromstring(bars(sheet))
    ElementTree.fromstring(flow(sheet))


def test_a_script_in_a_name_stays_text() -> None:
    hostile = '</title><script>alert("x")</script>'
    one = Election(hostile, 1, (hostile, "B & C"), frozenset(), (Paper(3, (1, 2)),))
    for text in (
        bars(count("scottish-stv/1", one, None)),
        flow(count("scottish-stv/1", one, None)),
    ):
        assert "<script" not in text
        assert hostile in (ElementTree.fromstring(text).findtext(f"{SVG}desc") or "")
