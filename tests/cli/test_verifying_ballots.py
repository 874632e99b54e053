"""`quorate ballots verify`, as people call it."""

from __future__ import annotations

import json
from pathlib import Path

from quorate.ballots import archive, tar
from support.command import installed, quorate
from support.key_register import held
from support.secret_election import plain, shared


def test_a_sound_archive(tmp_path: Path) -> None:
    file = tmp_path / "box.bel"
    file.write_bytes(plain().content)
    for target in (file, tmp_path):
        done = installed("ballots", "verify", target)
        assert "Sound. The election has its result." in done.stdout
        assert "Борис: 2" in done.stdout
    told = json.loads(quorate("ballots", "verify", "--json", file).stdout)
    assert told["sound"]


def test_an_archive_that_is_not(tmp_path: Path) -> None:
    file = tmp_path / "box.bel"
    content = bytearray(plain().content)
    content[-200] ^= 1
    file.write_bytes(content)
    done = quorate("ballots", "verify", file, check=False)
    assert done.returncode == 1
    assert "NOT SOUND. 1 finding" in done.stdout
    told = quorate("ballots", "verify", "--json", file, check=False)
    assert told.returncode == 1
    assert json.loads(told.stdout)["findings"][0]["kind"] == "form"


def test_no_archive(tmp_path: Path) -> None:
    for target in (tmp_path / "nothing.bel", tmp_path):
        done = quorate("ballots", "verify", target, check=False)
        assert done.returncode == 2
        assert str(target) in done.stderr
        assert "Traceback" not in done.stderr
    for name in ("a.bel", "b.bel"):
        (tmp_path / name).write_bytes(plain().content)
    done = quorate("ballots", "verify", "--json", tmp_path, check=False)
    assert done.returncode == 2
    assert "2 files that end in .bel" in json.loads(done.stdout)["error"]


def test_names_do_not_reach_the_terminal_as_commands(tmp_path: Path) -> None:
    file = tmp_path / "\x1b[31mbox.bel"
    file.write_bytes(b"")
    done = quorate("ballots", "verify", file, check=False)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout


def test_a_register_of_voting_keys(tmp_path: Path) -> None:
    file = tmp_path / "register-1.jsonl"
    made = held(3)
    file.write_bytes(made.content)
    done = quorate("ballots", "verify", file)
    assert "The claims: 3, each by another voter" in done.stdout
    assert "Sound. The register has its roll." in done.stdout
    told = json.loads(quorate("ballots", "verify", "--json", file).stdout)
    assert told["sound"]
    assert told["stated"]
    assert len(told["roll"]) == 3
    file.write_bytes(b"".join(made.content.splitlines(keepends=True)[:-1]))
    assert "Sound so far." in quorate("ballots", "verify", file).stdout
    file.write_bytes(made.content.replace(b'"owner":2', b'"owner":3'))
    done = quorate("ballots", "verify", file, check=False)
    assert done.returncode == 1
    assert "NOT SOUND. 1 finding" in done.stdout
    assert "they have not signed it" in done.stdout


def test_held_against_what_was_seen(tmp_path: Path) -> None:
    """Another sound box is not the one of which somebody has seen a hash."""
    file = tmp_path / "box.bel"
    file.write_bytes(plain().content)
    heads = archive.read(plain().content).heads
    done = quorate("ballots", "verify", file, "--seen", heads[2], "--seen", heads[-1])
    assert "each of the 2 hashes given is of one of its events. The last of them is" in done.stdout
    other = archive.read(shared().content).heads
    done = quorate("ballots", "verify", file, "--seen", heads[2], "--seen", other[1], check=False)
    assert done.returncode == 1
    assert f"No event of this archive has the hash {other[1]}" in done.stdout
    done = quorate("ballots", "verify", file, "--seen", "nonsense", check=False)
    assert done.returncode == 2
    assert "64 hex digits" in done.stderr


def test_the_heads_are_the_hashes_of_the_events() -> None:
    """By a reading of the archive of our own: names of records are hashes."""
    found = archive.read(plain().content)
    names = [record.name for record in tar.read(plain().content) if ".event." in record.name]
    assert list(found.heads) == [name.partition(".")[0] for name in names]
