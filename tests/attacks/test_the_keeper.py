"""Whoever keeps the server breaks a promise, with the database, the export and the signing key in
hand. Each attack must end in a finding; the test says which, and what catches it.

``forge`` changes the entries, puts their places right again, and signs the result with the real
key: so the tree and the signature fit, and only the rules or a receipt can catch it.
"""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quorate.record import canonical, checkpoint, tree
from support.command import quorate, verified

Entries = list[dict[str, Any]]


def read(export: Path) -> Entries:
    return [json.loads(line) for line in (export / "entries.jsonl").read_text().splitlines()]


def write(export: Path, entries: Entries) -> None:
    lines = [canonical.encode(entry) + b"\n" for entry in entries]
    (export / "entries.jsonl").write_bytes(b"".join(lines))


def sign(export: Path, keeper: Path) -> None:
    """The keeper signs the export as it is now."""
    leaves = [tree.leaf_hash(line) for line in (export / "entries.jsonl").read_bytes().splitlines()]
    key = (keeper / "keys" / "record.key").read_text()
    origin = key.split("+")[2]
    root = tree.levels(leaves).root_of(0, len(leaves))
    signed = checkpoint.sign(checkpoint.Checkpoint(origin, len(leaves), root), key)
    (export / "checkpoint").write_text(signed)


def forge(export: Path, keeper: Path, change: Callable[[Entries], None]) -> dict[str, Any]:
    """Changes the record as its keeper could, and gives what `quorate verify` then finds."""
    entries = read(export)
    change(entries)
    for place, entry in enumerate(entries):
        entry["seq"] = place
    write(export, entries)
    sign(export, keeper)
    return verified(export, "--key", keeper / "record.vkey")


def first(entries: Entries, act: str, **body: Any) -> int:
    for place, entry in enumerate(entries):
        if entry["act"] == act and body.items() <= entry["body"].items():
            return place
    raise AssertionError(f"no {act} in the record")


def last(entries: Entries, act: str) -> int:
    return len(entries) - 1 - first(entries[::-1], act)


def rules_found(report: dict[str, Any]) -> set[str]:
    assert not report["sound"], "the attack was not found"
    return {finding["rule"] for finding in report["findings"]}


def words_found(report: dict[str, Any]) -> str:
    assert not report["sound"], "the attack was not found"
    return " ".join(finding["what"] for finding in report["findings"])


def receipt_of(keeper: Path, export: Path, sequence: int) -> Path:
    """A receipt that a member held before the attack."""
    from quorate.record import receipt

    lines = (export / "entries.jsonl").read_bytes().splitlines()
    levels = tree.levels([tree.leaf_hash(line) for line in lines])
    proof = receipt.proof_text(
        sequence, levels.inclusion(sequence, len(lines)), (export / "checkpoint").read_text()
    )
    path = export.parent / f"receipt-{sequence}.txt"
    path.write_text(receipt.write("A receipt.", lines[sequence], proof))
    return path


def test_an_untouched_record_is_sound(export: Path, whole_year: Path) -> None:
    report = verified(export, "--key", whole_year / "record.vkey")
    assert report["sound"], report["findings"]
    assert report["vouched"]
    assert report["votes"] > 10
    assert report["elections"] > 40


def test_a_key_that_nobody_vouched_for_is_never_all_right(export: Path) -> None:
    said = quorate("verify", export).stdout
    assert "nobody vouched for" in said
    assert not verified(export)["vouched"]


