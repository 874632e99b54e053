"""The keeper, or a thief of the key, shows some people another history than others. Each of the two
is by the rules and rightly signed: only what somebody else holds of the other catches it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quorate import base64_text
from quorate.record import checkpoint, cosignature, note, policy, tree, witness
from quorate.record.witness_folder import Watching, make, open_folder, watch
from support.caught import RECEIPT, VERIFY, WITNESS, caught_by
from support.histories import Entries, checked, exported, went_on, words
from support.mutating.original import Original, cosign, given, log_files, original, sign
from support.mutating.statements import Files

FORKED = 400
"""Where the two histories part."""


@pytest.fixture(scope="module")
def true() -> Original:
    return original("open-convention")


@pytest.fixture(scope="module")
def another(true: Original) -> Entries:
    """A history that parts from the true one at FORKED: two members do something else, lawfully."""
    return went_on(true, FORKED, 2)


def a_witness(true: Original, path: Path) -> Watching:
    """A real witness, which watches the record by its key."""
    make(path, "branch.example", [bytes([7]) * 32, bytes([8]) * 32])
    watch(path, true.verifier)
    return open_folder(path)


def asks(true: Original, of: Watching, entries: Entries, old: int, key: str = "") -> object:
    """What the witness answers to the checkpoint of these entries: its lines, or its refusal."""
    grown = tree.levels([tree.leaf_hash(data) for data in entries])
    proof = grown.consistency(old, len(entries)) if old else ()
    signed = sign(true.origin, entries, key or true.signing)
    return of.answer(witness.write(old, proof, signed), 1_800_000_000)


def refused(answer: object) -> int:
    assert isinstance(answer, witness.Refused), "the witness signed both histories"
    return answer.status


def test_both_histories_are_by_the_rules(true: Original, another: Entries, tmp_path: Path) -> None:
    """Without what others hold nothing would be found."""
    for entries in (true.entries, another):
        found = checked(true, exported(true, entries), tmp_path)
        assert found.findings == []
        assert found.signed


@caught_by(WITNESS)
def test_a_fork_is_shown_to_one_branch(true: Original, another: Entries, tmp_path: Path) -> None:
    """The branch's witness has seen what the others were shown: it signs no second history, as
    long as the first or longer."""
    branch = a_witness(true, tmp_path / "witness")
    size = len(another)
    assert isinstance(asks(true, branch, true.entries[:size], 0), str)
    assert refused(asks(true, branch, another, size)) == 422
    assert refused(asks(true, branch, went_on(true, FORKED, 4), size)) == 422
    assert isinstance(asks(true, branch, true.entries, size), str)


@caught_by(WITNESS)
def test_a_checkpoint_that_somebody_kept(true: Original, another: Entries, tmp_path: Path) -> None:
    """A branch that was shown the fork keeps its checkpoint, and holds the others' export by it."""
    kept = sign(true.origin, another, true.signing)
    said = words(checked(true, exported(true, true.entries), tmp_path, seen=[kept]))
    assert "the record was rewritten, or several are shown" in said


@caught_by(RECEIPT)
def test_an_entry_is_withheld_from_mirrors(true: Original, tmp_path: Path) -> None:
    """A mirror is given a shorter record, rightly signed: whoever acted holds the rest of it."""
    for place in (len(true.entries) - 1, FORKED):
        mirrored = exported(true, true.entries[:place])
        held = given(true.entries, place, true.origin, true.signing)
        said = words(checked(true, mirrored, tmp_path, [held]))
        assert "its end was cut off" in said


@caught_by(WITNESS)
def test_a_mirror_is_behind_what_witnesses_have_seen(true: Original, tmp_path: Path) -> None:
    cosigned = true.files[f"witnessed/{len(true.entries)}"].decode()
    mirrored = exported(true, true.entries[:-3])
    assert "its end was cut off" in words(checked(true, mirrored, tmp_path, seen=[cosigned]))


