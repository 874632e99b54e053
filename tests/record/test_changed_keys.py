"""A record whose keys were changed, for readers with the old key, the new one, both, or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quorate import organisation
from quorate.chapters.clause import Occasion
from quorate.record import (
    canonical,
    checkpoint,
    cosignature,
    entry,
    keeper,
    receipt,
)
from quorate.record.checkpoint import Checkpoint
from quorate.record.receipt import ReceiptRefused
from quorate.record.report import Report, in_plain_words
from quorate.record.verify import verify
from support.caught import RECEIPT, VERIFY, caught_by
from support.keyed_record import ORIGIN, Kept, founded
from support.record_keys import Pair, cosigned, pair, replacement, rotation, signatures_of

A, B, C, THIEF = pair("a"), pair("b"), pair("c"), pair("thief")


def said(report: Report) -> str:
    return "\n".join(in_plain_words(report))


@pytest.fixture
def rotated() -> Kept:
    return founded(A).rotates(B).opens("C")


class TestTwoSignatures:
    def test_readers_of_either_key_accept(self, tmp_path: Path) -> None:
        export = founded(A).export(tmp_path / "out")
        for given in (*A.public, A.given, ""):
            report = verify(export, given)
            assert report.sound, report.findings
            assert report.signed
            assert report.keys == A.public

    def test_a_checkpoint_without_one_of_them_is_found_by_all(self, tmp_path: Path) -> None:
        """Nobody takes the second signature away unseen: the first entry names its key."""
        kept = founded(A)
        export = kept.export(tmp_path / "out", kept.signed(by=A.first))
        for given in (*A.public, A.given, ""):
            (finding,) = verify(export, given).findings
            assert "cannot be believed" in finding.what

    def test_a_false_one_spoils_it(self, tmp_path: Path) -> None:
        kept = founded(A)
        lines = kept.signed().splitlines(keepends=True)
        lines[-1] = lines[-1][:100] + "A" * 30 + lines[-1][130:]  # its end may be nothing but A
        export = kept.export(tmp_path / "out", "".join(lines))
        assert "is false" in verify(export, A.public[0]).findings[0].what

    def test_an_older_record_goes_on_with_one(self, tmp_path: Path) -> None:
        """Its first entry names no keys."""
        export = founded(A.first, named=False).export(tmp_path / "out")
        report = verify(export, A.public[0])
        assert report.sound, report.findings
        assert not verify(export, A.given).sound, "who asks for both is not given one"
        assert not verify(export, B.public[0]).sound

    def test_the_second_is_the_logs_own_cosignature(self) -> None:
        """As tlog-checkpoint asks: read by what reads cosignatures, and by nothing of ours."""
        (key,) = [key for key in A.keys if isinstance(key, cosignature.Cosigner)]
        signed = A.over(Checkpoint(ORIGIN, 3, bytes(32)), time=1_700_000_123)
        assert cosignature.cosigned(signed, [key]) == {key: 1_700_000_123}
        other = A.over(Checkpoint(ORIGIN, 4, bytes(32)))
        assert signed.splitlines()[-1] != other.splitlines()[-1]


class TestRotation:
    def test_readers_of_each_key_follow(self, rotated: Kept, tmp_path: Path) -> None:
        export = rotated.export(tmp_path / "out")
        for given in (*A.public, *B.public, A.given, B.given):
            report = verify(export, given)
            assert report.sound, report.findings
            assert report.keys == B.public
            told = said(report)
            assert "At entry 3" in told
            assert ("is an earlier one" in told) == (given not in (*B.public, B.given)), given
        assert verify(export, f"{A.given} {B.given}").sound
        for given in (THIEF.public[0], f"{A.given} {THIEF.given}"):
            assert "never signed this record" in verify(export, given).findings[0].what

    def test_an_older_record_is_followed_from_the_key_that_was_given(self, tmp_path: Path) -> None:
        export = founded(A.first, named=False).rotates(B).export(tmp_path / "out")
        for given in (A.public[0], *B.public):
            assert verify(export, given).sound
        assert not verify(export, THIEF.public[0]).sound

    def test_over_several_changes(self, tmp_path: Path) -> None:
        kept = founded(A).rotates(B).opens("C").rotates(C, 2).opens("D")
        export = kept.export(tmp_path / "out")
        for given in (A.public[0], B.public[1], C.public[0]):
            assert verify(export, given).sound

    def test_the_old_key_signs_no_more(self, rotated: Kept, tmp_path: Path) -> None:
        export = rotated.export(tmp_path / "out", rotated.signed(by=A))
        for given in (*A.public, *B.public):
            assert "cannot be believed" in said(verify(export, given))

    def test_both_sign_the_checkpoint_that_first_holds_it(self, tmp_path: Path) -> None:
        kept = founded(A).rotates(B)
        signed = kept.signed(A)
        for readers in (A, B):
            for key in readers.keys:
                assert checkpoint.open_checkpoint(signed, key).size == 4
        assert verify(kept.export(tmp_path / "out", signed), A.public[0]).sound

    def test_what_was_kept_of_each_time_is_held_against_it(
        self, rotated: Kept, tmp_path: Path
    ) -> None:
        before = founded(A)
        export = rotated.export(tmp_path / "out")
        held = [before.receipt(1), rotated.receipt(1), rotated.receipt(4)]
        seen = [before.signed(), before.signed(by=A.first), rotated.signed()]
        report = verify(export, A.public[0], held, seen)
        assert report.sound, report.findings
        assert (report.receipts, report.seen) == (3, 3)
        stolen = rotated.receipt(1, rotated.signed(by=A))
        assert "proves nothing" in said(verify(export, B.public[0], [stolen]))
        late = rotated.signed(by=A)
        assert "proves nothing" in said(verify(export, B.public[0], (), [late]))


class TestReceipts:
    def test_old_and_new_keys_do(self, rotated: Kept) -> None:
        text = rotated.receipt(1)
        for given in (*A.public, A.given):
            assert receipt.verify(text, given).keys_changed == (3,)
        for given in (*B.public, B.given):
            assert receipt.verify(text, given).keys_changed == ()
        with pytest.raises(ReceiptRefused):
            receipt.verify(text, THIEF.public[0])

    def test_who_holds_several_asks_for_all(self, rotated: Kept) -> None:
        text = rotated.receipt(1)
        assert receipt.verify(text, f"{A.given} {B.given}").keys_changed == (3,)
        for given in (f"{A.public[0]} {THIEF.public[1]}", f"{B.public[0]} {A.public[1]} {C.given}"):
            with pytest.raises(ReceiptRefused):
                receipt.verify(text, given)

    def test_without_what_changed_them_only_the_new_one_does(self, rotated: Kept) -> None:
        text = rotated.receipt(1, told=False)
        assert receipt.verify(text, B.public[0])
        with pytest.raises(ReceiptRefused, match="give --export"):
            receipt.verify(text, A.public[0])

    def test_over_several_changes(self) -> None:
        kept = founded(A).rotates(B).opens("C").rotates(C, 2)
        assert receipt.verify(kept.receipt(1), A.public[0]).keys_changed == (3, 5)
        assert receipt.verify(kept.receipt(1), B.public[0]).keys_changed == (5,)

    def test_a_change_that_the_old_key_did_not_sign_leads_nowhere(self, rotated: Kept) -> None:
        forged = rotation(A, THIEF)
        forged["old_signatures"] = rotation(C, THIEF)["old_signatures"]
        written = json.loads(rotated.entries[3])
        body = {name: list(v) if isinstance(v, tuple) else v for name, v in forged.items()}
        line = canonical.encode({**written, "body": body}).decode()
        assert entry.read(line.encode()).act.new == THIEF.public
        text = rotated.receipt(1, rotated.signed(by=THIEF), told=False)
        text += f"\n-----BEGIN KEYS-----\n{line}\n-----END KEYS-----\n"
        assert receipt.verify(text, THIEF.public[0])
        with pytest.raises(ReceiptRefused):
            receipt.verify(text, A.public[0])

    @caught_by(RECEIPT)
    def test_the_second_key_is_not_exchanged_beside_the_first(self) -> None:
        """Whoever can sign with the first key alone, stolen or broken, shows a change that nobody
        signed, of the second only."""
        kept = founded(A)
        half = Pair((A.signing[0], THIEF.signing[1]), (A.public[0], THIEF.public[1]))
        forged = kept.receipt(1, kept.signed(by=half), told=False)
        for fields in (rotation(half, half), replacement(half, half)):
            name = "keys.rotate" if "old_signatures" in fields else "keys.replace"
            act = organisation.read_act(name, {**fields, "old": A.public})
            line = entry.write(Occasion(3, 1_700_000_000_001, "founder"), act).decode()
            text = f"{forged}\n-----BEGIN KEYS-----\n{line}\n-----END KEYS-----\n"
            with pytest.raises(ReceiptRefused):
                receipt.verify(text, A.given)

    def test_parts_out_of_order_are_no_receipt(self, rotated: Kept) -> None:
        text = rotated.receipt(1)
        part = text[text.index("-----BEGIN KEYS") :]
        with pytest.raises(ReceiptRefused, match="no receipt"):
            receipt.verify(part + text[text.index("-----BEGIN ENTRY") :], B.public[0])


class TestReplacement:
    WITNESSES = tuple(
        cosignature.generate_key(f"{name}.example", name.encode().ljust(32), cosignature.ED25519)
        for name in ("north", "south", "dockers")
    )

    def watched(self, named: int = 3) -> Kept:
        """A record with so many of the three witnesses that suffice."""
        kept = founded(A)
        for code in ("NG", "SG"):
            kept.does("membership.open_branch", code=code, name=code, region="A")
        of = ({"branch": "NG"}, {"branch": "SG"}, {"organisation": "The dockers"})
        for number in range(named):
            fields = {"keys": [self.WITNESSES[number][1]], "url": "https://w.example"}
            kept.does("witnesses.name", name=f"w{number}", **fields, **of[number])
        return kept

    def seen(self, kept: Kept, by: int = 3) -> str:
        return cosigned(kept.signed(by=A.first), [key for key, _ in self.WITNESSES[:by]])

    def replaced(self, kept: Kept, last: str) -> Kept:
        kept.does("keys.replace", **replacement(A, B, last))
        kept.signing = B
        return kept.opens("Z")

    def test_who_holds_the_old_key_is_told_to_compare(self, tmp_path: Path) -> None:
        kept = self.watched()
        size = kept.pure.state.size
        export = self.replaced(kept, self.seen(kept)).export(tmp_path / "out")
        for given in (*A.public, A.given):
            report = verify(export, given)
            (finding,) = report.findings
            assert (finding.entry, finding.act) == (size, "keys.replace")
            assert "replaced without the old one's signature, by founder" in finding.what
            assert "compare the new key" in finding.what
        for given in (*B.public, B.given, f"{A.given} {B.given}"):
            report = verify(export, given)
            assert report.sound, report.findings
            assert f"cosigned the record to entry {size - 1}" in said(report)
            assert "without the old one's signature" in said(report)

    def test_a_receipt_says_so_too(self) -> None:
        kept = self.watched()
        kept = self.replaced(kept, self.seen(kept))
        assert receipt.verify(kept.receipt(1), B.public[0])
        assert receipt.verify(kept.receipt(1), f"{A.given} {B.given}")
        with pytest.raises(ReceiptRefused, match="without the old one's signature"):
            receipt.verify(kept.receipt(1), A.public[0])

    def found(self, kept: Kept, last: str, tmp_path: Path) -> str:
        export = self.replaced(kept, last).export(tmp_path / "out")
        report = verify(export, B.public[0])
        assert not report.sound
        return said(report)

    @pytest.mark.parametrize("by", [0, 1, 2])
    def test_too_few_witnesses(self, by: int, tmp_path: Path) -> None:
        kept = self.watched()
        assert "Not enough of the witnesses" in self.found(kept, self.seen(kept, by), tmp_path)

    def test_no_checkpoint(self, tmp_path: Path) -> None:
        assert "has to stand in their place" in self.found(self.watched(), "", tmp_path)

    def test_of_another_history(self, tmp_path: Path) -> None:
        other = self.seen(self.watched().opens("X"))
        kept = self.watched().opens("Y")
        assert "another history" in self.found(kept, other, tmp_path)

    def test_that_the_old_key_has_not_signed(self, tmp_path: Path) -> None:
        kept = self.watched()
        last = cosigned(kept.signed(by=THIEF.first), [key for key, _ in self.WITNESSES])
        assert "cannot be believed" in self.found(kept, last, tmp_path)

    def test_from_before_an_earlier_change(self, tmp_path: Path) -> None:
        kept = self.watched()
        before = self.seen(kept)
        kept.rotates(C)
        kept.does("keys.replace", **replacement(C, B, before, number=2))
        kept.signing = B
        report = verify(kept.export(tmp_path / "out"), B.public[0])
        assert not report.sound
        assert "cannot be believed" in said(report)

    @caught_by(VERIFY)
    @pytest.mark.parametrize("preset_name", ["open-convention", "closed-slate"])
    def test_nobody_states_what_no_witness_has_seen(self, preset_name: str, tmp_path: Path) -> None:
        """Where nobody has to have seen anything, a checkpoint is made up as if they had."""
        for last in ("made up", founded(A, preset_name).signed(by=A.first)):
            kept = founded(A, preset_name)
            size = kept.pure.state.size
            made_up = {**replacement(A, B), "size": size, "checkpoint": last}
            kept.does("keys.replace", **made_up)
            kept.signing = B
            report = verify(kept.opens("Z").export(tmp_path / f"out-{len(last)}"), B.public[0])
            assert not report.sound
            assert "No witness is named" in said(report)

    def test_where_fewer_are_named_than_asked_for_all_of_them(self, tmp_path: Path) -> None:
        kept = self.watched(named=1)
        last = self.seen(kept, 1)
        assert verify(self.replaced(kept, last).export(tmp_path / "out"), B.public[0]).sound
        none = self.watched(named=0)
        assert verify(self.replaced(none, "").export(tmp_path / "none"), B.public[0]).sound

    def test_and_not_without_them(self, tmp_path: Path) -> None:
        assert "has to stand in" in self.found(self.watched(named=1), "", tmp_path)

    def test_entries_after_what_witnesses_saw_are_told(self, tmp_path: Path) -> None:
        kept = self.watched()
        last = self.seen(kept)
        export = self.replaced(kept.opens("Y").opens("W"), last).export(tmp_path / "out")
        assert "2 entries before that" in said(verify(export, B.public[0]))


def test_keys_of_a_reader_are_of_one_record() -> None:
    with pytest.raises(keeper.BadNote, match="several records"):
        keeper.read_keys(f"{A.public[0]} {pair('a', 'other.example').public[0]}")
    with pytest.raises(keeper.BadNote, match="no key"):
        keeper.read_keys(" \n")


def test_a_check_goes_on_after_a_change(rotated: Kept, tmp_path: Path) -> None:
    """What an earlier check kept, with its state, is gone on from under the new key."""
    kept, file = founded(A), tmp_path / "kept"
    assert verify(kept.export(tmp_path / "1"), A.public[0], continued=file).sound
    kept.rotates(B).opens("C")
    for number, given in enumerate((A.public[0], B.public[0])):
        report = verify(kept.export(tmp_path / f"2-{number}"), given, continued=file)
        assert report.sound, report.findings
        assert report.continued == (5 if number else 3)
        assert report.keys == B.public
        assert [change.entry for change in report.state.keys.changes] == [3]


def test_which_of_them_signed(rotated: Kept) -> None:
    assert signatures_of(rotated.signed(A), (*A.keys, *B.keys)) == {*A.public, *B.public}
