"""A record in memory whose keeper signs it with keys that the record names, and changes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from quorate.chapters.clause import FOUNDER
from quorate.record import entry, folder, log_files, receipt, tree
from quorate.record.checkpoint import Checkpoint
from quorate.rulebook.reading import preset
from support.pure import Pure
from support.record_keys import Pair, rotation

ORIGIN = "small.example"


@dataclass
class Kept:
    """A record in memory that its keeper signs. ``signing``: what signs now; ``until``: what signed
    before the latest change, and signs the checkpoint that first holds it."""

    signing: Pair
    pure: Pure = field(default_factory=Pure)

    def does(self, act: str, **fields: object) -> Kept:
        self.pure.do(FOUNDER, act, **fields)
        return self

    def opens(self, code: str) -> Kept:
        return self.does("membership.open_region", code=code, name=code)

    def rotates(self, to: Pair, number: int = 1) -> Kept:
        self.does("keys.rotate", **rotation(self.signing, to, number))
        self.signing = to
        return self

    @property
    def entries(self) -> list[bytes]:
        return [entry.write(occasion, act) for occasion, act in self.pure.entries]

    @property
    def point(self) -> Checkpoint:
        grown = tree.levels([tree.leaf_hash(data) for data in self.entries])
        return Checkpoint(ORIGIN, grown.size, grown.root_of(0, grown.size))

    def signed(self, *others: Pair, by: Pair | None = None) -> str:
        return (by or self.signing).over(self.point, *others)

    def export(self, path: Path, signed: str = "", vkeys: tuple[str, ...] = ()) -> folder.Export:
        path.mkdir()
        log_files.write(path, self.entries)
        (path / "checkpoint").write_text(signed or self.signed(), "utf-8")
        (path / "documents.jsonl").write_text("", "utf-8")
        folder.write_verifier_keys(path, vkeys or self.signing.public)
        return folder.open_export(path)

    def receipt(self, place: int, signed: str = "", *, told: bool = True) -> str:
        entries = self.entries
        path = tree.levels([tree.leaf_hash(one) for one in entries]).inclusion(place, len(entries))
        proof = receipt.proof_text(place, path, signed or self.signed())
        changes = [one for one in entries if b'"act":"keys.' in one] if told else []
        return receipt.write("A receipt.", entries[place], proof, (), changes)


def founded(by: Pair, preset_name: str = "open-convention", *, named: bool = True) -> Kept:
    rules = preset(preset_name)
    kept = Kept(by).does(
        "founding.adopt", origin=ORIGIN, rules_text=rules, keys=by.public if named else ()
    )
    return kept.opens("A").opens("B")
