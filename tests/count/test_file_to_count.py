"""A file read for a count alone holds what it holds when it is read with everything else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from elections_drawn import SEED, elections
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_file_any import VALID

from quorate.count.bundles import BundledElection
from quorate.count.files.place import Unreadable
from quorate.count.files.reading import read, read_to_count
from quorate.count.files.writing import write
from quorate.count.papers import Election, NotCountable
from quorate.count.rules import count
from quorate.count.sheet import Sheet

WARDS = sorted((Path(__file__).parents[1] / "real" / "elections").glob("*.blt"))


def same(content: bytes, name: str, seats: int | None = None) -> None:
    """Both ways find the same election and count it alike, or the same fault at the same place."""
    try:
        whole = read(content, name, seats)
    except (Unreadable, NotCountable) as error:
        with pytest.raises(type(error), match=f"^{re.escape(str(error))}$"):
            read_to_count(content, name, seats)
        return
    short = read_to_count(content, name, seats)
    assert (short.format, short.seats_stated) == (whole.format, whole.seats_stated)
    assert (short.papers_read, short.notes) == (whole.papers_read, whole.notes)
    for rule in ("scottish-stv/1", "plurality/1"):
        one, other = short.election, whole.election
        if rule == "plurality/1":
            one, other = replace(one, seats=1), replace(other, seats=1)
        assert told(rule, one) == told(rule, other)


def told(rule: str, one: Election | BundledElection) -> Sheet | str:
    """The count's sheet, or why there is none."""
    try:
        return count(rule, one, SEED)
    except NotCountable as error:
        return str(error)


@pytest.mark.parametrize("ward", WARDS, ids=lambda ward: ward.stem)
def test_wards(ward: Path) -> None:
    content = ward.read_bytes()
    assert isinstance(read_to_count(content).election, BundledElection)
    for seats in (None, 1, 2, 99):
        same(content, ward.name, seats)
    same(content[: len(content) // 2], ward.name)


@pytest.mark.parametrize("ending", sorted(VALID))
def test_every_format(ending: str) -> None:
    content = VALID[ending].encode()
    for seats in (None, 0, 1, 9):
        same(content, f"a.{ending}", seats)
        same(content, "", seats)


@settings(max_examples=60, deadline=None)
@given(elections(clear=True), st.integers(0, 200), st.binary(max_size=2))
def test_files_with_and_without_faults(one: Election, place: int, put_in: bytes) -> None:
    assume(one.papers)
    whole = write(replace(one, title="T"), "blt").encode()
    same(whole, "a.blt")
    same(whole[:place] + put_in + whole[place:], "a.blt")
