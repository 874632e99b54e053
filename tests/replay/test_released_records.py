"""Records of every released version, replayed by this one: the same state, the same figures."""

from __future__ import annotations

import json
import tarfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from quorate import __version__, organisation
from quorate.record import entry, folder, verify
from quorate.rulebook.reading import PRESETS
from support.kept_records import RECORDS, what_it_comes_to
from support.told_year import whole_year
from support.written import Written

KEPT = sorted(RECORDS.glob("*/*.tar.xz"))

NEVER_TOLD = {
    "founding.bring_programme",  # the year begins when the founding is complete
    "offices.end_terms",  # both presets let holders stay until a successor is chosen
    "lots.enter_public",  # both presets draw lots among members
    "keys.replace",  # they are exported under the key that they began with
    "keys.rotate",
    "secret.pass_over",  # whoever is drawn answers in time
    "secret.void_box",  # and the trustees open the box in time
}

_OF_KEYS = {name for name in organisation.CLAUSES if name.startswith("secret.")} - {"secret.result"}


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name.removesuffix('.tar.xz')}"


@pytest.fixture(params=KEPT, ids=named)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A kept record, unpacked, and what it came to when it was made."""
    with tarfile.open(request.param) as archive:
        archive.extractall(tmp_path, filter="data")
    figures = request.param.with_name(request.param.name.replace(".tar.xz", ".json"))
    return tmp_path, json.loads(figures.read_text("utf-8"))


def test_there_is_one_of_each_preset_for_this_version() -> None:
    assert {named(path) for path in KEPT} >= {f"{__version__}/{preset}" for preset in PRESETS}


def test_it_comes_to_the_same(kept: tuple[Path, dict[str, Any]]) -> None:
    export, came_to = kept
    key = (export / "record.vkey").read_text("utf-8")
    report = verify.verify(folder.open_export(export), key.strip())
    assert report.findings == []
    assert report.signed
    assert report.entries == came_to["entries"]
    assert report.texts > 20
    assert report.texts_absent == len(report.state.erasing.texts) > 0
    comes_to = what_it_comes_to(report.state)
    for name in ("votes", "outcomes", "elections", "state"):
        assert comes_to[name] == came_to[name], name
    assert {name: came_to[name] for name in comes_to} == comes_to


def test_every_entry_states_the_code_that_decided_it(kept: tuple[Path, dict[str, Any]]) -> None:
    export, came_to = kept
    codes = {entry.read(data).code for data in folder.entries(folder.open_export(export))}
    assert codes == {came_to["code"]}
    assert came_to["code"] in organisation.KNOWN_CODES


@pytest.mark.parametrize("path", KEPT, ids=named)
def test_it_is_small(path: Path) -> None:
    both = (
        path.stat().st_size + path.with_name(path.name.replace(".tar.xz", ".json")).stat().st_size
    )
    assert both < 400_000


@pytest.mark.parametrize("preset", PRESETS)
def test_the_year_is_told_the_same_each_time(preset: str) -> None:
    once, again = whole_year(preset)[1], whole_year(preset)[1]
    assert without_keys(once) == without_keys(again)


def without_keys(record: Written) -> list[tuple[Any, ...]]:
    """The record's entries; of those of a secret ballot only who did what: no two keys or ballots
    are alike."""
    return [
        (occasion, name if name in _OF_KEYS else act)
        for occasion, act in record.entries
        for name in [organisation.clause_of(act).name]
    ]


def test_nearly_every_act_is_in_them() -> None:
    told: Counter[str] = Counter()
    for preset in PRESETS:
        for _, act in whole_year(preset)[1].entries:
            told[organisation.clause_of(act).name] += 1
    assert set(organisation.CLAUSES) - set(told) == NEVER_TOLD
