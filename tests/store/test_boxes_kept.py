"""Whole elections by secret ballot through the API and the store, on each database; and what lies
beside the record of them."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from quorate.ballots.verify import whole
from quorate.record import folder, promise
from quorate.record.verify import verify
from support.caught import RECEIPT, caught_by
from support.command import PATHS, quorate, scripted

SCRIPT = Path(__file__).parents[1] / "support" / "staged_box.py"


@dataclass(frozen=True)
class Held:
    place: Path
    export: Path
    told: dict[str, Any]

    @property
    def key(self) -> str:
        return (self.export / "record.vkey").read_text("utf-8").strip()

    @property
    def box(self) -> bytes:
        return (self.export / "ballots" / f"election-{self.told['number']}.bel").read_bytes()


@pytest.fixture(scope="module", params=["marks", "ranks", "marks on postgresql"])
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Held:
    place = tmp_path_factory.mktemp("box")
    kind, _, postgres = request.param.partition(" on ")
    database = [request.getfixturevalue("new_database")()] if postgres else []
    told = json.loads(scripted(SCRIPT, place / "org", "held", kind, *database))
    quorate("export", place / "org", place / "out")
    return Held(place / "org", place / "out", told)


def test_the_whole_of_it_is_found_to_be_sound(held: Held) -> None:
    report = verify(folder.open_export(held.export), held.key)
    assert report.findings == []
    assert (report.registers, report.boxes) == (1, 1)


def test_strangers_verify_the_box_alone(held: Held) -> None:
    report = whole.verify(held.box)
    assert report.findings == ()
    assert (report.ballots, report.counted) == (12, 11)
    assert report.result is not None
    done = quorate("ballots", "verify", held.export / "ballots")
    assert "Sound. The election has its result." in done.stdout


def test_what_was_tried_on_the_way(held: Held) -> None:
    said = held.told["said"]
    assert said["again"] == held.told["promises"][0]
    assert "ballot" in said["in the box"]
    assert said["twisted"] == "form"
    assert said["late"].startswith("Voting closed")
    assert said["papers"] == "elections.papers_at_most"
    assert "another" in said["wrong key"] or "proof" in said["wrong key"]
    assert "the decryptions give other" in said["another result"]
    if "wrong shuffle" in said:
        assert "proof does not hold" in said["wrong shuffle"]
    assert held.told["ballots"] == [0, 12, 12, 12, 12]


@caught_by(RECEIPT)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_ballot_of_the_box_before_is_not_promised_to_be_in_this(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """The poll is held again by the same keys. Who casts a ballot of the box that was void is told
    that it is for another election; where it is, it is promised again, though voting is over."""
    named = [request.getfixturevalue("new_database")()] if database == "postgresql" else []
    told = json.loads(scripted(SCRIPT, tmp_path / "org", "anew", *named))
    assert told["said"] == ["election", "election"]
    assert told["promised again"].split("due ")[0] == told["promises"][0].split("due ")[0]
    assert told["late"].startswith("Voting closed")
    assert f"\nelection {told['number']}\n" in told["new"]


def test_every_promise_was_kept(held: Held, tmp_path: Path) -> None:
    opened = folder.open_export(held.export)
    report = verify(opened, held.key)
    for given in held.told["promises"]:
        read = promise.read(given, [held.key])
        assert promise.broken(read, report.state, held.box) == ""
    (tmp_path / "promise").write_text(held.told["promises"][0])
    done = quorate("ballots", "promised", tmp_path / "promise", held.export, "--key", held.key)
    assert done.stdout.startswith("Kept")


def test_nothing_is_kept_with_a_ballot(held: Held) -> None:
    if (held.place / "quorate.sqlite3").exists():
        with sqlite3.connect(held.place / "quorate.sqlite3") as database:
            rows = database.execute("SELECT * FROM store_castballot")
            columns = [column[0] for column in rows.description]
            assert columns == ["hash", "election", "credential", "nth", "place", "data"]
            with pytest.raises(sqlite3.OperationalError, match="no such column"):
                database.execute("SELECT rowid FROM store_castballot")


def test_a_backup_holds_it(held: Held, tmp_path: Path) -> None:
    quorate("backup", held.place, tmp_path / "backup", "--keys", tmp_path / "keys")
    keys = ["--keys", tmp_path / "keys", "--database", ""]
    quorate("restore", tmp_path / "backup", tmp_path / "again", *keys)
    quorate("export", tmp_path / "again", tmp_path / "out")
    name = f"election-{held.told['number']}.bel"
    assert (tmp_path / "out" / "ballots" / name).read_bytes() == held.box


@dataclass(frozen=True)
class Open:
    place: Path
    told: dict[str, Any]

    def waiting(self) -> int:
        return int(self._ask("SELECT count(*) FROM store_castballot WHERE place IS NULL"))

    def size(self) -> int:
        return int(self._ask("SELECT count(*) FROM store_recordentry"))

    def _ask(self, statement: str) -> Any:
        with sqlite3.connect(self.place / "quorate.sqlite3") as database:
            return database.execute(statement).fetchone()[0]


@pytest.fixture(scope="module")
def voting(tmp_path_factory: pytest.TempPathFactory) -> Open:
    """Six ballots are in the box, two wait."""
    place = tmp_path_factory.mktemp("open") / "org"
    return Open(place, json.loads(scripted(SCRIPT, place, "open")))


@pytest.fixture
def own(voting: Open, tmp_path: Path) -> Open:
    """A copy of it."""
    shutil.copytree(voting.place, tmp_path / "org")
    return Open(tmp_path / "org", voting.told)


@pytest.mark.parametrize("step", ["placed", "kept", "before the commit"])
def test_a_kill_in_the_middle_of_a_batch_leaves_nothing_half_done(own: Open, step: str) -> None:
    assert (own.waiting(), size := own.size()) == (2, own.told["size"])
    died = subprocess.run(
        [sys.executable, SCRIPT, own.place, "dying", step], env=PATHS, capture_output=True
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert (own.waiting(), own.size()) == (2, size)
    told = json.loads(scripted(SCRIPT, own.place, "batch"))
    assert told["ballots"] == [0, 6, 8]
    assert own.waiting() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM store_castballot",
        "UPDATE store_castballot SET place = 99 WHERE place = 1",
        "UPDATE store_castballot SET place = NULL WHERE place = 1",
        "UPDATE store_castballot SET place = 99, data = x'00' WHERE place IS NULL",
        "UPDATE store_castballot SET place = 99, credential = 'x' WHERE place IS NULL",
    ],
)
def test_no_ballot_is_changed_or_taken_out(own: Open, statement: str) -> None:
    with (
        sqlite3.connect(own.place / "quorate.sqlite3") as database,
        pytest.raises(sqlite3.IntegrityError, match="stays as it was cast"),
    ):
        database.execute(statement)


def test_a_box_that_is_open_is_exported_and_verified_too(own: Open, tmp_path: Path) -> None:
    quorate("export", own.place, tmp_path / "out")
    opened = folder.open_export(tmp_path / "out")
    report = verify(opened, opened.verifier_key)
    assert report.findings == []
    content = folder.archive(opened, own.told["number"])
    assert content is not None
    assert whole.verify(content).ballots == 6
    states = [
        promise.broken(promise.read(one, opened.verifier_key.split()), report.state, content)
        for one in own.told["promises"]
    ]
    assert states == [""] * 6 + [None] * 2


def test_waiting_ballots_are_in_a_backup_and_a_newer_record_places_them(
    own: Open, tmp_path: Path
) -> None:
    quorate("backup", own.place, tmp_path / "backup", "--keys", tmp_path / "keys")
    scripted(SCRIPT, own.place, "batch")
    quorate("export", own.place, tmp_path / "newer")
    more = ["--newer", tmp_path / "newer"]
    quorate("restore", tmp_path / "backup", tmp_path / "old", "--keys", tmp_path / "keys")
    quorate("restore", tmp_path / "backup", tmp_path / "new", "--keys", tmp_path / "keys", *more)
    assert Open(tmp_path / "old", {}).waiting() == 2
    assert Open(tmp_path / "new", {}).waiting() == 0


def test_what_the_api_shows(own: Open, tmp_path: Path) -> None:
    number = own.told["number"]
    addresses = [f"/api/ballots/{number}{rest}" for rest in ("", "/election", "/archive")]
    shown = json.loads(scripted(SCRIPT, own.place, "anyone", *addresses))
    box = json.loads(shown[addresses[0]])
    assert [head["ballots"] for head in box["heads"]] == [0, 6]
    assert shown[addresses[1]] == box["asked"]
    assert whole.verify(shown[addresses[2]].encode()).ballots == 6
