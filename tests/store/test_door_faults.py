"""The door of a ballot box in trouble: a crowd, a flood, ballots that come twice, processes that
die, and the server killed between a promise and the batch."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from quorate.ballots.verify import whole
from quorate.cli.serving import THREADS
from quorate.record import folder, promise
from quorate.record.verify import verify
from quorate.store.at_the_door import ROOM, AtTheDoor, Busy, Key
from quorate.store.proof_checkers import Checkers, Lost
from support.command import PATHS, quorate, scripted
from support.secret_election import CHAIR, ED25519, begun

BOX = Path(__file__).parents[1] / "support" / "staged_box.py"
DOOR = BOX.with_name("staged_door.py")


@dataclass(frozen=True)
class Open:
    """Voting is open. ``ready``: two ballots of each of ten voters."""

    place: Path
    number: int
    ready: list[str]

    def step(self, name: str, ballots: list[str]) -> Any:
        return json.loads(scripted(DOOR, self.place, name, self.put(ballots)))

    def put(self, ballots: list[str]) -> Path:
        path = self.place.with_name("ballots")
        path.write_text("".join(f"{one}\n" for one in ballots), "utf-8")
        return path

    def ask(self, what: str) -> Any:
        with sqlite3.connect(self.place / "quorate.sqlite3") as database:
            return database.execute(f"SELECT {what} FROM store_castballot").fetchone()[0]


@pytest.fixture(scope="module")
def voting(tmp_path_factory: pytest.TempPathFactory) -> Open:
    place = tmp_path_factory.mktemp("door") / "org"
    told = json.loads(scripted(BOX, place, "open"))
    return Open(place, told["number"], told["ready"])


@pytest.fixture
def own(voting: Open, tmp_path: Path) -> Open:
    """A copy of it."""
    shutil.copytree(voting.place, tmp_path / "org")
    return Open(tmp_path / "org", voting.number, voting.ready)


def test_a_promise_holds_though_the_server_is_killed(own: Open, tmp_path: Path) -> None:
    command = [sys.executable, DOOR, own.place, "promised", own.put(own.ready[:3])]
    died = subprocess.run(command, env=os.environ | PATHS, capture_output=True)
    assert died.returncode == -signal.SIGKILL, died.stderr
    promises = json.loads(died.stdout)
    scripted(BOX, own.place, "batch")
    quorate("export", own.place, tmp_path / "out")
    opened = folder.open_export(tmp_path / "out")
    report = verify(opened, opened.verifier_key)
    assert report.findings == []
    content = folder.archive(opened, own.number)
    assert content is not None
    assert whole.verify(content).findings == ()
    for given in promises:
        assert (
            promise.broken(promise.read(given, opened.verifier_key.split()), report.state, content)
            == ""
        )


def test_a_ballot_from_several_connections_at_once_is_one(own: Open) -> None:
    before = own.ask("count(*)")
    every = own.step("twice", own.ready[::2])["promises"]
    assert all(len(set(promises)) == 1 for promises in every)
    assert len({promises[0] for promises in every}) == 10
    assert own.ask("count(*)") == before + 10


def test_a_batch_between_two_castings_of_a_ballot_breaks_no_promise(own: Open) -> None:
    """The second is promised the batch that the ballot is in, not the one that was due when it
    came."""
    told = own.step("between", own.ready[:4:2])
    promises = told["promises"]
    assert promises[::2] == promises[1::2]
    dues = [int(given.split("due ")[1].split()[0]) for given in promises[::2]]
    assert dues == sorted(set(dues))
    went_in = [ballots for ballots, _ in told["heads"]]
    assert all(time < due for (_, time), due in zip(told["heads"][2:], dues, strict=True))
    assert went_in == [0, 6, 8, 9]


def test_when_the_door_is_full_acts_go_on_and_who_comes_then_is_told_so(own: Open) -> None:
    told = own.step("full", own.ready)
    assert told["outside"] == [[503, "1"]] * (len(own.ready) - ROOM)
    assert told["noise"] == [409] * 4
    assert told["acted"] > 0
    assert told["still"] == 0
    assert told["inside"] == [200] * ROOM
    assert told["later"] == len(own.ready) - ROOM


def test_what_is_twisted_is_kept_out_and_what_is_good_let_in(own: Open) -> None:
    said = own.step("wrong", own.ready[:3])["said"]
    assert said == [[409, "signature", 200]] * 3


def test_a_checking_process_that_dies_is_replaced_and_the_ballot_cast_again(own: Open) -> None:
    """Between two ballots nobody notices; during one its voter is told."""
    answers = own.step("lost", own.ready[:6:2])["answers"]
    assert answers == [[200, ""], [200, ""], [503, "1"], [200, ""]]


def test_some_threads_are_always_free_for_others() -> None:
    assert ROOM <= THREADS * 2 / 3


def test_the_door_has_room_for_so_many_and_for_two_of_one_key() -> None:
    door = AtTheDoor()
    inside = [door.one(Key(1, str(n))) for n in range(ROOM)]
    for one in inside:
        one.__enter__()
    with pytest.raises(Busy, match="Many are casting"):
        door.one(Key(1, "another")).__enter__()
    inside.pop().__exit__(None, None, None)
    with door.one(Key(1, "another")):
        pass


def test_a_key_whose_ballots_do_not_hold_waits_longer_each_time() -> None:
    door, key = AtTheDoor(), Key(1, "K")
    with door.one(key):
        for expected in (2, 4, 8, 16):
            door.failed(key)
            with pytest.raises(Busy) as busy:
                door.one(key).__enter__()
            assert expected <= busy.value.seconds <= expected + 1
    for _ in range(20):
        door.failed(key)
    with pytest.raises(Busy) as busy:
        door.one(key).__enter__()
    assert busy.value.seconds <= 601
    with door.one(Key(2, "K")):
        pass


HELD = begun(ED25519, [CHAIR], 2, single=1)
CAST = HELD.cast(0, [[0, 1, 0, 0, 0]])


def test_proofs_are_checked_in_a_process_apart() -> None:
    checkers = Checkers(1)
    try:
        assert checkers.fault(HELD.raw, CAST) is None
        with pytest.raises(Lost):  # it is not in form, which the door has to see
            checkers.fault(HELD.raw, b"{}")
        assert checkers.fault(HELD.raw, CAST) is None
    finally:
        checkers.end()


def test_a_checking_process_ends_with_its_server() -> None:
    program = (
        "import os, signal, sys; from quorate.store.proof_checkers import Checkers; "
        "c = Checkers(1); e, b = (bytes.fromhex(x) for x in sys.argv[1:]); "
        "assert c.fault(e, b) is None; p = c._idle.get(); print(p._running.pid, flush=True); "
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    command = [sys.executable, "-c", program, HELD.raw.hex(), CAST.hex()]
    died = subprocess.run(command, env=os.environ | PATHS, stdout=subprocess.PIPE, timeout=60)
    assert died.returncode == -signal.SIGKILL
    running = Path("/proc") / died.stdout.decode().strip()
    until = time.monotonic() + 20
    while _is_there(running) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _is_there(running)


def _is_there(process: Path) -> bool:
    """Whether it runs; what nobody has waited for yet does not."""
    try:
        return ") Z " not in (process / "stat").read_text()
    except OSError:
        return False
