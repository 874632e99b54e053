"""The disk is full, or a server loses its database: what was given out holds, nothing is recorded
twice, and no second history comes of it."""

from __future__ import annotations

import base64
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from support.asking import asked
from support.command import PATHS, QUORATE, quorate, verified
from support.dying_at import AFTER_GIVING, NUMBER, pseudonym
from support.serving import served
from support.waiting import until

TRYING = Path(__file__).parents[1] / "support" / "trying_again.py"
DYING = TRYING.with_name("dying_at.py")
HELD = "WHERE application_name = 'held'"


def trying(
    folder: Path, word: str, number: int, how: str = "runs", **more: str
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(TRYING), str(folder), word, str(number), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | PATHS | more,
    )


def check(folder: Path, out: Path, said: list[str], words: dict[str, int], before: int) -> None:
    """Every receipt holds, under one history, and each act stands there once."""
    given = [line.split() for line in said if not line.startswith("FAILED")]
    files: list[object] = []
    for place, (_, _, shown) in enumerate(given):
        path = out.with_name(f"receipt-{place}")
        path.write_bytes(base64.b64decode(shown))
        files += ["--receipt", path]
    quorate("export", folder, out)
    report = verified(out, "--key", folder / "record.vkey", *files)
    assert report["sound"], report["findings"]
    assert report["receipts"] == len(given) == sum(words.values())
    assert report["entries"] == before + len(given)
    assert {member for _, member, _ in given} == {
        pseudonym(word, count) for word, number in words.items() for count in range(number)
    }


