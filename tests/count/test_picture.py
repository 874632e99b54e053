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
from quorate.count.figures import figure
from quorate.count.papers import Election, Paper
from quorate.count.picture import bars, flow
from quorate.count.rules import count
from quorate.count.sheet import Sheet

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
    *shown, quota = figures
    assert quota == "Upright stroke: the quota, 1012"
    assert [one if one != "–" else "0.00000" for one in shown] == [figure(one) for one in votes]
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


TWENTY = tuple(f"{name} of the Very Long Harbour Street" for name in "ABCDEFGHIJKLMNOPQRST")


def boxes(root: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    """About where each text stands: left, top, right, bottom; a letter is half its height wide."""
    found = []
    for one in root.findall(f"{SVG}text"):
        size = float(one.get("font-size", ""))
        shown = (one.text or "") + "".join(child.tail or "" for child in one)
        wide, x, y = len(shown) * size * 0.5, float(one.get("x", "")), float(one.get("y", ""))
        left = x - wide if one.get("text-anchor") == "end" else x
        found.append((left, y - size * 0.8, left + wide, y + size * 0.1))
    return found


@pytest.mark.parametrize("drawn", [bars, flow])
@pytest.mark.parametrize("size", [2, 5, 12, 20])
def test_no_label_touches_another_or_leaves_the_picture(drawn: object, size: int) -> None:
    """Many candidates with few votes each are the hard case."""
    papers = [Paper(400, (1,))] + [Paper(number, (number, 1)) for number in range(2, size + 1)]
    one = Election("", 1, TWENTY[:size], frozenset(), tuple(papers))
    if size > 4:
        one = replace(one, seats=3, papers=(Paper(400, (1, 2)), *papers[1:]))
    root = ElementTree.fromstring(drawn(count("scottish-stv/1", one, SEED)))  # type: ignore[operator]
    _, _, wide, high = map(float, root.get("viewBox", "").split())
    placed = boxes(root)
    for place, (left, top, right, bottom) in enumerate(placed):
        assert 0 <= left <= right <= wide
        assert 0 <= top <= bottom <= high
        for others in placed[:place]:
            apart = (
                right <= others[0] or others[2] <= left or bottom <= others[1] or others[3] <= top
            )
            assert apart, (placed[place], others)


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
