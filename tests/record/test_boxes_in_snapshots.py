"""A server that starts from a snapshot knows its ballot boxes."""

from __future__ import annotations

from pathlib import Path

from quorate.chapters.state import State
from quorate.record import entry, snapshot, tree
from quorate.record.snapshot import Snapshot
from support.secret_poll import voting
from support.year import delegates


def test_a_box_and_its_result_come_back(tmp_path: Path) -> None:
    made = voting()
    for member in delegates(made.small):
        made.cast(member, 1, 2)
    made.close()
    for owner in (1, 2):
        made.shuffle(owner)
    for owner in (1, 2):
        made.decrypt(owner)
    made.state()
    pure = made.small.pure
    grown = tree.levels([tree.leaf_hash(entry.write(when, act)) for when, act in pure.entries])
    kept = Snapshot("small.example", pure.state, grown)
    snapshot.write(tmp_path / "kept", kept, State, bytes(32), lambda: None)
    assert snapshot.read(tmp_path / "kept", State, bytes(32)).value == pure.state
