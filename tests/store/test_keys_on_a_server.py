"""The record's keys are changed on a server: while it runs, killed at every step, lost, and by who
has the database alone."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quorate.record import checkpoint, entry, keeper, log_files, note, tree
from quorate.record.checkpoint import Checkpoint
from support import witness as witnesses
from support.asking import asked
from support.command import PATHS, quorate, verified
from support.record_keys import Pair, pair, replacement, signatures_of
from support.serving import served
from support.steps import OF_A_ROTATION, OF_NEW_KEYS
from support.waiting import until

DYING = Path(__file__).parents[1] / "support" / "dying_change.py"


def public(folder: Path) -> list[str]:
    """The public keys that lie in the organisation's folder."""
    return [
        path.read_text("utf-8").strip()
        for path in (folder / "record.vkey", folder / "record-ml-dsa.vkey")
        if path.exists()
    ]


def said(*words: object) -> dict[str, Any]:
    done = quorate(*words, "--json", check=False)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def rotated(folder: Path) -> list[str]:
    quorate("key", "new", folder)
    keys: list[str] = said("key", "rotate", folder)["keys"]
    return keys


def region(folder: Path, code: str) -> None:
    quorate("act", folder, "membership.open_region", f"code={code}", f"name={code}")


def exported(folder: Path, tmp_path: Path) -> Path:
    out = tmp_path / f"out-{len(list(tmp_path.iterdir()))}"
    quorate("export", folder, out)
    return out


def test_both_sign_from_the_beginning(organisation: Path, tmp_path: Path) -> None:
    out = exported(organisation, tmp_path)
    keys = public(organisation)
    assert public(out) == keys
    assert json.loads(next(log_files.entries(out)))["body"]["keys"] == keys
    signed = (out / "checkpoint").read_text("utf-8")
    assert signatures_of(signed, keeper.read_keys(" ".join(keys))) == set(keys)
    for given in ([keys[0]], [keys[1]], keys, []):
        options = [word for key in given for word in ("--key", key)]
        assert verified(out, *options)["sound"]


def test_it_is_changed_while_a_server_runs(organisation: Path, tmp_path: Path) -> None:
    old = public(organisation)
    with served(organisation) as address:
        before = asked(f"{address}/checkpoint")[2]
        new = rotated(organisation)
        at = asked(f"{address}/checkpoint")[2]
        region(organisation, "SO")
        after = asked(f"{address}/checkpoint")[2]
        assert new[0] in asked(f"{address}/record")[2]
    both = keeper.read_keys(" ".join((*old, *new)))
    assert [signatures_of(one, both) for one in (before, at, after)] == [
        set(old),
        {*old, *new},
        set(new),
    ]
    assert public(organisation) == new
    out = exported(organisation, tmp_path)
    for key in (*old, *new):
        report = verified(out, "--key", key)
        assert report["sound"], report["findings"]
        assert report["keys"] == new
    assert not list((organisation / "keys").glob("next.key*"))


def test_an_organisation_made_before_gets_the_second_key(tmp_path: Path) -> None:
    """It has one key, and its first entry names none."""
    from support.older import older_organisation

    folder = older_organisation(tmp_path / "org")
    (old,) = public(folder)
    region(folder, "NO")
    out = exported(folder, tmp_path)
    assert public(out) == [old]
    assert verified(out, "--key", old)["sound"]
    new = rotated(folder)
    region(folder, "SO")
    assert len(new) == 2
    out = exported(folder, tmp_path)
    for key in (old, *new):
        assert verified(out, "--key", key)["sound"]


class TestKilled:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        quorate("new", tmp_path / "org", "--rules", "open-convention")
        return tmp_path / "org"

    def dies(self, step: str, *words: object) -> None:
        done = subprocess.run(
            [sys.executable, DYING, step, *words], capture_output=True, env=PATHS, timeout=200
        )
        assert done.returncode == -signal.SIGKILL, (step, done.stdout, done.stderr)

    def goes_on(self, folder: Path, old: list[str], tmp_path: Path) -> list[str]:
        """The server records, and signs with keys that the record names; those."""
        region(folder, f"R{len(list(tmp_path.iterdir()))}")
        out = exported(folder, tmp_path)
        report = verified(out, "--key", old[0])
        assert report["sound"], report["findings"]
        signed = (out / "checkpoint").read_text("utf-8")
        keys: list[str] = report["keys"]
        assert signatures_of(signed, keeper.read_keys(" ".join(keys))) == set(keys)
        assert public(out) == keys
        return keys

    def test_while_new_ones_are_made(self, folder: Path, tmp_path: Path) -> None:
        old = public(folder)
        for step in OF_NEW_KEYS:
            self.dies(step, "key", "new", folder)
            assert self.goes_on(folder, old, tmp_path) == old
            (folder / "keys" / "next.key").unlink(missing_ok=True)
        assert rotated(folder) != old
        assert self.goes_on(folder, old, tmp_path) == public(folder)

    def test_while_they_are_rotated(self, folder: Path, tmp_path: Path) -> None:
        """In force with the commit, and never half: done again it is finished."""
        first = old = public(folder)
        changes = 0
        for step in OF_A_ROTATION:
            new = said("key", "new", folder)["keys"]
            assert new != old
            self.dies(step, "key", "rotate", folder)
            now = self.goes_on(folder, first, tmp_path)
            assert now in (old, new), step
            committed = list(OF_A_ROTATION).index(step) > list(OF_A_ROTATION).index(
                "before the commit"
            )
            assert (now == new) == committed, step
            if not committed:
                assert said("key", "rotate", folder)["keys"] == new
            changes += 1
            quorate("key", "new", folder)  # finishes what the killed one left
            assert public(folder) == new
            held = (folder / "keys" / "record.key").read_text("utf-8").split()
            assert [keeper.read_key(key).text() for key in new] == new
            assert len(held) == 2
            old = new
        report = verified(exported(folder, tmp_path), "--key", first[0])
        assert len(report["key_changes"]) == changes


