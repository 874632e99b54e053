"""Whoever keeps the server opens its database and writes there by hand: triggers dropped, rows
changed and deleted. Then the server starts again, the record is exported and checked: each attack
ends in a named finding, or in a server that does not go on and says why.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from support.by_hand import by_hand
from support.caught import MEMBER, RECEIPT, VERIFY, caught_by
from support.command import QUORATE, quorate, step, verified


def exported(folder: Path, *more: object) -> dict[str, Any]:
    """What checking an export of the folder finds."""
    out = folder.parent / "out"
    shutil.rmtree(out, ignore_errors=True)
    quorate("export", folder, out)
    return verified(out, "--key", folder / "record.vkey", *more)


def found(report: dict[str, Any]) -> list[str]:
    assert not report["sound"], "the attack was not found"
    return [finding["what"] for finding in report["findings"]]


def does_not_start(folder: Path) -> str:
    """What the server says instead of serving."""
    done = subprocess.run(
        [QUORATE, "serve", str(folder), "--port", "0"], capture_output=True, text=True, timeout=240
    )
    assert done.returncode != 0
    assert "The record is broken" in done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_nothing_done_to_it_is_sound(staged: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = staged
    step(folder, "close")
    report = exported(folder)
    assert report["sound"], report["findings"]
    assert report["votes"] == 1


class TestSealedVotes:
    def test_the_database_forbids_it(self, staged: tuple[Path, dict[str, Any]]) -> None:
        folder, _ = staged
        with sqlite3.connect(folder / "quorate.sqlite3") as database:
            for statement in (
                "DELETE FROM store_sealedchoice",
                "UPDATE store_sealedchoice SET sealed = x'00'",
            ):
                with pytest.raises(sqlite3.DatabaseError, match="stay as they were cast"):
                    database.execute(statement)

    @caught_by(VERIFY, RECEIPT)
    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM store_sealedchoice WHERE commitment = ?",
            "UPDATE store_sealedchoice SET sealed = zeroblob(80) WHERE commitment = ?",
        ],
        ids=["deleted", "changed"],
    )
    def test_votes_disappear_while_the_vote_is_open(
        self, staged: tuple[Path, dict[str, Any]], statement: str, tmp_path: Path
    ) -> None:
        folder, told = staged
        entries = list(told["entries"].values())
        receipts = step(folder, "receipts", entries[0], entries[-1])
        with by_hand(folder) as database:
            for sequence in entries[5:]:
                row = database.execute(
                    "SELECT data FROM store_recordentry WHERE sequence = ?", (sequence,)
                ).fetchone()
                choice = json.loads(bytes(row[0]))["body"]["choice"]
                assert database.execute(statement, (choice,)).rowcount == 1
        step(folder, "close")
        held = tmp_path / "receipt.txt"
        held.write_text(receipts[str(entries[-1])]["own"])
        report = exported(folder, "--receipt", held)
        lost = [what for what in found(report) if "calls a sealed vote lost" in what]
        assert len(lost) == 7
        voter = list(told["entries"])[-1]
        named = [what for what in lost if voter in what]
        assert len(named) == 1
        assert "vote 1 of the floor, seat " in named[0]
        finding = next(f for f in report["findings"] if voter in f["what"])
        assert finding["act"] == "floor.open_votes"
        assert finding["rule"] == "floor.majorities"
        says = report["receipts_say"]
        assert "You voted: for. The record calls it lost." in says[0]
        key = folder / "record.vkey"
        out = folder.parent / "out"
        done = quorate("receipt", "verify", held, "--key", key, "--export", out, check=False)
        assert done.returncode == 1
        assert "You voted: for." in done.stdout
        assert "The record calls it lost" in done.stdout
        held.write_text(receipts[str(entries[0])]["own"])
        done = quorate("receipt", "verify", held, "--key", key, "--export", out, check=False)
        assert "You voted: against." in done.stdout
        assert "The record opened it as: against." in done.stdout

    @caught_by(VERIFY)
    def test_a_replaced_vote_disappears(self, staged: tuple[Path, dict[str, Any]]) -> None:
        folder, told = staged
        with by_hand(folder) as database:
            row = database.execute(
                "SELECT data FROM store_recordentry WHERE sequence = ?", (told["replaced"],)
            ).fetchone()
            choice = json.loads(bytes(row[0]))["body"]["choice"]
            database.execute("DELETE FROM store_sealedchoice WHERE commitment = ?", (choice,))
        step(folder, "close")
        assert any(
            "seat A1-1, the vote 1 that it replaced" in what for what in found(exported(folder))
        )


class TestShown:
    """Whoever looks at a vote sees what is lost of it, and what was replaced."""

    PAGES = ("/convention/vote/1", "/api/votes/1", "/convention/1/minutes", "/bulletin/1")

    def test_a_replaced_vote(self, staged: tuple[Path, dict[str, Any]]) -> None:
        folder, _ = staged
        open_still = step(folder, "shown", *self.PAGES[:2])
        assert "replaced: for" not in open_still["/convention/vote/1"]
        assert json.loads(open_still["/api/votes/1"])["replaced"] is None
        step(folder, "close")
        shown = step(folder, "shown", *self.PAGES)
        assert "(replaced: for, mistake)" in shown["/convention/vote/1"]
        vote = json.loads(shown["/api/votes/1"])
        assert vote["replaced"] == {"A1-1": [{"choice": "for", "reason": "mistake"}]}
        assert vote["roll_call"]["A1-1"] == "against"
        assert (vote["tally"]["lost"], vote["tally"]["undecided"]) == ([], False)

    @caught_by(MEMBER)
    def test_lost_votes(self, staged: tuple[Path, dict[str, Any]]) -> None:
        folder, told = staged
        with by_hand(folder) as database:
            for sequence in list(told["entries"].values())[5:]:  # those who voted for
                row = database.execute(
                    "SELECT data FROM store_recordentry WHERE sequence = ?", (sequence,)
                ).fetchone()
                choice = json.loads(bytes(row[0]))["body"]["choice"]
                database.execute("DELETE FROM store_sealedchoice WHERE commitment = ?", (choice,))
        step(folder, "close")
        shown = step(folder, "shown", *self.PAGES)
        page = " ".join(shown["/convention/vote/1"].split())
        assert "Not decided: to be put to the vote again" in page
        assert page.count("lost: it could not be opened") >= 7
        vote = json.loads(shown["/api/votes/1"])
        assert len(vote["tally"]["lost"]) == 7
        said = f"7 sealed votes could not be opened: {', '.join(vote['tally']['lost'])}."
        assert said in page
        assert (vote["tally"]["undecided"], vote["tally"]["carried"]) == (True, False)
        assert not set(vote["tally"]["lost"]) & set(vote["roll_call"])
        assert "not decided, because of the votes that are lost" in shown["/convention/1/minutes"]


class TestTheVotersReceipt:
    def test_it_opens_the_vote_for_whoever_cast_it_and_nobody_else(
        self, staged: tuple[Path, dict[str, Any]], tmp_path: Path
    ) -> None:
        folder, told = staged
        key = folder / "record.vkey"
        against, for_it = told["entries"][told["members"][0]], told["entries"][told["members"][5]]
        receipts = step(folder, "receipts", against, for_it)
        held = tmp_path / "receipt.txt"
        for entry, choice in ((against, "against"), (for_it, "for")):
            given = receipts[str(entry)]
            held.write_text(given["own"])
            said = json.loads(quorate("receipt", "verify", held, "--key", key, "--json").stdout)
            assert said["voted"] == choice
            held.write_text(given["others"])
            said = json.loads(quorate("receipt", "verify", held, "--key", key, "--json").stdout)
            assert said["voted"] is None
            assert "OPENING" not in given["others"]

    @caught_by(VERIFY)
    def test_another_choice_written_into_it_is_refused(
        self, staged: tuple[Path, dict[str, Any]], tmp_path: Path
    ) -> None:
        folder, told = staged
        entry = told["entries"][told["members"][0]]
        own = step(folder, "receipts", entry)[str(entry)]["own"]
        import base64

        written, other = (base64.b64encode(c).decode() for c in (b"against", b"for"))
        assert written in own
        held = tmp_path / "receipt.txt"
        held.write_text(own.replace(written, other))
        key = folder / "record.vkey"
        done = quorate("receipt", "verify", held, "--key", key, check=False)
        assert done.returncode == 1


class TestEntries:
    @caught_by(VERIFY)
    def test_one_that_the_rules_would_allow_is_put_in_the_place_of_another(
        self, staged: tuple[Path, dict[str, Any]], tmp_path: Path
    ) -> None:
        folder, _ = staged
        where = "WHERE sequence = 1"
        with by_hand(folder) as database:
            data = bytes(
                database.execute(f"SELECT data FROM store_recordentry {where}").fetchone()[0]
            )
            entry = json.loads(data)
            assert entry["act"] == "membership.open_region"
            changed = data.replace(entry["body"]["name"].encode(), b"Another name")
            assert changed != data
            database.execute(f"UPDATE store_recordentry SET data = ? {where}", (changed,))
        assert "are not those that were signed: an entry was changed" in does_not_start(folder)
        assert any("something was changed" in what for what in found(exported(folder)))

    @caught_by(VERIFY)
    def test_one_in_the_middle_is_deleted(
        self, staged: tuple[Path, dict[str, Any]], tmp_path: Path
    ) -> None:
        folder, _ = staged
        with by_hand(folder) as database:
            database.execute("DELETE FROM store_recordentry WHERE sequence = 100")
        assert "entry 101" in does_not_start(folder)
        words = " ".join(found(exported(folder)))
        assert "says that it is entry 101" in words
        assert "entries were removed or added" in words

    @caught_by(VERIFY)
    def test_the_last_are_deleted(
        self, staged: tuple[Path, dict[str, Any]], tmp_path: Path
    ) -> None:
        folder, _ = staged
        with by_hand(folder) as database:
            last = database.execute("SELECT max(sequence) FROM store_recordentry").fetchone()[0]
            database.execute("DELETE FROM store_recordentry WHERE sequence > ?", (last - 10,))
        assert "entries were removed" in does_not_start(folder)
        assert any("entries were removed or added" in what for what in found(exported(folder)))


class TestCheckpoints:
    def test_the_last_is_deleted(self, staged: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
        folder, _ = staged
        with by_hand(folder) as database:
            database.execute(
                "DELETE FROM store_checkpoint WHERE size = (SELECT max(size) FROM store_checkpoint)"
            )
        assert "no checkpoint is signed for its" in does_not_start(folder)
        done = quorate("export", folder, tmp_path / "out", check=False)
        assert done.returncode == 1
        assert "none is signed for" in " ".join(done.stderr.split())
        assert not (tmp_path / "out").exists()

    def test_one_is_changed(self, staged: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
        folder, _ = staged
        with by_hand(folder) as database:
            note = database.execute(
                "SELECT note FROM store_checkpoint ORDER BY size DESC LIMIT 1"
            ).fetchone()[0]
            lines = note.split("\n")
            lines[2] = ("A" if lines[2][0] != "A" else "B") + lines[2][1:]
            database.execute(
                "UPDATE store_checkpoint SET note = ? WHERE note = ?", ("\n".join(lines), note)
            )
        assert "its last checkpoint cannot be believed" in does_not_start(folder)
        assert any("checkpoint cannot be believed" in what for what in found(exported(folder)))


class TestTexts:
    def commitment(self, folder: Path, number: int) -> str:
        """The commitment to the text of a contribution, as the record has it."""
        with sqlite3.connect(folder / "quorate.sqlite3") as database:
            rows = database.execute("SELECT data FROM store_recordentry ORDER BY sequence")
            entries = (json.loads(bytes(data)) for (data,) in rows)
            handed_in = [e for e in entries if e["act"] == "bulletin.hand_in"]
        return str(handed_in[number - 1]["body"]["text"])

    def test_one_is_deleted(self, staged: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
        folder, _ = staged
        commitment = self.commitment(folder, 2)
        with by_hand(folder) as database:
            gone = database.execute(
                "DELETE FROM store_document WHERE commitment = ?", (commitment,)
            )
            assert gone.rowcount == 1
        words = found(exported(folder))
        assert len(words) == 1
        assert "text is missing from this export, and no act of the record erased it" in words[0]
        assert "contribution 2, version 1" in words[0]

    def test_one_is_changed(self, staged: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
        folder, _ = staged
        commitment = self.commitment(folder, 2)
        with by_hand(folder) as database:
            database.execute(
                "UPDATE store_document SET payload = ? WHERE commitment = ?",
                (b'{"text":"Something else.","title":"Another"}', commitment),
            )
        words = found(exported(folder))
        assert len(words) == 1
        assert "it was changed: contribution 2, version 1" in words[0]

    ADDRESSES = ("/bulletin/2", "/api/contributions/2", "/bulletin", "/api/contributions")

    @caught_by(MEMBER)
    def test_a_changed_one_is_not_shown_as_if_it_were_true(
        self, staged: tuple[Path, dict[str, Any]]
    ) -> None:
        folder, _ = staged
        other = b'{"text":"Something else.","title":"Another"}'
        with by_hand(folder) as database:
            commitment = self.commitment(folder, 2)
            change = "UPDATE store_document SET payload = ? WHERE commitment = ?"
            database.execute(change, (other, commitment))
        shown = step(folder, "shown", *self.ADDRESSES)
        assert "Another" not in " ".join(shown.values())
        assert "Something else" not in " ".join(shown.values())
        said = "This is not the text that was handed in: somebody has changed it on the server."
        assert said in shown["/bulletin/2"]
        version = json.loads(shown["/api/contributions/2"])["versions"][0]
        assert (version["trouble"], version["markdown"]) == ("changed", said)
        entry = self.entry(folder, 2)
        assert "OPENING" not in step(folder, "receipts", entry)[str(entry)]["own"]

    @caught_by(MEMBER)
    def test_a_deleted_one_is_not_called_erased(self, staged: tuple[Path, dict[str, Any]]) -> None:
        folder, _ = staged
        with by_hand(folder) as database:
            gone = "DELETE FROM store_document WHERE commitment = ?"
            database.execute(gone, (self.commitment(folder, 2),))
        shown = step(folder, "shown", *self.ADDRESSES)
        said = "This text is missing on this server, though nothing erased it."
        assert said in shown["/bulletin/2"]
        assert json.loads(shown["/api/contributions/2"])["versions"][0]["trouble"] == "missing"
        assert "erased]" not in " ".join(shown.values())

    def entry(self, folder: Path, number: int) -> int:
        """In which entry the contribution was handed in."""
        with sqlite3.connect(folder / "quorate.sqlite3") as database:
            rows = database.execute("SELECT data FROM store_recordentry ORDER BY sequence")
            entries = (json.loads(bytes(data)) for (data,) in rows)
            handed_in = [e for e in entries if e["act"] == "bulletin.hand_in"]
        return int(handed_in[number - 1]["seq"])


class TestSheets:
    def person(self, folder: Path, member: str) -> str:
        """The commitment to a member's personal sheet, as the record has it."""
        with sqlite3.connect(folder / "quorate.sqlite3") as database:
            rows = database.execute("SELECT data FROM store_recordentry")
            entries = (json.loads(bytes(data)) for (data,) in rows)
            return next(
                str(e["body"]["person"])
                for e in entries
                if e["act"] == "membership.admit" and e["body"]["member"] == member
            )

    @caught_by(MEMBER)
    @pytest.mark.parametrize(
        ("by", "says"),
        [
            ("DELETE FROM store_personalsheet WHERE commitment = ?", "is missing on this server"),
            (
                "UPDATE store_personalsheet SET sealed = zeroblob(80) WHERE commitment = ?",
                "was changed on this server",
            ),
        ],
        ids=["deleted", "changed"],
    )
    def test_whose_is_gone_is_not_called_a_former_member(
        self, staged: tuple[Path, dict[str, Any]], by: str, says: str
    ) -> None:
        folder, _ = staged
        author = step(folder, "author", 2)["member"]
        with by_hand(folder) as database:
            database.execute(by, (self.person(folder, author),))
        page = step(folder, "shown", "/bulletin/2")["/bulletin/2"]
        assert f"a person whose sheet {says}" in page
        assert "a former member" not in page

    def test_nobody_signs_in_as_another_whose_address_they_overwrite(
        self, staged: tuple[Path, dict[str, Any]]
    ) -> None:
        """The digest beside a sheet finds it by its address: it is not believed alone."""
        folder, told = staged
        thief, victim = told["members"][:2]
        mine, theirs = (self.person(folder, member) for member in (thief, victim))
        address = step(folder, "address", thief)["address"]
        with by_hand(folder) as database:
            get = "SELECT mail_digest FROM store_personalsheet WHERE commitment = ?"
            (digest,) = database.execute(get, (mine,)).fetchone()
            put = "UPDATE store_personalsheet SET mail_digest = ? WHERE commitment = ?"
            database.execute(put, ("", mine))
            database.execute(put, (digest, theirs))
        assert step(folder, "called", address)["member"] is None


def test_postgresql_forbids_it_too(postgresql: str, tmp_path: Path) -> None:
    import psycopg

    quorate("new", tmp_path / "org", "--rules", "open-convention", "--database", postgresql)
    with psycopg.connect(postgresql, autocommit=True) as database:
        database.execute("INSERT INTO store_sealedchoice VALUES ('a', 'b')")
        for statement in (
            "DELETE FROM store_sealedchoice",
            "UPDATE store_sealedchoice SET sealed = 'c'",
            "TRUNCATE store_sealedchoice",
        ):
            with pytest.raises(psycopg.errors.RaiseException, match="stay as they were cast"):
                database.execute(statement)
        left = database.execute("SELECT count(*) FROM store_sealedchoice").fetchone()
        assert left == (1,)
