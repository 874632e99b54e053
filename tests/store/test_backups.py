"""A backup holds everything, is made while others write, and comes back as it was."""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.backed_up import backed_up, files, restoring
from support.command import QUORATE, quorate, verified

WORKER = Path(__file__).parents[1] / "support" / "worker.py"

ACCOUNT = """
INSERT INTO store_account (id, password, email, member, is_active, last_login)
  VALUES (77, '!', 'ann@example.org', NULL, 1, '2026-01-02 03:04:05.678901');
INSERT INTO account_emailaddress (id, email, verified, "primary", user_id)
  VALUES (78, 'ann@example.org', 1, 1, 77);
INSERT INTO mfa_authenticator (id, type, data, user_id, created_at)
  VALUES (79, 'totp', '{"secret": "s3cret"}', 77, '2026-01-02 03:04:05');
INSERT INTO store_apitoken (digest, member, name, made)
  VALUES ('d', 'm-aaaaaaaaaaaaaaaa', 'a program', '2026-01-02 03:04:05');
INSERT INTO django_session (session_key, session_data, expire_date)
  VALUES ('key-of-a-session', 'x', '2030-01-01 00:00:00');
"""


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_everything_comes_back_but_who_is_signed_in(half_year: Path, tmp_path: Path) -> None:
    folder = tmp_path / "org"
    with (
        sqlite3.connect(half_year / "quorate.sqlite3") as there,
        sqlite3.connect(tmp_path / "copied") as copy,
    ):
        there.backup(copy)
    copy.executescript(ACCOUNT)
    copy.close()
    subprocess.run(["cp", "-r", str(half_year), str(folder)], check=True)
    for old in folder.glob("quorate.sqlite3*"):
        old.unlink()
    (tmp_path / "copied").rename(folder / "quorate.sqlite3")
    first = backed_up(folder)
    assert b"s3cret" in files(first)["tables/mfa_authenticator.jsonl"]
    quorate("restore", first, tmp_path / "again", "--keys", tmp_path / "backup-keys", "--no-ask")
    second = backed_up(tmp_path / "again", "second")
    assert files(second) == files(first)
    with sqlite3.connect(tmp_path / "again" / "quorate.sqlite3") as restored:
        assert restored.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
        made = restored.execute("SELECT last_login FROM store_account WHERE id = 77").fetchone()
        assert made == ("2026-01-02 03:04:05.678901",)


def test_nobody_else_can_read_it_and_the_keys_are_elsewhere(
    half_year: Path, tmp_path: Path
) -> None:
    out, keys = tmp_path / "out", tmp_path / "keys"
    quorate("backup", half_year, out, "--keys", keys)
    assert {mode(path) for path in (out, keys, *out.rglob("*")) if path.is_dir()} == {0o700}
    assert {mode(path) for path in (*out.rglob("*"), *keys.iterdir()) if path.is_file()} == {0o600}
    secrets = [key.read_bytes().strip() for key in (half_year / "keys").iterdir()]
    assert len(secrets) == 3
    kept = files(out) | {"quorate.toml": (out / "quorate.toml").read_bytes()}
    for secret in secrets:
        assert all(secret not in data for data in kept.values())
    refused = quorate("backup", half_year, tmp_path / "b", "--keys", tmp_path / "b/k", check=False)
    assert refused.returncode == 1
    assert "Keep the keys elsewhere" in refused.stderr
    assert not (tmp_path / "b").exists()