@caught_by(VERIFY)
def test_a_mirror_is_given_an_entry_that_the_tree_has_not(true: Original, tmp_path: Path) -> None:
    """The tiles are the true ones, and one bundle has an entry less."""
    files = dict(exported(true, true.entries))
    less = log_files(true.entries[:-1])
    last, shorter = (max(path for path in those if "entries" in path) for those in (files, less))
    del files[last]
    files[shorter] = less[shorter]
    assert "entries were removed or added" in words(checked(true, files, tmp_path))


@caught_by(VERIFY, WITNESS)
def test_history_is_rewritten_under_a_new_key(
    true: Original, another: Entries, tmp_path: Path
) -> None:
    forged = exported(true, another, true.stranger)
    assert "the checkpoint cannot be believed" in words(checked(true, forged, tmp_path))
    branch = a_witness(true, tmp_path / "witness")
    assert isinstance(asks(true, branch, true.entries[:FORKED], 0), str)
    assert refused(asks(true, branch, another, FORKED, true.stranger)) == 403


@caught_by(VERIFY, WITNESS)
def test_a_checkpoint_is_signed_ahead_of_time(
    true: Original, another: Entries, tmp_path: Path
) -> None:
    """The keeper signs what is to come, to have it witnessed before anybody could object."""
    planned = sign(true.origin, another, true.signing)
    before = dict(exported(true, true.entries[:FORKED])) | {"checkpoint": planned.encode()}
    assert "entries were removed or added" in words(checked(true, before, tmp_path))
    branch = a_witness(true, tmp_path / "witness")
    assert isinstance(asks(true, branch, another, 0), str)
    assert refused(asks(true, branch, true.entries, len(another))) == 422
    said = words(checked(true, exported(true, true.entries), tmp_path, seen=[planned]))
    assert "another history" in said


@caught_by(RECEIPT)
def test_the_tail_is_dropped_before_anyone_saw_it(true: Original, tmp_path: Path) -> None:
    """No witness was asked yet, and no page shown: whoever acted was answered with a receipt."""
    held = given(true.entries, FORKED + 5, true.origin, true.signing)
    longer = went_on(true, FORKED + 5, 3)
    for entries, says in (
        (true.entries[: FORKED + 5], "its end was cut off"),
        (longer, "a receipt proves another history than this one"),
    ):
        found = checked(true, exported(true, entries), tmp_path)
        assert found.findings == []
        assert says in words(checked(true, exported(true, entries), tmp_path, [held]))


@caught_by(RECEIPT, WITNESS)
def test_a_backup_is_restored_over_newer_entries(true: Original, tmp_path: Path) -> None:
    """The server goes on from an old copy, as if what came after had never been."""
    restored = exported(true, went_on(true, FORKED, 3))
    held = given(true.entries, FORKED + 1, true.origin, true.signing)
    assert "the record was rewritten" in words(checked(true, restored, tmp_path, [held]))
    branch = a_witness(true, tmp_path / "witness")
    assert isinstance(asks(true, branch, true.entries[: FORKED + 2], 0), str)
    assert refused(asks(true, branch, went_on(true, FORKED, 3), FORKED + 2)) == 422
    assert refused(asks(true, branch, true.entries[:FORKED], FORKED)) == 409


@caught_by(WITNESS, RECEIPT)
def test_the_signing_key_is_stolen(true: Original, another: Entries, tmp_path: Path) -> None:
    """A thief signs a history of their own; it is as good as the keeper's, and just as false."""
    stolen = true.signing
    branch = a_witness(true, tmp_path / "witness")
    assert isinstance(asks(true, branch, true.entries[: FORKED + 1], 0), str)
    assert refused(asks(true, branch, another, FORKED + 1, stolen)) == 422
    forged = exported(true, another, stolen)
    held = true.receipts[max(true.receipts)]
    assert "cut off" in words(checked(true, forged, tmp_path, [held]))


