"""What the command does before there is an organisation: it checks first, leaves nothing half made,
and says what it found."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import pytest

from quorate.cli.demonstrating import MARK, found
from support.command import quorate


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("--origin", "BAD ORIGIN"), "cannot be a key's name"),
        (("--database", "host=/nowhere"), "The database cannot be used"),
        (("--database", "no address at all"), "The database cannot be used"),
    ],
)
@pytest.mark.parametrize("was_there", [False, True])
def test_nothing_is_left_of_an_organisation_that_could_not_be_made(
    tmp_path: Path, wrong: tuple[str, ...], says: str, was_there: bool
) -> None:
    folder = tmp_path / "org"
    if was_there:
        folder.mkdir()
    done = quorate("new", folder, "--rules", "open-convention", *wrong, check=False)
    assert done.returncode == 2
    assert says in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert folder.exists() == was_there
    assert not was_there or not any(folder.iterdir())


@pytest.mark.parametrize("command", [("new", "--rules", "open-convention"), ("demo", "--dir")])
@pytest.mark.parametrize(
    ("below", "says"), [("", "is a file"), ("org", "cannot be made: Not a directory")]
)
def test_a_folder_that_cannot_be_made_is_named(
    tmp_path: Path, command: tuple[str, ...], below: str, says: str
) -> None:
    (tmp_path / "file").write_text("mine", "ascii")
    more = ("--no-serve",) if command[0] == "demo" else ()
    done = quorate(*command, tmp_path / "file" / below, *more, check=False)
    assert done.returncode == 2
    assert says in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert (tmp_path / "file").read_text("ascii") == "mine"


def test_a_receipt_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"\xff\xd8")
    for name, says in (("picture", "is not a text in UTF-8."), ("no", "No such file")):
        done = quorate("receipt", "verify", tmp_path / name, "--key", "k", check=False)
        assert done.returncode == 2
        assert says in " ".join(done.stderr.split())
        assert "codec" not in done.stderr
        assert "Errno" not in done.stderr


def test_a_quotation_mark_in_a_setting_is_no_other_setting(tmp_path: Path) -> None:
    from quorate.store.place import make_place

    address = 'host=/x password="a"\nsmtp = "evil.example'
    assert make_place(tmp_path / "org", "record.example.org", database=address).smtp == ""


@pytest.mark.parametrize("wrong", [("--port", "99999"), ("--port", "-1"), ("--workers", "0")])
def test_a_server_that_cannot_be_started_says_why(half_year: Path, wrong: tuple[str, ...]) -> None:
    done = quorate("serve", half_year, *wrong, check=False)
    assert done.returncode == 2
    assert f"'{wrong[0]}'" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_organisations_never_share_a_port(half_year: Path) -> None:
    """The server alone would not mind, and both would answer in turn."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = quorate("serve", half_year, "--port", port, check=False)
    assert done.returncode == 2
    assert f"127.0.0.1:{port}: Address already in use" in " ".join(done.stderr.split())


def test_an_export_goes_into_a_new_folder_only(half_year: Path, tmp_path: Path) -> None:
    done = quorate("export", half_year, tmp_path, check=False)
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert not any(tmp_path.iterdir())


class TestADemo:
    def test_one_that_was_interrupted_is_not_taken_for_whole(self, tmp_path: Path) -> None:
        from quorate.store.place import make_place

        assert found(tmp_path / "demo") == "nothing"
        make_place(tmp_path / "demo", "harbour-00112233.demo.invalid")
        assert found(tmp_path / "demo") == "a part"
        marks = {"no": "middle", "yes": "end", "vote": "vote", "opening": "opening"}
        for mark, until in marks.items():
            (tmp_path / "demo" / MARK).write_text(mark)
            assert found(tmp_path / "demo") == until

    def test_anothers_folder_is_left_alone(self, tmp_path: Path) -> None:
        from quorate.store.place import make_place

        make_place(tmp_path / "org", "record.example.org")
        done = quorate("demo", "--no-serve", "--dir", tmp_path / "org", check=False)
        assert done.returncode == 2
        assert "is another organisation's" in done.stderr
        assert (tmp_path / "org" / "keys" / "record.key").exists()

    def test_it_says_what_it_found(self, half_year: Path, tmp_path: Path) -> None:
        folder = Path(shutil.copytree(half_year, tmp_path / "demo"))
        said = quorate("demo", "--no-serve", "--dir", folder).stdout
        assert "holds the demo already, in the middle of its year, with" in said
        told = json.loads(quorate("demo", "--no-serve", "--dir", folder, "--json").stdout)
        assert told["entries"] > 3_000
        done = quorate("demo", "--whole", "--no-serve", "--dir", folder, check=False)
        assert done.returncode == 2

    def test_its_record_ends_when_it_was_made(self, half_year: Path) -> None:
        """Else whoever serves it is told that the machine's clock may be wrong."""
        from quorate.record import entry

        last = _last_entry(half_year)
        made = (half_year / MARK).stat().st_mtime * 1000
        assert 0 < made - entry.read(last).occasion.time < 3_600_000


def _last_entry(folder: Path) -> bytes:
    import sqlite3

    with sqlite3.connect(folder / "quorate.sqlite3") as database:
        newest = "SELECT data FROM store_recordentry ORDER BY sequence DESC LIMIT 1"
        return bytes(database.execute(newest).fetchone()[0])
