"""The demo that stops while its convention votes in secret: whoever plays in it can vote, and open
the box."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from support.command import installed, quorate, verified

SCRIPT = Path(__file__).parents[1] / "support" / "played_vote.py"
MINUTE = 60_000


def test_with_what_it_lends_one_votes_and_opens_the_box(tmp_path: Path) -> None:
    folder, out = tmp_path / "demo", tmp_path / "out"
    installed("demo", "--until", "vote", "--no-serve", "--dir", folder)
    said = quorate("demo", "--no-serve", "--dir", folder).stdout
    assert "made for a secret vote at its convention" in said
    assert quorate("demo", "--whole", "--no-serve", "--dir", folder, check=False).returncode == 2
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    played = json.loads(done.stdout.splitlines()[-1])
    (purpose,) = played["purposes"]
    assert re.fullmatch(r"register 1 of harbour-[0-9a-f]{8}\.demo\.invalid", purpose)
    assert 25 * MINUTE < played["left"] < 35 * MINUTE
    assert played["before"] > 20  # some have voted when it begins
    assert 0 < played["lent"] < played["keys"]
    assert played["counted"] > played["lent"]
    assert set(played["first two"]) <= set(played["elected"])  # whom all who were left prefer
    quorate("export", folder, out)
    report = verified(out, "--key", folder / "record.vkey")
    assert report["sound"], report["findings"]


def test_it_can_stop_before_the_box_is_opened(tmp_path: Path) -> None:
    """Voting is over, papers can be entered, and trustees open the box: nobody has to wait."""
    folder = tmp_path / "demo"
    installed("demo", "--until", "opening", "--no-serve", "--dir", folder)
    said = quorate("demo", "--no-serve", "--dir", folder).stdout
    assert "made for the opening of a ballot box" in said
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    played = json.loads(done.stdout.splitlines()[-1])
    assert -15 * MINUTE < played["left"] < 0
    assert played["lent"] == 0  # no key is of use any more
    assert played["counted"] > 50
    assert played["elected"]


def test_the_rest_of_the_year_holds_two_boxes(whole_export: Path) -> None:
    boxes = sorted((whole_export / "ballots").glob("*.bel"))
    assert len(boxes) == 2
    for box in boxes:
        assert quorate("ballots", "verify", box).returncode == 0