class TestCollusion:
    """Witnesses who sign whatever the keeper asks them to."""

    def forged(self, true: Original, another: Entries, colluding: int) -> Files:
        """The false history, cosigned by the first so many witnesses."""
        signed = sign(true.origin, another, true.signing)
        lines = cosign(signed, true.cosigning[:colluding], 1_800_000_000)
        return dict(exported(true, another)) | {"witnessed/1": lines.encode()}

    def trusting(self, true: Original, needed: int) -> policy.Policy:
        names = tuple(one.name for one in true.policy.witnesses)
        group = (policy.Group("some", needed, names),)
        return policy.Policy((), true.policy.witnesses, group, "some")

    @caught_by(WITNESS)
    def test_one_colludes(self, true: Original, another: Entries, tmp_path: Path) -> None:
        """The reader asks for two of three: one false one is not enough."""
        forged = self.forged(true, another, 1)
        said = words(checked(true, forged, tmp_path, trusted=self.trusting(true, 2)))
        assert said == "not enough of the witnesses that you trust have cosigned it"
        assert checked(true, forged, tmp_path, trusted=self.trusting(true, 1)).sound

    @caught_by(WITNESS)
    def test_two_collude(self, true: Original, another: Entries, tmp_path: Path) -> None:
        """Two of three are fooled by; what the third has kept tells, and so does asking for all."""
        forged = self.forged(true, another, 2)
        assert checked(true, forged, tmp_path, trusted=self.trusting(true, 2)).sound
        kept = cosign(true.files["checkpoint"].decode(), true.cosigning[2:], 1_800_000_000)
        both = checked(true, forged, tmp_path, seen=[kept], trusted=self.trusting(true, 2))
        assert "cut off" in words(both)
        said = words(checked(true, forged, tmp_path, trusted=self.trusting(true, 3)))
        assert said == "not enough of the witnesses that you trust have cosigned it"

    @caught_by(VERIFY)
    def test_a_witness_that_never_signed_is_named(
        self, true: Original, another: Entries, tmp_path: Path
    ) -> None:
        """The keeper writes a line in the name of a witness, with a key of their own."""
        trusted = true.policy.witnesses[1]
        made_up, _ = cosignature.generate_key(trusted.key.name, bytes(32), cosignature.ED25519)
        text = note.text_of(sign(true.origin, another, true.signing))
        line = cosignature.cosign(text, made_up, 1_800_000_000)
        with_its_id = line.split(" ")[0] + f" {trusted.key.name} " + _as_key(line, trusted)
        signed = sign(true.origin, another, true.signing) + with_its_id
        forged = dict(exported(true, another)) | {"witnessed/1": signed.encode()}
        said = words(checked(true, forged, tmp_path, trusted=true.policy))
        assert "what a witness signed cannot be believed" in said


def _as_key(line: str, of: policy.Witness) -> str:
    """The signature of a line under another key's id."""
    data = base64_text.read(line.split(" ")[2].strip())
    return base64_text.write(of.key.key_id + data[4:]) + "\n"


@caught_by(RECEIPT, VERIFY)
def test_another_organisations_record_is_shown(true: Original, tmp_path: Path) -> None:
    """Its checkpoint has another name: no receipt and no key of this one fits."""
    other = "other.example"
    signing, verifier = note.generate_key(other, bytes([9]) * 32)
    moved = tuple(data.replace(b"small.example", other.encode()) for data in true.entries)
    files = dict(exported(replace(true, files=true.files), moved))
    point = checkpoint.read(sign(true.origin, moved, true.signing))
    signed = checkpoint.sign(replace(point, origin=other), signing)
    files["checkpoint"] = signed.encode()
    assert "cannot be believed" in words(checked(true, files, tmp_path))
    said = words(checked(replace(true, verifier=verifier), files, tmp_path))
    assert "The signature does not fit this act" in said, "what a member signed is of one record"
    held = true.receipts[FORKED - FORKED % 20]
    said = words(checked(replace(true, verifier=verifier), files, tmp_path, [held]))
    assert "a receipt proves nothing" in said
