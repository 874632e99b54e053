"""The demo's story, as the command tells it: what an organisation meets in a year is in it."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest

from quorate import organisation
from support.command import quorate, verified

NOT_TOLD = {
    "bulletin.uphold_appeal",  # the committee judges in time
    "delegates.end_invitation",
    "elections.end_papers",  # nobody votes on paper
    "elections.enter_papers",
    "elections.consent",  # individuals stand, not slates
    "elections.propose_slate",
    "lots.enter_public",
    "membership.erase",
    "offices.appoint",  # the convention decides that organisers are elected
    "offices.recall",
}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole year, exported."""
    folder = tmp_path_factory.mktemp("story")
    quorate("demo", "--whole", "--no-serve", "--dir", folder / "demo")
    quorate("export", folder / "demo", folder / "out")
    return folder


def _entries(story: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (story / "out" / "entries.jsonl").open()]


def test_nearly_every_act_is_told(story: Path) -> None:
    told = Counter(entry["act"] for entry in _entries(story))
    assert set(organisation.CLAUSES) - set(told) <= NOT_TOLD


def test_it_ends_before_now_and_is_sound(story: Path) -> None:
    assert int(str(_entries(story)[-1]["time"])) < time.time_ns() // 1_000_000
    found = verified(story / "out", "--key", (story / "demo" / "record.vkey").read_text().strip())
    assert found["sound"]
    assert found["vouched"]