class TestByTheRules:
    """Caught by replaying the record, though the keeper signed the forgery."""

    def test_a_contribution_is_removed(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            del entries[first(entries, "bulletin.hand_in", kind="amendment")]

        assert rules_found(forge(export, whole_year, change)) - {""}

    def test_a_vote_is_changed(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            opening = entries[first(entries, "floor.open_votes")]["body"]["openings"][0]
            opening["choice"] = "against" if opening["choice"] == "for" else "for"

        assert "floor.majorities" in rules_found(forge(export, whole_year, change))

    def test_a_sealed_vote_is_left_out(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            del entries[first(entries, "floor.open_votes")]["body"]["openings"][0]

        assert "floor.majorities" in rules_found(forge(export, whole_year, change))

    def test_a_vote_is_called_lost(self, export: Path, whole_year: Path) -> None:
        """One that could not have turned the result: the rest of the record stays by the rules."""

        def change(entries: Entries) -> None:
            for entry in entries:
                if entry["act"] == "floor.open_votes":
                    body = entry["body"]
                    said = [o["choice"] for o in body["openings"] if "/" not in o["whose"]]
                    share = said.count("for") / (said.count("for") + said.count("against"))
                    if share < 0.45:
                        lost = next(o for o in body["openings"] if o["choice"] == "against")
                        body["openings"].remove(lost)
                        body["lost"] = [lost["whose"]]
                        return
            raise AssertionError("every vote was close")

        report = forge(export, whole_year, change)
        assert len(report["findings"]) == 1, report["findings"]
        finding = report["findings"][0]
        assert "calls a sealed vote lost that stands in the record: vote " in finding["what"]
        assert ", seat " in finding["what"]
        assert finding["act"] == "floor.open_votes"
        assert read(export)[finding["entry"]]["body"]["lost"]

    def test_a_ballot_is_called_lost(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            body = entries[first(entries, "elections.open_ballots")]["body"]
            body["lost"] = [body["openings"].pop()["whose"]]

        report = forge(export, whole_year, change)
        words = words_found(report)
        assert "calls a sealed vote lost that stands in the record: election " in words
        assert ", cast by m-" in words

    def test_a_ballot_is_changed(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            place = last(entries, "elections.open_ballots")
            entries[place]["body"]["openings"][0]["choice"] = "1"
            entries[place]["body"]["openings"][1]["choice"] = "1"

        assert "delegates.election_closes" in rules_found(forge(export, whole_year, change))

    def test_a_result_is_declared_that_the_ballots_do_not_give(
        self, export: Path, whole_year: Path
    ) -> None:
        def change(entries: Entries) -> None:
            elected = entries[last(entries, "elections.declare")]["body"]["elected"]
            elected[0] = entries[first(entries, "membership.admit")]["body"]["member"]

        assert "delegates.count" in rules_found(forge(export, whole_year, change))

    def test_an_act_is_moved_to_before_its_deadline(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            closing = first(entries, "proposals.lapse")
            late = entries[first(entries, "proposals.second")] | {}
            late["time"] = entries[closing]["time"] + 1
            late["by"] = entries[first(entries, "membership.admit")]["body"]["member"]
            entries.insert(closing, late)

        assert "record.due" in rules_found(forge(export, whole_year, change))

    def test_an_act_is_backdated(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            place = first(entries, "proposals.second")
            entries[place]["time"] = entries[place - 1]["time"] - 1

        assert "record.time" in rules_found(forge(export, whole_year, change))

    def test_a_refusal_without_a_listed_reason(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            entries[first(entries, "bulletin.refuse")]["body"]["reason"] = "inconvenient"

        assert "bulletin.refusal_reasons" in rules_found(forge(export, whole_year, change))

    def test_the_convention_closes_over_an_unanswered_proposal(
        self, export: Path, whole_year: Path
    ) -> None:
        def change(entries: Entries) -> None:
            closing = entries[last(entries, "floor.close")]
            opened = first(entries, "floor.open")
            entries.insert(opened + 1, closing | {"time": entries[opened]["time"]})

        assert "floor.close" in rules_found(forge(export, whole_year, change))

    def test_a_delegate_whom_nobody_elected(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            stranger = entries[first(entries, "membership.admit")]["body"]["member"]
            entries[first(entries, "delegates.credential")]["body"]["member"] = stranger

        assert "delegates.credentials_by" in rules_found(forge(export, whole_year, change))

    def test_the_rulebook_is_changed_without_a_vote(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            middle = first(entries, "floor.call")
            easy = entries[0]["body"]["rules_text"].replace('"2/3"', '"1/3"')
            forged = entries[0] | {"time": entries[middle]["time"]}
            entries.insert(middle, forged | {"body": entries[0]["body"] | {"rules_text": easy}})

        assert "record.founding" in rules_found(forge(export, whole_year, change))

    def test_the_founder_comes_back(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            admit = entries[first(entries, "membership.admit")]
            middle = first(entries, "floor.call")
            body = admit["body"] | {"member": "m-aaaaaaaaaaaaaaaa"}
            entries.insert(middle, admit | {"time": entries[middle]["time"], "body": body})

        assert "record.founding" in rules_found(forge(export, whole_year, change))

    def test_a_vote_for_somebody_who_is_not_there(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            place = first(entries, "floor.vote")
            there = {entry["by"] for entry in entries if entry["act"] == "floor.arrive"}
            admitted = [e["body"]["member"] for e in entries if e["act"] == "membership.admit"]
            entries[place]["by"] = next(member for member in admitted if member not in there)

        assert rules_found(forge(export, whole_year, change)) & {
            "delegates.method",
            "floor.quorum",
        }


class TestByTheSignature:
    """Caught by the tree and the keeper's signature: whoever changes it has not got the key."""

    def test_two_entries_are_swapped(self, export: Path, whole_year: Path) -> None:
        entries = read(export)
        entries[100], entries[101] = entries[101], entries[100]
        write(export, entries)
        report = verified(export, "--key", whole_year / "record.vkey")
        assert "removed, added or swapped" in words_found(report)

    def test_the_end_is_cut_off(self, export: Path, whole_year: Path) -> None:
        write(export, read(export)[:-10])
        report = verified(export, "--key", whole_year / "record.vkey")
        assert "entries were removed or added" in words_found(report)

    def test_one_letter_is_changed(self, export: Path, whole_year: Path) -> None:
        entries = read(export)
        entries[5]["body"]["name"] = "Another name"
        write(export, entries)
        report = verified(export, "--key", whole_year / "record.vkey")
        assert "something was changed" in words_found(report)

    def test_another_key(self, export: Path, whole_year: Path, half_year: Path) -> None:
        sign(export, half_year)
        report = verified(export, "--key", whole_year / "record.vkey")
        assert "cannot be believed" in words_found(report)


class TestByTheTexts:
    """Caught by the commitments."""

    def test_a_text_is_changed(self, export: Path, whole_year: Path) -> None:
        path = export / "documents.jsonl"
        lines = path.read_bytes().splitlines()
        value = json.loads(lines[0])
        text = base64.b64decode(value["payload"]).replace(b"e", b"a", 1)
        value["payload"] = base64.b64encode(text).decode()
        path.write_bytes(b"\n".join([canonical.encode(value), *lines[1:]]) + b"\n")
        report = verified(export, "--key", whole_year / "record.vkey")
        assert "was changed" in words_found(report)

    def test_a_text_is_slipped_in(self, export: Path, whole_year: Path) -> None:
        from quorate import commitments

        payload, salt = b'{"text":"x","title":"y"}', bytes(32)
        value = {
            "commitment": commitments.commit(payload, salt, commitments.DOCUMENT),
            "domain": commitments.DOCUMENT,
            "payload": base64.b64encode(payload).decode(),
            "salt": salt.hex(),
        }
        with (export / "documents.jsonl").open("ab") as file:
            file.write(canonical.encode(value) + b"\n")
        report = verified(export, "--key", whole_year / "record.vkey")
        assert "no entry speaks of" in words_found(report)

    def test_a_text_is_left_out(self, export: Path, whole_year: Path) -> None:
        handed_in = [e for e in read(export) if e["act"] == "bulletin.hand_in"]
        _leave_out(export / "documents.jsonl", handed_in[4]["body"]["text"])
        report = verified(export, "--key", whole_year / "record.vkey")
        assert not report["sound"]
        assert len(report["findings"]) == 1
        finding = report["findings"][0]
        assert "is missing from this export, and no act of the record erased it" in finding["what"]
        assert "contribution 5, version 1" in finding["what"]
        assert (finding["entry"], finding["act"]) == (handed_in[4]["seq"], "bulletin.hand_in")

    def test_what_is_withheld_by_right_is_listed_with_the_reason(
        self, export: Path, whole_year: Path
    ) -> None:
        report = verified(export, "--key", whole_year / "record.vkey")
        admitted = sum(e["act"] == "membership.admit" for e in read(export))
        listed = {withheld["what"]: withheld for withheld in report["withheld"]}
        assert listed["personal sheets"]["number"] >= admitted
        assert "moves to another server" in listed["personal sheets"]["because"]


class TestByAReceipt:
    """Caught by a member's receipt alone: the forged record is by the rules, and signed."""

    @pytest.mark.parametrize("what", ["removed", "added", "cut off"])
    def test_a_seconder(self, export: Path, whole_year: Path, what: str) -> None:
        place = last(read(export), "proposals.second")
        held = receipt_of(whole_year, export, place)
        entries = read(export)[:place]
        if what == "added":
            entries.append(
                read(export)[place] | {"by": entries[first(entries, "floor.call")]["by"]}
            )
        elif what == "removed":
            pass
        else:
            entries = entries[: place - 5]
        write(export, entries)
        sign(export, whole_year)
        report = verified(export, "--key", whole_year / "record.vkey", "--receipt", held)
        assert "a receipt proves" in words_found(report)

    @pytest.mark.parametrize(
        "attack", ["contribution removed", "seconder removed", "seconder added", "vote changed"]
    )
    def test_history_is_rewritten_and_goes_on(
        self, export: Path, whole_year: Path, attack: str
    ) -> None:
        """The record is rewritten at one place, signed by the true key, and is longer than the one
        that the receipt was given for: nothing is cut off, and still it is another history."""
        entries = read(export)
        place, forged = _rewritten(entries, attack)
        # The receipt was given when the record ended soon after; much has come since.
        given = _cut(export, whole_year, place + 20)
        held = receipt_of(whole_year, given, place)
        assert len(forged) > place + 21
        write(export, forged)
        sign(export, whole_year)
        report = verified(export, "--key", whole_year / "record.vkey", "--receipt", held)
        words = words_found(report)
        assert "a receipt proves another history than this one" in words
        assert "cut off" not in words

    def test_the_same_receipt_says_nothing_of_a_record_that_goes_on(
        self, export: Path, whole_year: Path
    ) -> None:
        place = last(read(export), "proposals.second")
        held = receipt_of(whole_year, _cut(export, whole_year, place + 20), place)
        report = verified(export, "--key", whole_year / "record.vkey", "--receipt", held)
        assert report["sound"], report["findings"]
        assert report["receipts"] == 1

    def test_a_forged_receipt(self, export: Path, whole_year: Path, tmp_path: Path) -> None:
        held = receipt_of(whole_year, export, 50)
        forged = held.read_text().replace('"membership.admit"', '"membership.erase"')
        held.write_text(forged)
        done = quorate("receipt", "verify", held, "--key", whole_year / "record.vkey", check=False)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr


def _leave_out(path: Path, commitment: str) -> None:
    lines = path.read_bytes().splitlines()
    left = [line for line in lines if json.loads(line)["commitment"] != commitment]
    assert len(left) == len(lines) - 1
    path.write_bytes(b"".join(line + b"\n" for line in left))


def _rewritten(entries: Entries, attack: str) -> tuple[int, Entries]:
    """Where the record is rewritten, and what it is then."""
    forged = [dict(entry) for entry in entries]
    if attack == "contribution removed":
        place = last(entries, "bulletin.hand_in")
        del forged[place]
    elif attack == "vote changed":
        place = first(entries, "floor.vote")
        forged[place]["body"] = forged[place]["body"] | {"choice": "0" * 64}
    else:
        place = last(entries, "proposals.second")
        if attack == "seconder removed":
            del forged[place]
        else:
            another = entries[first(entries, "floor.call")]["by"]
            forged.insert(place, forged[place] | {"by": another})
    for number, entry in enumerate(forged):
        entry["seq"] = number
    return place, forged


def _cut(export: Path, keeper: Path, size: int) -> Path:
    """The export as it was when the record had so many entries, signed then."""
    earlier = export.parent / "earlier"
    shutil.copytree(export, earlier)
    write(earlier, read(export)[:size])
    sign(earlier, keeper)
    return earlier


def test_the_database_forbids_changes(half_year: Path) -> None:
    import sqlite3

    with sqlite3.connect(half_year / "quorate.sqlite3") as database:
        for statement in (
            "UPDATE store_recordentry SET data = x'00' WHERE sequence = 7",
            "DELETE FROM store_recordentry WHERE sequence = 7",
            "DELETE FROM store_checkpoint",
        ):
            with pytest.raises(sqlite3.DatabaseError, match="append-only"):
                database.execute(statement)
