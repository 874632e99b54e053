"""Mirrors and witnesses follow a record whose keys were changed, as far as the old ones signed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quorate.record import mirroring, tiles, tree, witness, witness_folder
from quorate.record.mirroring import AnotherRecord, NotServed
from quorate.record.witness import Refused
from quorate.record.witness_folder import NoWitness
from support.keyed_record import Kept, founded
from support.record_keys import Pair, pair, replacement

A, B, C, THIEF = pair("a"), pair("b"), pair("c"), pair("thief")


def serving(kept: Kept, signed: str = "") -> Callable[[str], bytes]:
    def fetch(path: str) -> bytes:
        if path == "checkpoint":
            return (signed or kept.signed()).encode()
        tile = tiles.read_path(path.removeprefix("tile/"))
        return tiles.bundle(kept.entries[tile.start : tile.start + tile.width])

    return fetch


class TestMirror:
    @pytest.mark.parametrize("given", [A.public[0], A.public[1], A.given])
    def test_it_follows(self, given: str, tmp_path: Path) -> None:
        kept = founded(A)
        mirror = mirroring.open_mirror(tmp_path / "m", given)
        assert mirror.follow(serving(kept)).size == 3
        kept.rotates(B)
        assert mirror.follow(serving(kept, kept.signed(A))).size == 4
        assert mirror.follow(serving(kept.opens("C"))).size == 5
        assert (mirror.changed, mirror.keys) == ((3,), B.keys)
        for again in (given, B.public[0]):
            opened = mirroring.open_mirror(tmp_path / "m", again)
            assert opened.follow(serving(kept)).size == 5
        kept.rotates(C, 2).opens("D")
        opened = mirroring.open_mirror(tmp_path / "m", given)
        assert opened.follow(serving(kept)).size == 7
        assert opened.changed == (3, 5)

    def test_from_the_beginning(self, tmp_path: Path) -> None:
        kept = founded(A).rotates(B).opens("C")
        assert mirroring.open_mirror(tmp_path / "m", A.public[0]).follow(serving(kept)).size == 5

    def test_the_old_key_alone_is_not_believed_after_it(self, tmp_path: Path) -> None:
        kept = founded(A).rotates(B).opens("C")
        mirror = mirroring.open_mirror(tmp_path / "m", A.public[0])
        mirror.follow(serving(kept))
        for signed in (kept.opens("D").signed(by=A), kept.signed(by=THIEF)):
            with pytest.raises(NotServed, match="cannot be believed"):
                mirror.follow(serving(kept, signed))
        shorter = founded(A).opens("X")
        with pytest.raises(NotServed, match="cannot be believed"):
            mirror.follow(serving(shorter, shorter.signed()))

    def test_a_replacement_needs_the_new_key_from_its_owner(self, tmp_path: Path) -> None:
        kept = founded(A)
        mirror = mirroring.open_mirror(tmp_path / "m", A.public[0])
        mirror.follow(serving(kept))
        kept.does("keys.replace", **replacement(A, B))
        kept.signing = B
        with pytest.raises(NotServed, match="without the old one's signature"):
            mirror.follow(serving(kept.opens("C")))
        assert mirror.kept.size == 3
        told = mirroring.open_mirror(tmp_path / "m", B.public[0])
        assert told.follow(serving(kept)).size == 5
        with pytest.raises(AnotherRecord, match="without the old one's signature"):
            mirroring.open_mirror(tmp_path / "m", A.public[0])
        assert mirroring.open_mirror(tmp_path / "m", B.public[0]).follow(serving(kept)).size == 5

    def test_another_history_under_the_new_key_is_refused(self, tmp_path: Path) -> None:
        mirror = mirroring.open_mirror(tmp_path / "m", A.public[0])
        mirror.follow(serving(founded(A).opens("C")))
        other = founded(A).rotates(B).opens("D")
        with pytest.raises(AnotherRecord, match="are not those that are kept"):
            mirror.follow(serving(other))

    def test_the_key_of_another_record(self, tmp_path: Path) -> None:
        mirroring.open_mirror(tmp_path / "m", A.public[0]).follow(serving(founded(A)))
        with pytest.raises(AnotherRecord, match="of another record"):
            mirroring.open_mirror(tmp_path / "m", pair("a", "other.example").public[0])


class TestWitness:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """A witness that watches the record by its first key, and another record."""
        path = tmp_path / "w"
        witness_folder.make(path, "north.example", [bytes([7]) * 32, bytes([8]) * 32])
        witness_folder.watch(path, A.public[0])
        witness_folder.watch(path, pair("z", "other.example").public[0])
        return path

    def known(self, path: Path) -> list[str]:
        return (path / "records").read_text("utf-8").split()

    def asked(self, path: Path, kept: Kept, old: int, signed: str = "") -> int:
        """The status of its answer, as a process that was started just now."""
        watching = witness_folder.open_folder(path)
        grown = tree.levels([tree.leaf_hash(data) for data in kept.entries])
        proof = grown.consistency(old, grown.size) if 0 < old < grown.size else ()
        answer = watching.answer(witness.write(old, proof, signed or kept.signed()), 1_800_000_000)
        return answer.status if isinstance(answer, Refused) else 200

    def test_it_follows_a_receipt(self, path: Path) -> None:
        kept = founded(A)
        assert self.asked(path, kept, 0) == 200
        kept.rotates(B)
        assert self.asked(path, kept, 3, kept.signed(A)) == 200, "both sign the first with it"
        kept.opens("C")
        assert self.asked(path, kept, 4) == 403
        others = self.known(path)[1:]
        assert witness_folder.follow(path, kept.receipt(1)) == B.keys
        assert sorted(self.known(path)) == sorted([*others, *B.public])
        assert self.asked(path, kept, 4) == 200
        assert self.asked(path, kept, 5, kept.signed(by=A)) == 403, "the old one signs no more"

    def test_either_signature_of_a_record_will_do(self, path: Path) -> None:
        witness_folder.drop(path, A.public[0])
        witness_folder.watch(path, A.public[1])
        assert self.asked(path, founded(A), 0) == 200
        assert self.asked(path, founded(A).opens("C"), 3, founded(A.first).signed()) == 403

    def test_it_follows_nothing_else(self, path: Path) -> None:
        replaced = founded(A).does("keys.replace", **replacement(A, B))
        replaced.signing = B
        before = self.known(path)
        for shown, says in (
            (founded(A).receipt(1), "no key that it knows"),
            (founded(THIEF).rotates(B).receipt(1), "no key that it knows"),
            (founded(A).rotates(B).receipt(1, told=False), "no key that it knows"),
            (replaced.receipt(1), "without the old one's signature"),
            ("nothing", "no receipt"),
        ):
            with pytest.raises(NoWitness, match=says):
                witness_folder.follow(path, shown)
            assert self.known(path) == before
        witness_folder.drop(path, A.public[0])
        with pytest.raises(NoWitness, match="does not watch small"):
            witness_folder.follow(path, founded(A).rotates(B).receipt(1))

    def test_its_keeper_exchanges_a_key_by_hand(self, path: Path) -> None:
        kept = founded(A)
        assert self.asked(path, kept, 0) == 200
        kept.does("keys.replace", **replacement(A, B))
        kept.signing = B
        assert self.asked(path, kept, 3) == 403
        witness_folder.watch(path, B.public[0])
        assert witness_folder.drop(path, A.public[0]) == "small.example"
        assert self.asked(path, kept, 3) == 200
        with pytest.raises(NoWitness, match="does not know this key"):
            witness_folder.drop(path, A.public[0])


def test_a_pair_of_one(tmp_path: Path) -> None:
    """A mirror of a record that has one key asks for one."""
    one: Pair = A.first
    kept = founded(one, named=False)
    assert mirroring.open_mirror(tmp_path / "m", one.given).follow(serving(kept)).size == 3
