"""What the texts of an export, and the receipts that members hold, catch of a forged record."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from quorate.record import canonical
from support.caught import RECEIPT, VERIFY, caught_by
from support.command import quorate, verified
from support.forging import Entries, cut, first, last, read, receipt_of, sign, words_found, write


class TestByTheTexts:
    """Caught by the commitments."""

    @caught_by(VERIFY)
    def test_a_text_is_changed(self, export: Path, whole_year: Path) -> None:
        path = export / "documents.jsonl"
        lines = path.read_bytes().splitlines()
        value = json.loads(lines[0])
        text = base64.b64decode(value["payload"]).replace(b"e", b"a", 1)
        value["payload"] = base64.b64encode(text).decode()
        path.write_bytes(b"\n".join([canonical.encode(value), *lines[1:]]) + b"\n")
        report = verified(export, "--key", whole_year / "record.vkey")
        assert "was changed" in words_found(report)

    @caught_by(VERIFY)
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

    @caught_by(VERIFY)
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

    @caught_by(RECEIPT)
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

    @caught_by(RECEIPT)
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
        given = cut(export, whole_year, place + 20)
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
        held = receipt_of(whole_year, cut(export, whole_year, place + 20), place)
        report = verified(export, "--key", whole_year / "record.vkey", "--receipt", held)
        assert report["sound"], report["findings"]
        assert report["receipts"] == 1

    @caught_by(VERIFY)
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