class TestLost:
    """The documented way back, rehearsed: docs/administrators.md."""

    @pytest.fixture
    def folder(self, organisation: Path, tmp_path: Path) -> Path:
        """With a witness of Northgate's and one of an outside organisation."""
        quorate("act", organisation, "membership.open_branch", "code=SG", "name=S", "region=NO")
        return organisation

    def named(self, folder: Path, name: str, address: str, keys: list[str], *of: str) -> None:
        fields = [f"name={name}", f"keys={json.dumps(keys)}", f"url={address}", *of]
        quorate("act", folder, "witnesses.name", *fields)

    def test_the_record_goes_on_under_a_new_key(self, folder: Path, tmp_path: Path) -> None:
        old = public(folder)
        made = {
            name: witnesses.made(tmp_path / name, f"{name}.example", old[0])
            for name in ("north", "south", "dockers")
        }
        with (
            witnesses.serving(tmp_path / "north") as (north, _),
            witnesses.serving(tmp_path / "south") as (south, _),
            witnesses.serving(tmp_path / "dockers") as (dockers, _),
        ):
            self.named(folder, "north", north, made["north"], "branch=NG")
            self.named(folder, "south", south, made["south"], "branch=SG")
            self.named(folder, "dockers", dockers, made["dockers"], "organisation=The dockers")
            (folder / "keys" / "record.key").unlink()
            refused = said("act", folder, "membership.open_region", "code=SO", "name=South")
            assert "does not hold that key" in refused["error"]
            quorate("key", "new", folder)
            assert "does not hold the keys that sign now" in said("key", "rotate", folder)["error"]
            with served(folder) as address:  # it can be read, and goes on asking the witnesses
                until(lambda: "3 of 3" in asked(f"{address}/more")[2])
                replaced = said("key", "replace", folder)
                new = replaced["keys"]
                place = replaced["recorded"]["entry"]
                until(
                    lambda: "does not know this record" in asked(f"{address}/record/witnesses")[2]
                )
                quorate("witness", "watch", tmp_path / "south", new[0])
                quorate("witness", "drop", tmp_path / "south", old[0])
        region(folder, "SO")
        out = exported(folder, tmp_path)
        for key in old:
            report = verified(out, "--key", key)
            assert not report["sound"]
            (finding,) = report["findings"]
            assert finding["entry"] == place
            assert "replaced without the old one's signature, by founder" in finding["what"]
        report = verified(out, "--key", new[0])
        assert report["sound"], report["findings"]
        told = quorate("verify", out, "--key", new[0]).stdout
        assert f"Witnesses had cosigned the record to entry {place - 1}" in told
        assert set((tmp_path / "south" / "records").read_text().split()) == {new[0]}

    def test_not_before_the_witnesses_have_seen_it(self, folder: Path, tmp_path: Path) -> None:
        keys = witnesses.made(tmp_path / "north", "north.example", public(folder)[0])
        self.named(folder, "north", "http://127.0.0.1:9", keys, "branch=NG")
        (folder / "keys" / "record.key").unlink()
        quorate("key", "new", folder)
        assert "has to stand in their place" in said("key", "replace", folder)["error"]
        refused = said("act", folder, "membership.open_region", "code=SO", "name=South")
        assert "does not hold that key" in refused["error"]

    def test_a_copy_put_back_is_enough(self, folder: Path, tmp_path: Path) -> None:
        key = folder / "keys" / "record.key"
        copy = key.rename(tmp_path / "copy")
        assert (
            "does not hold"
            in said("act", folder, "membership.open_region", "code=SO", "name=S")["error"]
        )
        copy.rename(key)
        region(folder, "SO")
        assert verified(exported(folder, tmp_path))["sound"]


