"""Somebody writes into the database by hand: the server does not go on from it, and says so."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from support.command import QUORATE
from support.serving import served


@pytest.fixture
def demo(half_year: Path, tmp_path: Path) -> Path:
    """A copy of the demo's folder."""
    return Path(shutil.copytree(half_year, tmp_path / "demo"))


def _write_by_hand(folder: Path, sequence: int) -> None:
    """The member who did an entry becomes another."""
    with sqlite3.connect(folder / "quorate.sqlite3") as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            database.execute(f"DROP TRIGGER {name}")
        where = "WHERE sequence = ?"
        found = database.execute(f"SELECT data FROM store_recordentry {where}", (sequence,))
        data = bytes(found.fetchone()[0]).replace(b'"by":"m-', b'"by":"m-a')
        database.execute(f"UPDATE store_recordentry SET data = ? {where}", (data, sequence))


def test_a_server_does_not_start_on_a_broken_record(demo: Path) -> None:
    _write_by_hand(demo, 2000)
    done = subprocess.run(
        [QUORATE, "serve", str(demo), "--port", "0"], capture_output=True, text=True, timeout=60
    )
    assert "The record is broken" in done.stderr
    assert "entry 2000" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_running_server_stops_answering_when_what_comes_is_no_record(demo: Path) -> None:
    with served(demo) as address, sqlite3.connect(demo / "quorate.sqlite3") as database:
        last = database.execute("SELECT max(sequence) FROM store_recordentry").fetchone()[0]
        made_up = b'{"act":"floor.close","body":{},"by":"m-aaaaaaaaaaaaaaaa","code":"1","seq":1}'
        database.execute("INSERT INTO store_recordentry VALUES (?, ?)", (last + 1, made_up))
        database.commit()
        with pytest.raises(urllib.error.HTTPError) as answer:
            urllib.request.urlopen(f"{address}/", timeout=10)
        assert answer.value.code == 503
        assert "written there by hand" in answer.value.read().decode()