class TestFullDisk:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        path = tmp_path / "org"
        quorate("new", path, "--rules", "open-convention")
        quorate("act", path, "membership.open_region", "code=NO", "name=North")
        quorate("act", path, "membership.open_branch", "code=NG", "name=Northgate", "region=NO")
        return path

    @pytest.mark.parametrize("room", [30_000, 150_000, 300_000])
    def test_goes_on_when_there_is_room_again(
        self, folder: Path, tmp_path: Path, room: int
    ) -> None:
        """``room``: bytes that each of the database's files may grow by, its log by most."""
        log = folder / "quorate.sqlite3-wal"
        full = (log.stat().st_size if log.exists() else 0) + room
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        said: list[str] = []
        with trying(folder, "word", 80, "waits") as worker:
            assert worker.stdin is not None
            assert worker.stdout is not None
            resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (full, most))
            while True:
                said.append(worker.stdout.readline())
                if said.count(said[-1]) == 3 and said[-1].startswith("FAILED"):
                    break
                assert worker.poll() is None
                print(file=worker.stdin, flush=True)
            resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (most, most))
            print("\n" * 100, file=worker.stdin, flush=True)
            said += worker.stdout.readlines()
        assert worker.returncode == 0
        assert all("disk" in line for line in said if line.startswith("FAILED"))
        check(folder, tmp_path / "out", said, {"word": 80}, before=3)

    def test_the_command_says_so(self, folder: Path) -> None:
        done = subprocess.run(
            [QUORATE, "act", folder, "membership.open_region", "code=SO", "name=South", "--json"],
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 1
        assert "The database takes nothing now" in json.loads(done.stdout)["error"]
        assert "Traceback" not in done.stderr
        quorate("act", folder, "membership.open_region", "code=SO", "name=South")


class TestCutOff:
    """Two servers on one PostgreSQL; one loses its connections."""

    @pytest.fixture
    def database(self, new_database: Callable[[], str]) -> str:
        return new_database()

    @pytest.fixture
    def folder(self, tmp_path: Path, database: str) -> Path:
        path = tmp_path / "org"
        quorate("new", path, "--rules", "open-convention", "--database", database)
        quorate("act", path, "membership.open_region", "code=NO", "name=North")
        quorate("act", path, "membership.open_branch", "code=NG", "name=Northgate", "region=NO")
        return path

    def test_again_and_again(self, folder: Path, database: str, tmp_path: Path) -> None:
        done = threading.Event()

        def cut() -> None:
            with psycopg.connect(database, autocommit=True) as above:
                while not done.wait(0.15):
                    above.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE application_name = 'cut-off'"
                    )

        cutting = threading.Thread(target=cut)
        with (
            trying(folder, "left", 60, PGAPPNAME="cut-off") as left,
            trying(folder, "right", 60) as right,
        ):
            cutting.start()
            try:
                said = [one.communicate(timeout=200)[0].splitlines() for one in (left, right)]
            finally:
                done.set()
                cutting.join()
        assert sum(line.startswith("FAILED") for line in said[0]) >= 3
        assert not any(line.startswith("FAILED") for line in said[1])
        words = {"left": 60, "right": 60}
        check(folder, tmp_path / "out", said[0] + said[1], words, before=3)

    def test_a_page_says_so_and_goes_on(self, folder: Path, database: str) -> None:
        with served(folder) as address, psycopg.connect(database, autocommit=True) as above:
            for _ in range(5):
                above.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                for _ in range(5):
                    status, _, page = asked(f"{address}/record")
                    assert status in (200, 500)
                    assert "Traceback" not in page
            for _ in range(20):  # each of its threads finds out on its own, once
                asked(f"{address}/record")
            assert asked(f"{address}/record")[0] == 200

    def test_a_lane_that_is_held_by_a_server_that_is_cut_off_is_freed(
        self, folder: Path, database: str, tmp_path: Path
    ) -> None:
        """It is about to commit; the database ends its session, and another goes on; then it
        commits."""
        held = subprocess.Popen(
            [sys.executable, str(DYING), str(folder), "before the commit", "held"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | PATHS | {"PGAPPNAME": "held", "DYING_BY": "SIGSTOP"},
        )
        with held, psycopg.connect(database, autocommit=True) as above:
            stat = Path(f"/proc/{held.pid}/stat")
            until(lambda: stat.read_text().rpartition(")")[2].split()[0] == "T")
            with trying(folder, "other", 10) as other:
                waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                until(lambda: above.execute(waiting).fetchone() is not None)
                (row,) = above.execute("SELECT pid FROM pg_stat_activity " + HELD).fetchall()
                above.execute("SELECT pg_terminate_backend(%s)", row)
                said = other.communicate(timeout=100)[0].splitlines()
            held.send_signal(signal.SIGCONT)
            told, complained = held.communicate(timeout=60)
        assert "OperationalError" in complained
        assert len(said) == 10
        assert len(told.splitlines()) == AFTER_GIVING
        finished = subprocess.run(
            [sys.executable, DYING, folder, "-", "held"],
            capture_output=True,
            text=True,
            env=os.environ | PATHS,
            timeout=100,
            check=True,
        )
        again = finished.stdout.splitlines()
        given = {line.split()[0]: line for line in (*told.splitlines(), *again)}
        assert len(given) == NUMBER, "what it gave out before is what it gives out again"
        words = {"other": 10, "held": NUMBER}
        check(folder, tmp_path / "out", [*said, *given.values()], words, before=3)

    def test_the_database_ends_a_session_that_waits_for_minutes(self, folder: Path) -> None:
        """A network that is cut says nothing."""
        script = (
            "from pathlib import Path; from quorate.cli.opening import open_organisation; "
            f"open_organisation(Path({str(folder)!r})); from quorate.store.asking import ask; "
            "print(ask('SHOW idle_in_transaction_session_timeout'))"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        assert "5min" in done.stdout, done.stderr

    def test_a_session_that_has_the_lane_is_one_that_waits(
        self, folder: Path, database: str
    ) -> None:
        """Else no time would end it: also when the lane came to it after it was cut off."""
        script = (
            "import sys; from pathlib import Path; "
            "from quorate.cli.opening import open_organisation; "
            f"open_organisation(Path({str(folder)!r})); from django.db import transaction; "
            "from quorate.store.asking import ask, at_once, say; "
            "inside = [transaction.atomic(), at_once()]; [one.__enter__() for one in inside]; "
            "say('SELECT pg_advisory_xact_lock(7)'); ask('SELECT 1'); "
            "sys.stdin.read()"
        )
        with psycopg.connect(database, autocommit=True) as above:
            above.execute("SELECT pg_advisory_lock(7)")
            with subprocess.Popen(
                [sys.executable, "-c", script],
                stdin=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | PATHS | {"PGAPPNAME": "held"},
            ) as held:
                waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                until(lambda: above.execute(waiting).fetchone() is not None)
                time.sleep(0.2)  # what it asks next is sent by then
                held.send_signal(signal.SIGSTOP)
                above.execute("SELECT pg_advisory_unlock(7)")
                state = "SELECT state FROM pg_stat_activity " + HELD
                try:
                    until(lambda: above.execute(state).fetchall() == [("idle in transaction",)])
                finally:
                    held.kill()
