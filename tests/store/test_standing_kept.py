"""A server that starts from a snapshot comes to what a replay would; one that does not fit is
thrown away, and it says so."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.command import quorate, scripted

SCRIPT = Path(__file__).parents[1] / "support" / "kept_standing.py"


def step(folder: Path, name: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(scripted(SCRIPT, folder, name))
    return said


def acted(folder: Path, code: str) -> None:
    quorate("act", folder, "membership.open_region", f"code={code}", f"name=Region {code}")


def the_file(folder: Path) -> Path:
    (path,) = (path for path in (folder / "snapshot").iterdir() if path.name.isdecimal())
    return path


def by_hand(folder: Path, *statements: str) -> None:
    with sqlite3.connect(folder / "quorate.sqlite3") as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            database.execute(statement)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Path:
    folder = tmp_path / "org"
    quorate("new", folder, "--rules", "open-convention")
    for number in range(6):
        acted(folder, f"R{number}")
    return folder


@pytest.fixture
def kept(on_sqlite: Path) -> Path:
    """An organisation with a snapshot over all its entries."""
    assert step(on_sqlite, "keep")["kept"]
    return on_sqlite


def test_a_start_from_a_snapshot_comes_to_what_a_replay_does(organisation: Path) -> None:
    before = step(organisation, "start")
    assert before["from"] == 0
    assert step(organisation, "keep") == {"kept": True, "size": before["size"]}
    assert step(organisation, "start") == before | {"from": before["size"]}
    acted(organisation, "MORE")
    after = step(organisation, "start")
    assert (after["from"], after["size"]) == (before["size"], before["size"] + 1)
    shutil.rmtree(organisation / "snapshot")
    assert step(organisation, "start") == after | {"from": 0}


def test_a_later_snapshot_takes_the_place_of_the_earlier(kept: Path) -> None:
    earlier = the_file(kept)
    assert not step(kept, "keep")["kept"], "it is over all entries already"
    acted(kept, "MORE")
    assert step(kept, "keep")["kept"]
    assert the_file(kept) != earlier


def test_nobody_else_on_the_machine_reads_it(kept: Path) -> None:
    assert the_file(kept).stat().st_mode & 0o077 == 0


def _changed(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(data)


def _without_the_key(path: Path) -> None:
    """Somebody who cannot read the keys makes a sound one of what they like."""
    import hashlib
    import hmac

    body = path.read_bytes()[:-32]
    path.write_bytes(body + hmac.digest(b"", body, hashlib.sha256))


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("how", [_changed, _without_the_key, _cut_off, _empty])
def test_a_snapshot_that_was_changed_is_thrown_away(
    kept: Path, how: Callable[[Path], None]
) -> None:
    path = the_file(kept)
    how(path)
    start = step(kept, "start")
    assert start["from"] == 0
    assert start["size"] == int(path.name)
    (said,) = start["said"]
    assert "was thrown away, and the record is replayed" in said
    assert "cut off or was changed" in said
    assert not path.exists()


def test_a_snapshot_of_another_record_is_thrown_away(kept: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    quorate("new", other, "--rules", "open-convention")
    for number in range(6):
        acted(other, f"X{number}")
    shutil.copytree(kept / "snapshot", other / "snapshot")
    start = step(other, "start")
    assert start["from"] == 0
    assert "was not made with this organisation's key" in start["said"][0]
    shutil.copytree(kept / "snapshot", other / "snapshot", dirs_exist_ok=True)
    shutil.copy(kept / "keys" / "sealing.key", other / "keys" / "sealing.key")
    start = step(other, "start")
    assert start["from"] == 0
    assert "the keeper signed other entries" in start["said"][0] or (
        "it is of another record" in start["said"][0]
    )


def test_a_snapshot_of_another_version_is_thrown_away(kept: Path) -> None:
    from quorate.record import made_by

    path = the_file(kept)
    mine = made_by.made_by().encode()
    data = path.read_bytes()
    assert data.count(mine) == 1
    _signed(kept, path, data[:-32].replace(mine, mine[:-4] + b"0000"))
    start = step(kept, "start")
    assert start["from"] == 0
    assert "another version of the program made it" in start["said"][0]


def test_a_snapshot_over_more_than_the_database_holds_is_thrown_away(kept: Path) -> None:
    size = int(the_file(kept).name)
    by_hand(
        kept,
        f"DELETE FROM store_recordentry WHERE sequence >= {size - 1}",
        f"DELETE FROM store_checkpoint WHERE size >= {size}",
    )
    start = step(kept, "start")
    assert (start["from"], start["size"]) == (0, size - 1)
    assert "entries were removed, or an older backup was restored" in start["said"][0]


def test_a_checkpoint_over_other_entries_does_not_let_a_snapshot_in(kept: Path) -> None:
    size = int(the_file(kept).name)
    by_hand(
        kept,
        f"UPDATE store_checkpoint SET note = (SELECT note FROM store_checkpoint WHERE size = "
        f"{size - 1}) WHERE size = {size}",
    )
    start = step(kept, "start")
    assert "the keeper signed other entries" in start["said"][0]
    assert "broken" in start


@pytest.mark.parametrize("name", ["007", "\u0663", "9" * 30, "999999", "a folder"])
def test_what_is_no_snapshot_keeps_no_server_from_starting(kept: Path, name: str) -> None:
    """Whatever somebody put there, the snapshot that fits is taken."""
    size = int(the_file(kept).name)
    strange = kept / "snapshot" / ("9999999" if name == "a folder" else name)
    if name == "a folder":
        strange.mkdir()
    else:
        strange.write_bytes(b"none")
    start = step(kept, "start")
    assert (start["from"], start["size"]) == (size, size)


def test_entries_changed_below_the_snapshot_are_found_by_reading_again(kept: Path) -> None:
    assert step(kept, "reread") == {"found": ""}
    changed = "REPLACE(CAST(data AS TEXT), 'Region R2', 'Region X2')"
    by_hand(kept, f"UPDATE store_recordentry SET data = CAST({changed} AS BLOB)")
    start = step(kept, "start")
    assert start["from"] == start["size"], "the state does not come from the rows"
    found = step(kept, "reread")["found"]
    assert "is not the one that was signed" in found


def test_a_deleted_entry_below_the_snapshot_is_found_by_reading_again(kept: Path) -> None:
    by_hand(kept, "DELETE FROM store_recordentry WHERE sequence = 3")
    assert step(kept, "reread")["found"] == "entry 3 is not the one that was signed"


def _signed(folder: Path, path: Path, body: bytes) -> None:
    """Puts these bytes there, under the organisation's own key."""
    import hashlib
    import hmac

    sealing = bytes.fromhex((folder / "keys" / "sealing.key").read_text().strip())
    key = hmac.digest(sealing, b"quorate/snapshot/v1", hashlib.sha256)
    path.write_bytes(body + hmac.digest(key, body, hashlib.sha256))
