"""Keys of the record that were stolen, or changed by somebody who may not. A thief has the old key
and not the server; the keeper has all keys, and not those of readers and witnesses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quorate.record import canonical, folder, keeper, mirroring, tree, witness, witness_folder
from quorate.record.mirroring import NotServed
from quorate.record.report import Report
from quorate.record.verify import verify
from quorate.record.witness_folder import make, open_folder, watch
from support.caught import RECEIPT, VERIFY, WITNESS, caught_by
from support.keyed_record import ORIGIN, Kept, founded
from support.record_keys import Pair, pair, replacement, rotation

A, B, C, THIEF = pair("a"), pair("b"), pair("c"), pair("thief")


@pytest.fixture
def rotated() -> Kept:
    return founded(A).rotates(B).opens("C")


def found(report: Report) -> str:
    assert not report.sound, "the attack was not found"
    return " ".join(finding.what for finding in report.findings)


def changed(entry: bytes, **body: object) -> bytes:
    """The entry with other fields."""
    written = json.loads(entry)
    read = json.loads(json.dumps(body))
    return canonical.encode({**written, "body": written["body"] | read})


class Forged(Kept):
    """A record in which entries stand that the rules do not allow."""

    instead: dict[int, bytes]

    @property
    def entries(self) -> list[bytes]:
        return [self.instead.get(n, data) for n, data in enumerate(super().entries)]


def forged(kept: Kept, place: int, entry: bytes, by: Pair) -> Forged:
    made = Forged(by, kept.pure)
    made.instead = {place: entry}
    return made


@caught_by(VERIFY, WITNESS)
def test_a_stolen_old_key_goes_on_signing(rotated: Kept, tmp_path: Path) -> None:
    """Whatever it signs after the rotation is no checkpoint of this record, for whoever is shown
    the rotation; and a witness that followed does not know it any more."""
    export = rotated.export(tmp_path / "out", rotated.signed(by=A))
    for given in (*A.public, *B.public):
        assert "cannot be believed" in found(verify(export, given))
    stolen = rotated.receipt(1, rotated.signed(by=A))
    assert "a receipt proves nothing" in found(
        verify(rotated.export(tmp_path / "true"), A.public[0], [stolen])
    )
    make(tmp_path / "w", "north.example", [bytes([7]) * 32, bytes([8]) * 32])
    watch(tmp_path / "w", A.public[0])
    witness_folder.follow(tmp_path / "w", rotated.receipt(3))
    watching = open_folder(tmp_path / "w")
    fork = founded(A).opens("X").opens("Y").opens("Z")
    for signed in (rotated.signed(by=A), fork.signed(by=A)):
        refused = watching.answer(witness.write(0, (), signed), 1_800_000_000)
        assert isinstance(refused, witness.Refused)
        assert refused.status == 403
    assert isinstance(watching.answer(witness.write(0, (), rotated.signed()), 1_800_000_000), str)


@caught_by(VERIFY)
def test_a_rotation_is_forged_without_the_old_key(rotated: Kept, tmp_path: Path) -> None:
    """Who has the database and a key of their own writes that it follows; readers of the old key
    are led nowhere."""
    fields = rotation(A, THIEF) | {"old_signatures": rotation(C, THIEF)["old_signatures"]}
    false = forged(rotated, 3, changed(rotated.entries[3], **fields), THIEF)
    export = false.export(tmp_path / "out")
    for given in (A.public[0], THIEF.public[0]):
        assert "have not signed this change" in found(verify(export, given))
    served = {"checkpoint": false.signed().encode(), **bundles(export.folder)}
    mirror = mirroring.open_mirror(tmp_path / "mirror", A.public[0])
    with pytest.raises(NotServed, match="cannot be believed"):
        mirror.follow(served.__getitem__)


def bundles(path: Path) -> dict[str, bytes]:
    return {
        file.relative_to(path).as_posix(): file.read_bytes()
        for file in (path / "tile" / "entries").rglob("*")
        if file.is_file()
    }


@caught_by(VERIFY)
def test_to_a_key_whose_holder_does_not_agree(rotated: Kept, tmp_path: Path) -> None:
    """The keeper names somebody else's key as the record's, to say later that they signed it."""
    fields = rotation(A, C) | {"new_signatures": rotation(A, B)["new_signatures"]}
    false = forged(rotated, 3, changed(rotated.entries[3], **fields), A)
    export = false.export(tmp_path / "out")
    assert "The new keys have not signed this" in found(verify(export, A.public[0]))


@caught_by(VERIFY, WITNESS, RECEIPT)
def test_the_rotation_is_removed(rotated: Kept, tmp_path: Path) -> None:
    """Who has the old key shows the record as if it were still in force."""
    without = founded(A).opens("C")
    export = without.export(tmp_path / "out")
    assert verify(export, A.public[0]).sound, "nothing shows it to who holds only the old key"
    assert "never signed this record" in found(verify(export, B.public[0]))
    at = founded(A).rotates(B)
    kept = at.signed(A)
    assert "another history" in found(verify(export, A.public[0], seen=[kept]))
    held = at.receipt(1, kept)
    assert "the record was rewritten" in found(verify(export, A.public[0], [held]))


@caught_by(VERIFY)
def test_a_rotation_of_another_organisation_is_replayed(rotated: Kept, tmp_path: Path) -> None:
    """The same people keep two records, and one of them has gone over to other keys."""
    of = "other.example"
    elsewhere = rotation(pair("a", of), pair("b", of), 1, of)
    with_our_names = rotation(A, B, 1, of)
    for number, fields in enumerate((elsewhere, with_our_names)):
        false = forged(rotated, 3, changed(rotated.entries[3], **fields), A)
        report = verify(false.export(tmp_path / str(number)), A.public[0])
        assert report.findings[0].rule == "record.keys"


@caught_by(VERIFY)
def test_a_rotation_is_replayed_later(tmp_path: Path) -> None:
    """Who stole the second key has the record go back to it, by what was signed once."""
    kept = founded(A).rotates(B).opens("C").rotates(C, 2).opens("D")
    again = rotation(A, B)
    for number, fields in enumerate((again, again | {"number": 2}, again | {"old": C.public})):
        false = forged(kept, 5, changed(kept.entries[5], **fields), B)
        report = verify(false.export(tmp_path / str(number)), B.public[0])
        assert report.findings[0].rule == "record.keys"


@caught_by(VERIFY)
def test_the_second_signature_is_taken_away(rotated: Kept, tmp_path: Path) -> None:
    """Who can break Ed25519 one day cannot leave the other signature out."""
    for number, signed in enumerate((rotated.signed(by=B.first), rotated.signed(by=half()))):
        export = rotated.export(tmp_path / str(number), signed)
        assert "cannot be believed" in found(verify(export, B.public[0]))


def half() -> Pair:
    """The true key of Ed25519 beside another's of ML-DSA-44."""
    return Pair((B.signing[0], THIEF.signing[1]), (B.public[0], THIEF.public[1]))


@caught_by(VERIFY)
def test_the_key_is_called_lost(tmp_path: Path) -> None:
    """A keeper who wants to be rid of what the old key signed replaces it: that stands there for
    ever, and is no plain all right for whoever holds the old one."""
    kept = founded(A)
    kept.does("keys.replace", **replacement(A, B))
    kept.signing = B
    export = kept.opens("C").export(tmp_path / "out")
    for given in A.public:
        assert "compare the new key" in found(verify(export, given))
    assert keeper.read_keys(folder.read_verifier_keys(export.folder)) == B.keys
    root = tree.levels([tree.leaf_hash(one) for one in kept.entries[:3]]).root_of(0, 3)
    assert founded(A).point.root == root, "what stood there before it still does"
    assert founded(A).point.origin == ORIGIN