def test_made_while_others_write_and_goes_on_from_there(
    organisation: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    words = [sys.executable, str(WORKER), str(organisation), "writer", "400", "3"]
    writer = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    for _ in range(30):
        writer.stdout.readline()
    backup = backed_up(organisation)
    assert writer.poll() is None, "it was written to all the while"
    writer.communicate(timeout=120)
    said = json.loads((backup / "backup.json").read_text())
    assert 30 < said["entries"] < 403
    sheets = files(backup)["tables/store_personalsheet.jsonl"].count(b"\n") - 1
    assert sheets == said["entries"] - 3, "the tables are of the same moment as the record"
    more: list[object] = ["--keys", tmp_path / "backup-keys"]
    if "dbname" in (organisation / "quorate.toml").read_text():
        new_database: Callable[[], str] = request.getfixturevalue("new_database")
        more += ["--database", new_database()]
    again = tmp_path / "again"
    quorate("restore", backup, again, *more)
    assert files(backed_up(again, "second")) == files(backup)
    for code in ("E1", "E2"):
        quorate("act", again, "membership.open_region", f"code={code}", f"name={code}")
    quorate("export", again, tmp_path / "out")
    report = verified(tmp_path / "out", "--key", organisation / "record.vkey")
    assert report["sound"], report["findings"]
    assert report["entries"] == said["entries"] + 2


def test_from_sqlite_to_postgresql_and_back(
    half_year: Path, tmp_path: Path, postgresql: str
) -> None:
    first = tmp_path / "first"
    quorate("backup", half_year, first, "--keys", tmp_path / "keys")
    there = tmp_path / "there"
    options = ("--no-ask", "--keys", tmp_path / "keys", "--database")
    quorate("restore", first, there, *options, postgresql)
    assert postgresql in (there / "quorate.toml").read_text()
    second = backed_up(there, "second")
    assert files(second) == files(first)
    back = tmp_path / "back"
    quorate("restore", second, back, *options, "")
    assert files(backed_up(back, "third")) == files(first)
    done, said = restoring(first, tmp_path / "more", *options, postgresql)
    assert done.returncode == 1
    assert "never written over" in said["error"]
    assert not (tmp_path / "more").exists()


@pytest.mark.parametrize("most", [100, 20_000, 400_000])
def test_where_the_disk_is_full_there_is_none(half_year: Path, tmp_path: Path, most: int) -> None:
    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        [QUORATE, "backup", half_year, tmp_path / "out", "--keys", tmp_path / "keys"],
        preexec_fn=small_disk,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert "No backup was made" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


class TestABackupThatIsNotWhole:
    @pytest.fixture
    def backup(self, half_year: Path, tmp_path: Path) -> Path:
        quorate("backup", half_year, tmp_path / "backup")
        return tmp_path / "backup"

    @pytest.mark.parametrize(
        "file", ["tables/store_personalsheet.jsonl", "record/tile/entries/003", "quorate.toml"]
    )
    @pytest.mark.parametrize("how", ["changed", "cut", "removed"])
    def test_is_refused(self, half_year: Path, backup: Path, file: str, how: str) -> None:
        data = (backup / file).read_bytes()
        if how == "removed":
            (backup / file).unlink()
        else:
            middle = len(data) // 2
            rest = data[middle + 1 :] if how == "changed" else b""
            (backup / file).write_bytes(data[:middle] + b"#" + rest)
        done, said = restoring(backup, half_year, "--check")
        assert done.returncode == 2
        assert "is not as it was written" in said["error"]
        assert file in said["error"]

    def test_is_refused_without_its_list(self, half_year: Path, backup: Path) -> None:
        (backup / "backup.json").unlink()
        done, said = restoring(backup, half_year, "--check")
        assert done.returncode == 2
        assert "is no backup, or is not whole" in said["error"]


def test_other_keys_do_not_fit(half_year: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    quorate("backup", half_year, backup, "--keys", tmp_path / "keys")
    quorate("new", tmp_path / "other", "--rules", "open-convention")
    others = tmp_path / "other" / "keys"
    done, said = restoring(backup, tmp_path / "new", "--check", "--keys", others)
    assert done.returncode == 1
    assert "is not the key of this record" in said["error"]
    (tmp_path / "keys" / "sealing.key").write_bytes((others / "sealing.key").read_bytes())
    done, said = restoring(backup, tmp_path / "new", "--check", "--keys", tmp_path / "keys")
    assert done.returncode == 1
    assert "opens none of the" in said["error"]
    done, said = restoring(backup, tmp_path / "new", "--check")
    assert done.returncode == 1
    assert "record.key, sealing.key and web.key" in said["error"]
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob("new.*"))


def test_a_backup_that_the_rulebook_lets_nobody_keep_is_named_and_deleted(
    half_year: Path, tmp_path: Path
) -> None:
    """The open rulebook has 90 days."""
    folder = tmp_path / "org"
    subprocess.run(["cp", "-r", str(half_year), str(folder)], check=True)
    made = {}
    for name, days in (("old", 91), ("newer", 89), ("anothers", 91)):
        made[name] = tmp_path / "backups" / name
        quorate("backup", folder, made[name])
        manifest = made[name] / "backup.json"
        told = json.loads(manifest.read_text("utf-8"))
        told["made"] -= days * 24 * 60 * 60 * 1000
        if name == "anothers":
            told["origin"] = "another.example"
        manifest.write_text(json.dumps(told), "utf-8")
    said = " ".join(quorate("backup", folder, tmp_path / "backups" / "today").stdout.split())
    assert "90 days" in said
    assert str(made["old"]) in said.replace(" ", "")
    assert str(made["newer"]) not in said.replace(" ", "")
    assert all(path.exists() for path in made.values())
    done = quorate("backup", folder, tmp_path / "backups" / "two", "--delete-old", "--json")
    assert json.loads(done.stdout)["too_old"] == [str(made["old"])]
    assert [name for name, path in made.items() if not path.exists()] == ["old"]
