"""A backup holds everything, is made while others write, and comes back as it was."""

from __future__ import annotations

import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
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
    assert json.loads(done.stdout)["deleted"] == [str(made["old"])]
    assert json.loads(done.stdout)["not_deleted"] == {}
    assert [name for name, path in made.items() if not path.exists()] == ["old"]


def test_what_could_not_be_deleted_or_is_not_for_it_to_delete_is_named(
    half_year: Path, tmp_path: Path
) -> None:
    """A link to an old backup; and what a restore put aside long ago, and lately."""
    folder = tmp_path / "org"
    subprocess.run(["cp", "-r", str(half_year), str(folder)], check=True)
    real = tmp_path / "other disk" / "real"
    quorate("backup", folder, real)
    told = json.loads((real / "backup.json").read_text("utf-8"))
    told["made"] -= 91 * 24 * 60 * 60 * 1000
    (real / "backup.json").write_text(json.dumps(told), "utf-8")
    linked = tmp_path / "backups" / "linked"
    linked.parent.mkdir()
    linked.symlink_to(real)
    aside = {
        days: tmp_path
        / time.strftime("org.before-%Y%m%d-%H%M%S", time.localtime(time.time() - days * 86_400))
        for days in (91, 89)
    }
    for path in (*aside.values(), tmp_path / "other.before-20200101-000000"):
        path.mkdir()
    done = quorate("backup", folder, linked.parent / "one", "--delete-old", check=False)
    assert done.returncode == 1
    assert "Deleted" not in done.stdout
    assert f"{linked}: it is a link to {real}" in " ".join(done.stderr.split())
    assert str(aside[91]) in done.stdout
    assert str(aside[89]) not in done.stdout
    assert "other.before" not in done.stdout
    words = (folder, linked.parent / "two", "--delete-old", "--json")
    done = quorate("backup", *words, check=False)
    said = json.loads(done.stdout)
    assert done.returncode == 1
    assert (said["too_old"], said["deleted"]) == ([str(linked)], [])
    assert list(said["not_deleted"]) == [str(linked)]
    assert said["put_aside"] == [str(aside[91])]
    assert (linked.parent / "two" / "backup.json").exists()
    assert (real / "backup.json").exists()
    assert aside[91].exists()


def test_what_is_left_of_a_backup_is_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its last file to go is the one by which it is known."""
    from quorate.store import old_backups

    for name in ("held", "free"):
        (tmp_path / name / "tables").mkdir(parents=True)
        (tmp_path / name / "tables" / "people.jsonl").write_text("people", "utf-8")
        told = {"origin": "here.example", "made": 0}
        (tmp_path / name / "backup.json").write_text(json.dumps(told), "utf-8")
    really = shutil.rmtree

    def held(path: Path) -> None:
        if path == tmp_path / "held" / "tables":
            raise PermissionError(13, "Permission denied", str(path))
        really(path)

    monkeypatch.setattr(old_backups.shutil, "rmtree", held)
    for number, made in enumerate(("Infinity", "NaN", '"x"', "[]", "[" * 100_000)):
        (tmp_path / f"odd-{number}").mkdir()
        told_so = f'{{"origin": "here.example", "made": {made}}}'
        (tmp_path / f"odd-{number}" / "backup.json").write_text(told_so, "utf-8")
    now = 91 * 24 * 60 * 60 * 1000
    old = old_backups.too_old(tmp_path, "here.example", 90, now)
    assert len(old) == 2
    left = old_backups.delete(old)
    assert list(left) == [tmp_path / "held"]
    assert "Permission denied" in left[tmp_path / "held"]
    assert old_backups.too_old(tmp_path, "here.example", 90, now) == [tmp_path / "held"]
