"""Acts done again, brought from elsewhere or exchanged after they were read; receipts made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quorate.record import canonical, note, receipt
from support.caught import RECEIPT, VERIFY, caught_by
from support.histories import Entries, checked, exported, words
from support.mutating.original import Original, given, original
from support.pure import pseudonym


@pytest.fixture(scope="module")
def true() -> Original:
    return original("open-convention")


def read(true: Original) -> list[dict[str, Any]]:
    return [json.loads(data) for data in true.entries]


def renumbered(entries: list[dict[str, Any]]) -> Entries:
    return tuple(canonical.encode(one | {"seq": place}) for place, one in enumerate(entries))


def place_of(entries: list[dict[str, Any]], act: str) -> int:
    return next(place for place, one in enumerate(entries) if one["act"] == act)


@caught_by(VERIFY)
@pytest.mark.parametrize(
    ("act", "rule"),
    [
        ("proposals.second", "proposals.seconds"),
        ("floor.vote", "floor.majorities"),
        ("membership.admit", "record.names"),
        ("membership.resign", "membership.admission"),
        ("floor.arrive", "floor.quorum"),
        ("lots.commit", "lots.source"),
    ],
)
def test_an_act_is_replayed(true: Original, tmp_path: Path, act: str, rule: str) -> None:
    """What somebody did once is recorded a second time, in its place and signed by the keeper."""
    entries = read(true)
    place = place_of(entries, act)
    entries.insert(place + 1, entries[place])
    found = checked(true, exported(true, renumbered(entries)), tmp_path)
    assert "is not allowed by the rules" in words(found)
    assert found.findings[0].entry == place + 1
    assert found.findings[0].rule == rule


@caught_by(VERIFY)
def test_an_act_is_moved_to_another_organisation(true: Original, tmp_path: Path) -> None:
    """Somebody did it elsewhere; here nobody of this pseudonym is a member."""
    entries = read(true)
    place = place_of(entries, "proposals.second")
    entries.insert(place, entries[place] | {"by": pseudonym(5000)})
    found = checked(true, exported(true, renumbered(entries)), tmp_path)
    assert found.findings[0].rule == "membership.admission"
    assert found.findings[0].entry == place


@caught_by(VERIFY)
def test_a_whole_record_is_given_out_as_another_organisations(
    true: Original, tmp_path: Path
) -> None:
    """The entries name another organisation than the checkpoint over them."""
    moved = tuple(data.replace(b"small.example", b"other.example") for data in true.entries)
    assert "is of another record" in words(checked(true, exported(true, moved), tmp_path))


@caught_by(RECEIPT)
def test_the_rulebook_is_changed_between_preview_and_vote(true: Original, tmp_path: Path) -> None:
    """The amendment that everybody read and seconded changes a rule otherwise than they read. The
    keeper exchanges what it changes, and all goes on by the rules; its author's receipt tells."""
    entries = read(true)
    place = next(n for n, one in enumerate(entries) if one["body"].get("amends") == "rulebook")
    held = true.receipts[place]
    (change,) = entries[place]["body"]["changes"]
    entries[place]["body"]["changes"] = [change | {"value": change["value"] + 1}]
    forged = exported(true, renumbered(entries))
    was, now = (
        checked(true, exported(true, true.entries), tmp_path),
        checked(true, forged, tmp_path),
    )
    assert now.sound, "else the rules would have caught it"
    assert now.state.rules.floor.vote_minutes == was.state.rules.floor.vote_minutes + 1
    assert "a receipt proves another history" in words(checked(true, forged, tmp_path, [held]))


class TestForgedReceipts:
    """Somebody claims to have done what is not so, with everything but the keeper's key."""

    def refused(self, true: Original, text: str, tmp_path: Path) -> str:
        """Why it proves nothing, by itself and held against the record."""
        with pytest.raises(receipt.ReceiptRefused) as why:
            receipt.verify(text, true.verifier)
        found = checked(true, exported(true, true.entries), tmp_path, [text])
        assert "a receipt proves nothing" in words(found)
        return str(why.value)

    @caught_by(VERIFY)
    def test_signed_with_a_key_of_the_same_name(self, true: Original, tmp_path: Path) -> None:
        text = given(true.entries, 300, true.origin, true.stranger)
        assert "damaged or of another record" in self.refused(true, text, tmp_path)

    @caught_by(VERIFY)
    def test_another_act_under_a_true_proof(self, true: Original, tmp_path: Path) -> None:
        text = true.receipts[300]
        entry = true.entries[300].decode()
        invented = json.loads(entry) | {"by": pseudonym(5000)}
        forged = text.replace(entry, canonical.encode(invented).decode())
        assert "does not stand in this record" in self.refused(true, forged, tmp_path)

    @caught_by(VERIFY)
    def test_at_another_place(self, true: Original, tmp_path: Path) -> None:
        forged = true.receipts[300].replace("index 300\n", "index 299\n")
        assert "does not stand in this record" in self.refused(true, forged, tmp_path)

    @caught_by(VERIFY)
    def test_of_another_organisation(self, true: Original, tmp_path: Path) -> None:
        signing, _ = note.generate_key("other.example", bytes(32))
        text = given(true.entries, 300, "other.example", signing)
        assert "damaged or of another record" in self.refused(true, text, tmp_path)

    def test_a_true_one_is_taken(self, true: Original, tmp_path: Path) -> None:
        found = checked(true, exported(true, true.entries), tmp_path, [true.receipts[300]])
        assert (found.sound, found.receipts) == (True, 1)
