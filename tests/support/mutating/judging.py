"""What `quorate verify` says of a mutated export, and whether that is right.

What must not be: an export that passes though its meaning was changed (``statements``), a receipt
that passes though what it states is not so, and anything but a report or NoExport.

Who has the keeper's key can sign another history that the rules allow. Nothing in that export
shows it, so it is held against what others kept. A receipt must say so just where something changed
that was there when it was given; the last entry's receipt and a kept checkpoint always.
"""

from __future__ import annotations

import base64
import hashlib
import json
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from quorate.record import folder, report, tree, verify
from quorate.record.report import Report
from support.mutating.mutation import KEEPER, Mutation
from support.mutating.original import Original
from support.mutating.statements import Files, Stated, stated

UNREADABLE, FOUND, HELD, HARMLESS, GOES_ON = "unreadable", "found", "held", "harmless", "goes on"


@dataclass(frozen=True, slots=True)
class Judged:
    """``came_to``: UNREADABLE (no export any more), FOUND by the check alone, HELD: found once a
    receipt and a kept checkpoint are held against it, HARMLESS (it passed: the meaning is the
    same), GOES_ON (it passed: the record is longer, by the rules). ``wrong``: what must not be, or
    ""."""

    mutation: Mutation
    came_to: str
    wrong: str = ""


@dataclass
class Desk:
    """A folder in which exports are laid out, one after the other, and checked."""

    path: Path
    laid: dict[str, bytes] = field(default_factory=dict)

    def lay(self, files: Files) -> None:
        """Only what differs from what lies there is written."""
        for path in self.laid.keys() - files.keys():
            gone = self.path / path
            gone.unlink()
            while gone.parent != self.path and not any(gone.parent.iterdir()):
                gone = gone.parent
                gone.rmdir()
            del self.laid[path]
        for path, data in files.items():
            if self.laid.get(path) != data:
                (self.path / path).parent.mkdir(parents=True, exist_ok=True)
                (self.path / path).write_bytes(data)
                self.laid[path] = data

    def check(
        self,
        original: Original,
        receipts: Sequence[str] = (),
        seen: Sequence[str] = (),
        *,
        trusting: bool = False,
        vouched: bool = True,
    ) -> Report | None:
        """The report, said in words too; None where there is no export."""
        try:
            found = verify.verify(
                folder.open_export(self.path),
                original.verifier if vouched else "",
                receipts,
                seen,
                original.policy if trusting else None,
            )
        except folder.NoExport:
            return None
        list(report.in_plain_words(found))
        json.dumps(report.as_json(found))
        return found


def judge(original: Original, mutation: Mutation, desk: Desk) -> Judged:
    """Lays the mutated export out, checks it, and says whether the answer is right."""
    try:
        desk.lay(mutation.files)
        came_to, wrong = _judged(original, mutation, desk)
    except Exception:
        return Judged(mutation, FOUND, f"it crashed the verifier:\n{traceback.format_exc()}")
    return Judged(mutation, came_to, wrong)


def _judged(original: Original, mutation: Mutation, desk: Desk) -> tuple[str, str]:
    trusting = mutation.signed_by != KEEPER
    found = desk.check(original, mutation.receipts, trusting=trusting)
    if mutation.files.get("record.vkey") != original.files["record.vkey"]:
        unvouched = desk.check(original, vouched=False)
        if unvouched is not None and unvouched.vouched:
            return FOUND, "a key that lies in the folder counts as vouched for"
    if found is None:
        return UNREADABLE, ""
    if not (found.sound and found.signed and found.vouched):
        return FOUND, ""
    if any(not _is_true(text, original) for text in mutation.receipts):
        return HARMLESS, "a receipt passes that states what is not so"
    now = stated(mutation.files, original.keys)
    if not now.changes(original.stated):
        return HARMLESS, _of_the_witnesses(found, now) if trusting else ""
    if mutation.signed_by != KEEPER or now.history == original.stated.history:
        return HARMLESS, "it passes, and its meaning was changed"
    if now.goes_on(original.stated):
        return GOES_ON, ""
    return HELD, _held(original, now, desk)


def _held(original: Original, now: Stated, desk: Desk) -> str:
    """What is wrong with what receipts and a kept checkpoint show of another history."""
    history = now.history or ()
    places = sorted(original.receipts)
    place = Random(len(history)).choice(places)
    found = desk.check(original, [original.receipts[place]])
    another = history[: place + 1] != original.entries[: place + 1]
    if found is None or found.sound == another:
        return f"the receipt of entry {place} says the wrong thing: {found and found.findings}"
    last = original.receipts[places[-1]]
    found = desk.check(original, [last], [original.files["checkpoint"].decode()])
    said = [] if found is None else [finding.what for finding in found.findings]
    if not any("a receipt proves" in what for what in said):
        return "the receipt of the true record's last entry passes"
    if not any("somebody has kept" in what for what in said):
        return "a kept checkpoint of the true record passes"
    return ""


def _of_the_witnesses(found: Report, now: Stated) -> str:
    """What the report says that witnesses signed, against what they did."""
    sizes = {}
    for name, _, _, size, _ in now.cosigned:
        sizes[name] = max(int(size), sizes.get(name, 0))
    second = sorted([*sizes.values(), 0, 0], reverse=True)[1]
    if found.trusted_to != second:
        return f"witnessed to {second}, and the report says {found.trusted_to}"
    return ""


def _is_true(text: str, original: Original) -> bool:
    """Whether all that a receipt states is so, read without `quorate.record.receipt`."""
    lines = text.split("\n")
    written = lines[lines.index("-----BEGIN ENTRY-----") + 1].encode()
    index = next(int(line[6:]) for line in lines if line.startswith("index "))
    head = lines.index("-----BEGIN PROOF-----")
    signed = lines[lines.index("", head + 1) + 1 :][:3]
    size = int(signed[1])
    grown = tree.levels([tree.leaf_hash(data) for data in original.entries[:size]])
    root = base64.b64encode(grown.root_of(0, size)).decode()
    if signed != [original.origin, str(size), root] or written != original.entries[index]:
        return False
    return all(
        _opens(lines[number + 1], written)
        for number, line in enumerate(lines)
        if line == "-----BEGIN OPENING-----"
    )


def _opens(line: str, written: bytes) -> bool:
    value = json.loads(line)
    salted = value["domain"].encode() + b"\x00" + bytes.fromhex(value["salt"])
    made = hashlib.sha256(salted + base64.b64decode(value["payload"])).hexdigest()
    return made == value["commitment"] and made.encode() in written
