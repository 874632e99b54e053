"""A branch elects its secretary by secret ballot, through the API and the store: from the call of
the poll to whoever holds the office, and what anybody checks of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quorate.ballots.verify import whole
from quorate.record import folder, promise
from quorate.record.verify import verify
from support.command import quorate, scripted, verified

SCRIPT = Path(__file__).parents[1] / "support" / "staged_box.py"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def held(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Any]]:
    """The export, and what was told."""
    place = tmp_path_factory.mktemp("branch")
    on_postgres = request.param == "postgresql"
    database = [request.getfixturevalue("new_database")()] if on_postgres else []
    told = json.loads(scripted(SCRIPT, place / "org", "branch", *database))
    quorate("export", place / "org", place / "out")
    return place / "out", told


def test_the_record_verifies_clean(held: tuple[Path, dict[str, Any]]) -> None:
    export, told = held
    report = verified(export, "--key", export / "record.vkey")
    assert report["sound"], report["findings"]
    assert (report["registers"], report["boxes"]) == (1, 1)
    assert told["elected"] == told["secretary"]


def test_those_without_a_key_voted_on_paper(held: tuple[Path, dict[str, Any]]) -> None:
    _, told = held
    assert told["said"]["papers"] == "elections.papers_at_most", "two had no key"
    assert told["ballots"][-1] == 14


def test_strangers_verify_its_box_alone(held: tuple[Path, dict[str, Any]]) -> None:
    export, told = held
    data = (export / "ballots" / f"election-{told['number']}.bel").read_bytes()
    report = whole.verify(data)
    assert report.findings == ()
    assert (report.ballots, report.counted) == (14, 14)


def test_every_promise_is_kept(held: tuple[Path, dict[str, Any]]) -> None:
    export, told = held
    key = (export / "record.vkey").read_text("utf-8").strip()
    report = verify(folder.open_export(export), key)
    content = folder.archive(folder.open_export(export), told["number"])
    assert len(told["promises"]) == 14
    for note in told["promises"]:
        assert promise.broken(promise.read(note, [key]), report.state, content) == ""
