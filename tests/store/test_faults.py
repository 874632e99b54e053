"""The write lane under faults: a killed server, two servers, one key twice, a clock that jumps."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from quorate.record import receipt
from support import forging
from support.command import quorate, verified

WORKER = Path(__file__).parents[1] / "support" / "worker.py"


def _worker(folder: Path, word: str, number: int, threads: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WORKER), str(folder), word, str(number), str(threads)],
        stdout=subprocess.PIPE,
        text=True,
    )


def _entries(export: Path) -> list[dict[str, object]]:
    return forging.read(export)


@dataclass(frozen=True, slots=True)
class GivenOut:
    """What a worker said of an act that was recorded."""

    member: str
    receipt: str


def _given_out(said: str) -> dict[int, GivenOut]:
    """Sequence → what was said of it, of the whole lines that a worker said."""
    lines = [line.split() for line in said.split("\n")[:-1]]
    return {
        int(sequence): GivenOut(member, base64.b64decode(shown).decode())
        for sequence, member, shown in lines
    }


def test_killed_in_the_middle(organisation: Path, tmp_path: Path) -> None:
    worker = _worker(organisation, "first", 1000, 4)
    assert worker.stdout is not None
    said = "".join(worker.stdout.readline() for _ in range(40))
    worker.kill()
    said += worker.stdout.read()
    worker.wait()
    given_out = _given_out(said)
    assert 40 <= len(given_out) < 1000
    _worker(organisation, "second", 20, 1).communicate(timeout=120)
    out = tmp_path / "out"
    quorate("export", organisation, out)
    report = verified(out, "--key", organisation / "record.vkey")
    assert report["sound"], report["findings"]
    entries = _entries(out)
    key = (organisation / "record.vkey").read_text().strip()
    for sequence, given in given_out.items():
        assert entries[sequence]["body"]["member"] == given.member
        proved = receipt.verify(given.receipt, key)
        assert proved.entry.occasion.sequence == sequence
        assert proved.entry.act.member == given.member
    files = []
    for sequence in sorted(given_out)[:: len(given_out) // 10]:
        files += ["--receipt", tmp_path / f"{sequence}.txt"]
        files[-1].write_text(given_out[sequence].receipt, "utf-8")
    held = verified(out, "--key", organisation / "record.vkey", *files)
    assert held["sound"], held["findings"]
    told = quorate("receipt", "verify", files[-1], "--key", key, "--json")
    assert json.loads(told.stdout)["proved"] is True
    admitted = [entry["body"]["member"] for entry in entries if entry["act"] == "membership.admit"]
    assert len(admitted) == len(set(admitted)) >= len(given_out) + 20


def test_two_servers_keep_one_order(organisation: Path, tmp_path: Path) -> None:
    workers = [_worker(organisation, word, 60, 3) for word in ("left", "right")]
    said = [worker.communicate(timeout=120)[0] for worker in workers]
    left, right = (_given_out(one) for one in said)
    assert len(left) == len(right) == 60
    assert not left.keys() & right.keys()
    out = tmp_path / "out"
    quorate("export", organisation, out)
    report = verified(out, "--key", organisation / "record.vkey")
    assert report["sound"], report["findings"]
    assert report["entries"] == 3 + 120


def test_a_key_makes_an_act_one_entry(organisation: Path) -> None:
    words = ("membership.open_region", "code=SO", "name=South", "--key", "once", "--json")
    first = json.loads(quorate("act", organisation, *words).stdout)
    again = json.loads(quorate("act", organisation, *words).stdout)
    assert first["recorded"]["entry"] == again["recorded"]["entry"]
    other = quorate(
        "act",
        organisation,
        "membership.open_region",
        "code=WE",
        "name=West",
        "--key",
        "once",
        check=False,
    )
    assert other.returncode == 1
    assert "used for another act" in other.stderr


class TestTheClock:
    """A jump halts the lane; time never goes back."""

    def test_a_jump_halts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from quorate.store import clock

        steady = clock.Clock()
        now = steady.now(0)
        monkeypatch.setattr(clock, "_wall", lambda: time.time_ns() // 1_000_000 + 3_600_000)
        with pytest.raises(clock.ClockJumped, match="jumped"):
            steady.now(now)

    def test_a_clock_behind_the_record_halts(self) -> None:
        from quorate.store import clock

        with pytest.raises(clock.ClockJumped, match="behind the last entry"):
            clock.Clock().now(time.time_ns() // 1_000_000 + 3_600_000)

    def test_a_little_behind_waits_at_the_last_entry(self) -> None:
        from quorate.store import clock

        last = time.time_ns() // 1_000_000 + 5_000
        assert clock.Clock().now(last) == last
