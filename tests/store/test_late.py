"""An act that waits while a deadline passes is refused or counted, never confirmed and dropped."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from support import forging
from support.command import quorate, verified

LATE = Path(__file__).parents[1] / "support" / "late.py"


def test_what_waits_while_a_deadline_passes(half_year: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(half_year, tmp_path / "demo"))
    done = subprocess.run(
        [sys.executable, LATE, folder], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["rule"] == said["again"] == "bulletin.closes"
    assert said["because"]
    assert said["new_texts"] == 0, "nothing of what was refused is kept"
    out = tmp_path / "out"
    quorate("export", folder, out)
    report = verified(out, "--key", folder / "record.vkey")
    assert report["sound"], report["findings"]
    after = forging.read(out)
    after = after[said["in_time"] + 1 :]
    assert after, "what fell due is recorded"
    *due, counted = after
    assert due
    assert {entry["by"] for entry in due} == {"rulebook"}
    assert all(entry["time"] >= said["closes"] for entry in after)
    assert counted["act"] == "membership.be_reachable"
    assert (counted["seq"], counted["time"]) == (said["counted"], said["counted_at"])
