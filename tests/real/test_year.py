"""The whole year on real motions and real ballots, exported and verified."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from real.data import DATA, ELECTIONS, SUPPORT, needs_data
from support.command import quorate, verified

SCRIPT = SUPPORT / "real_year.py"


def elected_officially(ward: str) -> set[str]:
    """The surnames of those whom the returning officer declared elected."""
    text = (ELECTIONS / f"{ward}.official.json").read_text("utf-8")
    rows = json.loads(text)["Constituency"]["countGroup"]
    return {row["Surname"].casefold() for row in rows if row["Status"] == "Elected"}


def official(ward: str) -> list[list[str]]:
    """The returning officer's figures: at each stage every candidate's votes, sorted."""
    text = (ELECTIONS / f"{ward}.official.json").read_text("utf-8")
    stages: dict[int, list[str]] = {}
    for line in json.loads(text)["Constituency"]["countGroup"]:
        votes = f"{float(line['Total_Votes']):.5f}"
        stages.setdefault(line["Count_Number"], []).append(votes)
    return [sorted(stages[number]) for number in sorted(stages)]


@needs_data
@pytest.mark.parametrize(
    "ward",
    [
        "dumgal_2017_ward9",
        "fife_2017_ward6",
        "aberdeenshire_2017_ward9",
        "highland_2017_ward10",
        "edinburgh_2017_ward4",
    ],
)
def test_the_year_on_real_input(ward: str, tmp_path: Path) -> None:
    folder, out = tmp_path / "org", tmp_path / "out"
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder), str(DATA), str(ELECTIONS / f"{ward}.blt")],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    made = json.loads(done.stdout.splitlines()[-1])
    assert made["contributions"] == 101 + 56
    assert made["admitted"] == made["outcomes"] == 101 + 56
    stages = [sorted(stage["votes"].values()) for stage in made["sheet"]["stages"]]
    assert stages == official(ward)
    names = [name.casefold() for name in made["elected"]]
    winners = elected_officially(ward)
    assert len(names) == len(winners)
    assert all(any(winner in name for name in names) for winner in winners), (names, winners)
    quorate("export", folder, out)
    report = verified(out, "--key", folder / "record.vkey")
    assert report["sound"], report["findings"]
    assert report["entries"] == made["entries"]
    assert report["texts"] >= 101 + 56


@needs_data
def test_every_motion_is_read() -> None:
    from quorate.texts.motions import read_motion, read_resolutions

    motions = [
        read_motion(file.name, file.read_text("utf-8"))
        for file in sorted((DATA / "motions").glob("*.md"))
    ]
    assert len(motions) == 101
    assert all(motion.title and motion.markdown.strip() for motion in motions)
    assert all(motion.code for motion in motions)
    assert sum(bool(motion.proposers) for motion in motions) == 65
    resolutions = read_resolutions(
        "resolutions-2019.md", (DATA / "resolutions-2019.md").read_text("utf-8")
    )
    assert len(resolutions) == 56
    untitled = [r for r in resolutions if r.title.endswith("without a title")]
    assert len(untitled) == 12  # the file ends in twelve empty templates
    assert sum(bool(resolution.proposers) for resolution in resolutions) >= 43
