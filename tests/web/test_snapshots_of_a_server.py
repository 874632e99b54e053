"""A server keeps a snapshot when it is stopped, starts from it, and stops where the record below it
was changed by hand."""

from __future__ import annotations

import shutil
import sqlite3
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from support.serving import served
from support.waiting import until


@pytest.fixture
def stopped(whole_year: Path, tmp_path: Path) -> Path:
    """The demo after its year, served once, and stopped."""
    folder = shutil.copytree(
        whole_year, tmp_path / "demo", ignore=shutil.ignore_patterns("snapshot")
    )
    with served(folder):
        pass
    return folder


def kept(folder: Path) -> list[int]:
    return [int(file.name) for file in (folder / "snapshot").iterdir() if file.name.isdigit()]


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(f"{address}/more", timeout=20) as answer:
            found: int = answer.status
            return found
    except urllib.error.HTTPError as error:
        return error.code


def test_a_clean_stop_keeps_one_over_the_whole_record(stopped: Path) -> None:
    with sqlite3.connect(stopped / "quorate.sqlite3") as database:
        (size,) = database.execute("SELECT count(*) FROM store_recordentry").fetchone()
    assert kept(stopped) == [size]
    with served(stopped) as address:
        assert status(address) == 200


def test_an_entry_changed_below_it_stops_the_server(stopped: Path) -> None:
    with sqlite3.connect(stopped / "quorate.sqlite3") as database:
        named = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (trigger,) in database.execute(named).fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute("UPDATE store_recordentry SET data = X'7b7d' WHERE sequence = 10")
    with served(stopped) as address:
        until(lambda: status(address) == 503)
