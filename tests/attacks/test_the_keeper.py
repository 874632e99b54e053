"""Whoever keeps the server breaks a promise, with the database, the export and the signing key in
hand. Each attack must end in a finding; the test says which, and what catches it.

``forge`` changes the entries, puts their places right again, and signs the result with the real
key: so the tree and the signature fit, and only the rules or a receipt can catch it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.caught import VERIFY, caught_by
from support.command import quorate, verified
from support.forging import Entries, first, forge, last, read, rules_found, sign, words_found, write


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

    @caught_by(VERIFY)
    def test_a_contribution_is_removed(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            del entries[first(entries, "bulletin.hand_in", kind="amendment")]

        assert rules_found(forge(export, whole_year, change)) - {""}

    @caught_by(VERIFY)
    def test_a_vote_is_changed(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            opening = entries[first(entries, "floor.open_votes")]["body"]["openings"][0]
            opening["choice"] = "against" if opening["choice"] == "for" else "for"

        assert "floor.majorities" in rules_found(forge(export, whole_year, change))

    @caught_by(VERIFY)
    def test_a_sealed_vote_is_left_out(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            del entries[first(entries, "floor.open_votes")]["body"]["openings"][0]

        assert "floor.majorities" in rules_found(forge(export, whole_year, change))

    @caught_by(VERIFY)
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

    @caught_by(VERIFY)
    def test_a_ballot_is_called_lost(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            body = entries[first(entries, "elections.open_ballots")]["body"]
            body["lost"] = [body["openings"].pop()["whose"]]

        report = forge(export, whole_year, change)
        words = words_found(report)
        assert "calls a sealed vote lost that stands in the record: election " in words
        assert ", cast by m-" in words

    @caught_by(VERIFY)
    def test_a_ballot_is_changed(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            place = last(entries, "elections.open_ballots")
            entries[place]["body"]["openings"][0]["choice"] = "1"
            entries[place]["body"]["openings"][1]["choice"] = "1"

        assert "delegates.election_closes" in rules_found(forge(export, whole_year, change))

    @caught_by(VERIFY)
    def test_a_result_is_declared_that_the_ballots_do_not_give(
        self, export: Path, whole_year: Path
    ) -> None:
        def change(entries: Entries) -> None:
            elected = entries[last(entries, "elections.declare")]["body"]["elected"]
            elected[0] = entries[first(entries, "membership.admit")]["body"]["member"]

        assert "delegates.count" in rules_found(forge(export, whole_year, change))

    @caught_by(VERIFY)
    def test_an_act_is_moved_to_before_its_deadline(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            closing = first(entries, "proposals.lapse")
            late = entries[first(entries, "proposals.second")] | {}
            late["time"] = entries[closing]["time"] + 1
            late["by"] = entries[first(entries, "membership.admit")]["body"]["member"]
            entries.insert(closing, late)

        assert "record.due" in rules_found(forge(export, whole_year, change))

    @caught_by(VERIFY)
    def test_an_act_is_backdated(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            place = first(entries, "proposals.second")
            entries[place]["time"] = entries[place - 1]["time"] - 1

        assert "record.time" in rules_found(forge(export, whole_year, change))

    @caught_by(VERIFY)
    def test_a_refusal_without_a_listed_reason(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            entries[first(entries, "bulletin.refuse")]["body"]["reason"] = "inconvenient"

        assert "bulletin.refusal_reasons" in rules_found(forge(export, whole_year, change))

    @caught_by(VERIFY)
    def test_the_convention_closes_over_an_unanswered_proposal(
        self, export: Path, whole_year: Path
    ) -> None:
        def change(entries: Entries) -> None:
            closing = entries[last(entries, "floor.close")]
            opened = first(entries, "floor.open")
            entries.insert(opened + 1, closing | {"time": entries[opened]["time"]})

        assert "floor.close" in rules_found(forge(export, whole_year, change))

    @caught_by(VERIFY)
    def test_a_delegate_whom_nobody_elected(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            stranger = entries[first(entries, "membership.admit")]["body"]["member"]
            entries[first(entries, "delegates.credential")]["body"]["member"] = stranger

        assert "delegates.credentials_by" in rules_found(forge(export, whole_year, change))

    @caught_by(VERIFY)
    def test_the_rulebook_is_changed_without_a_vote(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            middle = first(entries, "floor.call")
            easy = entries[0]["body"]["rules_text"].replace('"2/3"', '"1/3"')
            forged = entries[0] | {"time": entries[middle]["time"]}
            entries.insert(middle, forged | {"body": entries[0]["body"] | {"rules_text": easy}})

        assert "record.founding" in rules_found(forge(export, whole_year, change))

    @caught_by(VERIFY)
    def test_the_founder_comes_back(self, export: Path, whole_year: Path) -> None:
        def change(entries: Entries) -> None:
            admit = entries[first(entries, "membership.admit")]
            middle = first(entries, "floor.call")
            body = admit["body"] | {"member": "m-aaaaaaaaaaaaaaaa"}
            entries.insert(middle, admit | {"time": entries[middle]["time"], "body": body})

        assert "record.founding" in rules_found(forge(export, whole_year, change))

    @caught_by(VERIFY)
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

    @caught_by(VERIFY)
    def test_two_entries_are_swapped(self, export: Path, whole_year: Path) -> None:
        entries = read(export)
        entries[100], entries[101] = entries[101], entries[100]
        write(export, entries)
        report = verified(export, "--key", whole_year / "record.vkey")
        assert "removed, added or swapped" in words_found(report)

    @caught_by(VERIFY)
    def test_the_end_is_cut_off(self, export: Path, whole_year: Path) -> None:
        write(export, read(export)[:-10])
        report = verified(export, "--key", whole_year / "record.vkey")
        assert "entries were removed or added" in words_found(report)

    @caught_by(VERIFY)
    def test_one_letter_is_changed(self, export: Path, whole_year: Path) -> None:
        entries = read(export)
        entries[5]["body"]["name"] = "Another name"
        write(export, entries)
        report = verified(export, "--key", whole_year / "record.vkey")
        assert "something was changed" in words_found(report)

    @caught_by(VERIFY)
    def test_another_key(self, export: Path, whole_year: Path, half_year: Path) -> None:
        sign(export, half_year)
        report = verified(export, "--key", whole_year / "record.vkey")
        assert "cannot be believed" in words_found(report)


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