@pytest.mark.parametrize("there", [b"nonsense\n", b"\xff", b"", b"PRIVATE+KEY+a+b+c\n" * 3])
def test_next_keys_that_are_none_are_said_and_stop_nothing(there: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "org"
    quorate("new", folder, "--rules", "open-convention")
    next_key = folder / "keys" / "next.key"
    next_key.write_bytes(there)
    if there:
        for word in ("new", "rotate", "replace"):
            assert "cannot be read as the next keys" in said("key", word, folder)["error"]
        assert next_key.read_bytes() == there
        region(folder, "SO")
        next_key.unlink()
    rotated(folder)


def test_too_many_next_keys_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "org"
    quorate("new", folder, "--rules", "open-convention")
    quorate("key", "new", folder)
    next_key = folder / "keys" / "next.key"
    next_key.write_text(next_key.read_text() + (folder / "keys" / "record.key").read_text())
    assert "new" in said("key", "rotate", folder)["error"]
    region(folder, "SO")


class TestByHand:
    """Who writes into the database and does not read the folder makes no server sign otherwise."""

    def test_a_replacement_is_not_believed(self, tmp_path: Path) -> None:
        folder = tmp_path / "org"
        quorate("new", folder, "--rules", "open-convention", "--origin", "small.example")
        thief, keys = pair("thief"), public(folder)
        out = exported(folder, tmp_path)
        entries = list(log_files.entries(out))
        fields = replacement(Pair((), tuple(keys)), thief)
        from quorate import organisation
        from quorate.chapters.clause import FOUNDER, Occasion

        time = entry.read(entries[-1]).occasion.time
        act = organisation.read_act("keys.replace", fields)
        entries.append(entry.write(Occasion(len(entries), time, FOUNDER), act))
        root = tree.levels([tree.leaf_hash(one) for one in entries]).root_of(0, len(entries))
        signed = thief.first.over(Checkpoint("small.example", len(entries), root))
        with sqlite3.connect(folder / "quorate.sqlite3") as database:
            database.execute(
                "INSERT INTO store_recordentry VALUES (?, ?)", (len(entries) - 1, entries[-1])
            )
            database.execute("INSERT INTO store_checkpoint VALUES (?, ?)", (len(entries), signed))
        done = quorate("act", folder, "membership.open_region", "code=X", "name=X", check=False)
        assert done.returncode
        assert "its keys were changed by somebody else" in done.stdout + done.stderr

    def test_nobody_makes_it_sign_with_keys_that_it_does_not_hold(self, tmp_path: Path) -> None:
        folder = tmp_path / "org"
        quorate("new", folder, "--rules", "open-convention", "--origin", "small.example")
        fields = replacement(Pair((), tuple(public(folder))), pair("officer"))
        words = [f"{name}={json.dumps(value)}" for name, value in fields.items()]
        refused = said("act", folder, "keys.replace", *words)["refused"]
        assert refused["because"] == "This server does not hold the new keys."


def test_a_backup_of_a_changed_key_is_restored(organisation: Path, tmp_path: Path) -> None:
    old = public(organisation)
    region(organisation, "SO")
    new = rotated(organisation)
    quorate("backup", organisation, tmp_path / "backup", "--keys", tmp_path / "keys")
    target = tmp_path / "again"
    done = said(
        "restore", tmp_path / "backup", target, "--keys", tmp_path / "keys", "--database", "",
        "--key", old[0], "--lose", "0", "--no-ask",
    )  # fmt: skip
    assert done["restored"], done
    assert public(target) == new
    region(target, "EA")
    assert verified(exported(target, tmp_path), "--key", old[0])["sound"]


def test_the_long_signature_stays_under_the_latest(tmp_path: Path) -> None:
    folder = tmp_path / "org"
    quorate("new", folder, "--rules", "open-convention")
    region(folder, "NO")
    with sqlite3.connect(folder / "quorate.sqlite3") as database:
        rows = database.execute("SELECT size, note FROM store_checkpoint").fetchall()
        lines = dict(database.execute("SELECT size, lines FROM store_keeperline").fetchall())
    key = note.read_verifier(public(folder)[0])
    assert len(rows) == 2
    for size, short in rows:
        assert len(short) < 300
        assert checkpoint.open_checkpoint(short, key).size == size
        assert len(note.parts(short + lines[size])[1]) == 2


def test_and_not_under_all_the_others(tmp_path: Path) -> None:
    folder, file = tmp_path / "org", tmp_path / "members.csv"
    quorate("new", folder, "--rules", "open-convention")
    region(folder, "NO")
    quorate("act", folder, "membership.open_branch", "code=NG", "name=N", "region=NO")
    people = "".join(f"M {n},m{n}@example.org,NG\n" for n in range(1_100))
    file.write_text(f"name,email,branch\n{people}", "utf-8")
    quorate("import", folder, "members", file)
    with sqlite3.connect(folder / "quorate.sqlite3") as database:
        sizes = database.execute("SELECT size FROM store_keeperline").fetchall()
    assert sizes == [(1_103,)]
    assert verified(exported(folder, tmp_path))["sound"]
