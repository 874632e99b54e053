"""Restoring says what would be lost before anything is, from the place, from witnesses and from
whoever kept a checkpoint; and brings nothing back that was erased."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support import witness
from support.backed_up import backed_up, files, restoring
from support.command import quorate, verified
from support.serving import served
from support.union import Union, founded
from support.waiting import until


@pytest.fixture
def made(tmp_path: Path) -> Union:
    return founded(tmp_path / "org")


def moved(folder: Path, member: str) -> None:
    """One entry: a member can be reached or not."""
    quorate("act", folder, "membership.be_reachable", "yes=true", "--as", member)


def size(folder: Path) -> int:
    with sqlite3.connect(folder / "quorate.sqlite3") as database:
        ((number,),) = database.execute("SELECT count(*) FROM store_recordentry")
        return int(number)


def test_entries_that_the_backup_lacks_are_named_and_agreed_to(made: Union) -> None:
    backup = backed_up(made.folder)
    kept = size(made.folder)
    for member in ("ruth", "piotr", "grace"):
        moved(made.folder, made.members[member])
    before = files(backed_up(made.folder, "before"))
    done, said = restoring(backup, made.folder, "--check")
    assert done.returncode == 0
    assert said["restored"] is False
    assert (said["kept"], said["lost"]) == (kept, 3)
    place = said["place"]
    assert (place["first"], place["last"]) == (kept, kept + 2)
    assert place["acts"] == {"membership.be_reachable": 3}
    assert 0 < place["since"] < place["until"]
    for words in ((), ("--lose", "2"), ("--lose", "0")):
        done, said = restoring(backup, made.folder, *words)
        assert done.returncode == 1
        assert said["restored"] is False
        assert "--lose 3" in done.stderr
    assert files(backed_up(made.folder, "after")) == before, "nothing was changed"
    told = quorate("restore", backup, made.folder, "--lose", "3").stdout
    assert f"LOST: the place holds entries {kept} to {kept + 2}, recorded " in told
    assert "Tell the members" in told
    assert size(made.folder) == kept
    (aside,) = made.folder.parent.glob("org.before-*")
    assert size(aside) == kept + 3, "nothing was deleted"
    moved(made.folder, made.members["tomas"])
    quorate("export", made.folder, made.folder.with_name("out"))
    assert verified(made.folder.with_name("out"))["sound"]


def test_on_postgresql_too(tmp_path: Path, new_database: Callable[[], str]) -> None:
    made = founded(tmp_path / "org", "--database", new_database())
    backup = backed_up(made.folder)
    moved(made.folder, made.members["ruth"])
    done, said = restoring(backup, made.folder, "--check")
    assert done.returncode == 0, done.stderr
    assert said["lost"] == 1
    done, said = restoring(backup, made.folder, "--lose", "1")
    assert done.returncode == 1
    assert "never written over" in said["error"]
    quorate("restore", backup, made.folder, "--lose", "1", "--database", new_database())
    moved(made.folder, made.members["ruth"])


def test_nothing_of_a_newer_record_is_lost(made: Union, tmp_path: Path) -> None:
    backup = backed_up(made.folder)
    file = tmp_path / "more.csv"
    file.write_text("name,email,branch\nNew Member,new@example.org,NG\n", "utf-8")
    quorate("import", made.folder, "members", file, "--as", made.members["ruth"])
    moved(made.folder, made.members["grace"])
    whole, newer = files(backed_up(made.folder, "whole")), tmp_path / "newer"
    quorate("export", made.folder, newer, "--with-people")
    for file in made.folder.glob("quorate.sqlite3*"):
        file.write_bytes(b"spoilt" * 1000)
    done, said = restoring(backup, made.folder, "--newer", newer)
    assert done.returncode == 1
    assert said["unreadable"]
    done, said = restoring(backup, made.folder, "--newer", newer, "--lose", "0")
    assert done.returncode == 0, done.stderr
    assert said["sheets"] == said["sheets_opened"] == 5
    again = files(backed_up(made.folder, "again"))
    assert {n: d for n, d in again.items() if n.startswith("record")} == {
        n: d for n, d in whole.items() if n.startswith("record")
    }
    moved(made.folder, made.members["piotr"])
    quorate("export", made.folder, tmp_path / "out")
    assert verified(tmp_path / "out")["sound"]


def test_another_history_is_no_newer_record(made: Union, tmp_path: Path) -> None:
    shutil.copytree(made.folder, tmp_path / "copy")
    moved(tmp_path / "copy", made.members["ruth"])
    moved(tmp_path / "copy", made.members["tomas"])
    quorate("export", tmp_path / "copy", tmp_path / "other")
    moved(made.folder, made.members["piotr"])
    backup = backed_up(made.folder)
    done, said = restoring(backup, made.folder, "--newer", tmp_path / "other")
    assert done.returncode == 1
    assert "another history" in said["error"]
    done, said = restoring(backup, tmp_path / "copy")
    assert done.returncode == 1
    assert "another history" in said["other_histories"][0]
    kept = ("--seen", tmp_path / "other" / "checkpoint")
    done, said = restoring(backup, tmp_path / "new", "--keys", tmp_path / "backup-keys", *kept)
    assert done.returncode == 1
    assert said["lost"] == 1
    assert not (tmp_path / "new").exists()


class TestErased:
    """Grace leaves and is erased after the backup was made."""

    @pytest.fixture
    def backup(self, made: Union) -> Path:
        return backed_up(made.folder)

    @pytest.fixture
    def erased(self, made: Union, backup: Path) -> Union:
        for act in ("resign", "erase"):
            quorate("act", made.folder, f"membership.{act}", "--as", made.members["grace"])
        return made

    def sheets(self, folder: Path) -> int:
        with sqlite3.connect(folder / "quorate.sqlite3") as database:
            ((number,),) = database.execute("SELECT count(*) FROM store_personalsheet")
            return int(number)

    def test_is_not_brought_back_by_what_the_place_says(self, erased: Union, backup: Path) -> None:
        assert self.sheets(erased.folder) == 3
        done, said = restoring(backup, erased.folder, "--lose", "2")
        assert done.returncode == 0
        assert said["place"]["erased"] == 1
        assert said["erased"] == 1
        assert self.sheets(erased.folder) == 3

    def test_is_not_brought_back_by_what_a_newer_export_says(
        self, erased: Union, backup: Path, tmp_path: Path
    ) -> None:
        quorate("export", erased.folder, tmp_path / "newer")
        shutil.rmtree(erased.folder)
        keys = ("--keys", tmp_path / "backup-keys")
        done, said = restoring(backup, erased.folder, *keys, "--newer", tmp_path / "newer")
        assert done.returncode == 0, done.stderr
        assert (said["lost"], said["erased"], said["sheets"]) == (0, 1, 3)
        assert self.sheets(erased.folder) == 3

    def test_nothing_of_it_is_in_a_later_backup(self, erased: Union) -> None:
        with sqlite3.connect(erased.folder / "quorate.sqlite3") as database:
            there = [c for (c,) in database.execute("SELECT commitment FROM store_personalsheet")]
        rows = files(backed_up(erased.folder, "later"))["tables/store_personalsheet.jsonl"]
        assert rows.count(b"\n") == 1 + 3 == 1 + sum(c.encode() in rows for c in there)


class TestWitnesses:
    """The place is gone: its witness knows how long the record was."""

    @contextmanager
    def watched(self, made: Union, tmp_path: Path) -> Iterator[Path]:
        """A backup; the witness has cosigned two entries more."""
        key = (made.folder / "record.vkey").read_text("utf-8").strip()
        keys = witness.made(tmp_path / "witness", "north.example", key)
        with witness.serving(tmp_path / "witness") as (address, _):
            named = ["name=north", f"keys={json.dumps(keys)}", f"url={address}", "branch=NG"]
            quorate("act", made.folder, "witnesses.name", *named, "--as", made.members["ruth"])
            backup = backed_up(made.folder)
            for member in ("ruth", "grace"):
                moved(made.folder, made.members[member])
            with served(made.folder):
                self.wait_for(made.folder, size(made.folder))
            yield backup

    def wait_for(self, folder: Path, entries: int) -> None:
        def cosigned() -> bool:
            with sqlite3.connect(folder / "quorate.sqlite3") as database:
                found = database.execute("SELECT max(size) FROM store_cosigned").fetchone()
            return bool(found == (entries,))

        until(cosigned)

    def test_say_what_is_lost_where_the_place_is_gone(self, made: Union, tmp_path: Path) -> None:
        with self.watched(made, tmp_path) as backup:
            entries = size(made.folder)
            shutil.rmtree(made.folder)
            words = (backup, made.folder, "--keys", tmp_path / "backup-keys")
            done, said = restoring(*words)
            assert done.returncode == 1
            assert said["lost"] == 2
            assert said["witnesses"] == [{"name": "north", "size": entries, "trouble": "ahead"}]
            assert not made.folder.exists()
            told = quorate("restore", *words, "--check").stdout
            assert f"LOST: the witness north has cosigned {entries} entries" in told
            done, said = restoring(*words, "--no-ask")
            assert done.returncode == 0, "nobody was asked"

    def test_that_do_not_answer_are_named(self, made: Union, tmp_path: Path) -> None:
        with self.watched(made, tmp_path) as backup:
            shutil.rmtree(made.folder)
        words = (backup, made.folder, "--keys", tmp_path / "backup-keys")
        done, said = restoring(*words)
        assert done.returncode == 1
        assert said["witnesses"] == [{"name": "north", "size": 0, "trouble": "unreachable"}]
        assert "did not answer" in quorate("restore", *words, "--lose", "0").stdout

    def test_the_place_remembers_what_they_cosigned(self, made: Union, tmp_path: Path) -> None:
        with self.watched(made, tmp_path) as backup:
            entries = size(made.folder)
        done, said = restoring(backup, made.folder, "--no-ask", "--check")
        assert done.returncode == 0
        assert said["witnesses"] == [{"name": "north", "size": entries, "trouble": "ahead"}]


def test_not_while_a_server_is_at_work_there(made: Union) -> None:
    backup = backed_up(made.folder)
    with served(made.folder):
        done, said = restoring(backup, made.folder)
        assert done.returncode == 2
        assert "Stop it first" in said["error"]
        done, said = restoring(backup, made.folder, "--check")
        assert done.returncode == 0
    assert not list(made.folder.parent.glob("org.*"))
    assert restoring(backup, made.folder)[0].returncode == 0


class TestTheServersOwnWitness:
    """What it has seen must not go back: it is in no backup, and there is never another of it."""

    @pytest.fixture
    def backup(self, made: Union) -> Path:
        """The witness has seen something since."""
        settings = made.folder / "quorate.toml"
        settings.write_text(settings.read_text("utf-8") + 'witness = "on"\n', "utf-8")
        witness.made(made.folder / "witness", "ours.example")
        backup = backed_up(made.folder)
        (made.folder / "witness" / "seen" / "later").write_text("seen", "utf-8")
        return backup

    def test_is_carried_over_as_it_is(self, made: Union, backup: Path) -> None:
        before = files(made.folder / "witness")
        done = quorate("restore", backup, made.folder, "--lose", "0")
        assert f"{made.folder / 'witness'} again, as it was" in done.stderr
        assert files(made.folder / "witness") == before
        (aside,) = made.folder.parent.glob("org.before-*")
        assert not (aside / "witness").exists(), "there is one of it"
        with served(made.folder):
            pass

    def test_a_rehearsal_leaves_it_alone(self, made: Union, backup: Path) -> None:
        before = files(made.folder / "witness")
        quorate("restore", backup, made.folder, "--check")
        assert files(made.folder / "witness") == before

    def test_no_other_is_made_while_it_lies_beside(self, made: Union, backup: Path) -> None:
        for when in ("20250101-000000", "20260101-000000"):
            aside = made.folder.with_name(f"org.before-{when}")
            shutil.copytree(made.folder / "witness", aside / "witness")
        shutil.rmtree(made.folder / "witness")
        done = quorate("serve", made.folder, "--port", "0", check=False)
        assert done.returncode == 2
        said = " ".join(done.stderr.split())
        assert f"Move {aside / 'witness'} to {made.folder / 'witness'}" in said
        assert "witness new" not in said


def test_where_the_witness_cannot_be_moved_it_is_said_from_where(tmp_path: Path) -> None:
    from quorate.cli.own_witness import carry_over

    aside, folder = tmp_path / "org.before-x", tmp_path / "org"
    (aside / "witness" / "seen").mkdir(parents=True)
    assert carry_over(folder, aside) == "", "there is none"
    (folder / "witness" / "another").mkdir(parents=True)
    said = carry_over(aside, folder)
    assert f"move {aside / 'witness'} to {folder / 'witness'}" in said
    assert (aside / "witness" / "seen").exists()
