"""Forging a record as its keeper could: entries changed, and signed with the real key."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from quorate.record import canonical, checkpoint, log_files, tree
from quorate.record.keeper import sign as sign_with
from support.command import verified

Entries = list[dict[str, Any]]


def read(export: Path) -> Entries:
    return [json.loads(data) for data in log_files.entries(export)]


def write(export: Path, entries: Entries) -> None:
    write_bytes(export, [canonical.encode(entry) for entry in entries])


def write_bytes(export: Path, entries: Iterable[bytes]) -> None:
    """Puts these in the place of all entries, with the tree that is over them."""
    written = list(entries)
    shutil.rmtree(export / log_files.FOLDER)
    log_files.write(export, written)


def sign(export: Path, keeper: Path) -> None:
    """The keeper signs the export as it is now, and leaves out what witnesses signed of another."""
    shutil.rmtree(export / "witnessed", ignore_errors=True)
    leaves = [tree.leaf_hash(data) for data in log_files.entries(export)]
    keys = (keeper / "keys" / "record.key").read_text().split()
    origin = keys[0].split("+")[2]
    root = tree.levels(leaves).root_of(0, len(leaves))
    signed = sign_with(checkpoint.Checkpoint(origin, len(leaves), root), keys, 1_800_000_000)
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

    lines = list(log_files.entries(export))
    levels = tree.levels([tree.leaf_hash(line) for line in lines])
    proof = receipt.proof_text(
        sequence, levels.inclusion(sequence, len(lines)), (export / "checkpoint").read_text()
    )
    path = export.parent / f"receipt-{sequence}.txt"
    path.write_text(receipt.write("A receipt.", lines[sequence], proof))
    return path


def cut(export: Path, keeper: Path, size: int) -> Path:
    """The export as it was when the record had so many entries, signed then."""
    earlier = export.parent / "earlier"
    shutil.copytree(export, earlier)
    write(earlier, read(export)[:size])
    sign(earlier, keeper)
    return earlier
