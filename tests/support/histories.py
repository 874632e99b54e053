"""Histories that part from the told year's, each by the rules and exported as its keeper would."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from quorate import organisation
from quorate.chapters.clause import Occasion
from quorate.chapters.state import State
from quorate.record import entry, policy
from quorate.record.report import Report
from support.mutating.judging import Desk
from support.mutating.original import Original, log_files, sign
from support.mutating.statements import Files

Entries = tuple[bytes, ...]


def went_on(true: Original, size: int, more: int) -> Entries:
    """The first entries, and after them so many by members who say that they can be written to."""
    reads = [entry.read(data) for data in true.entries[:size]]
    state = organisation.replay((one.occasion, one.act) for one in reads)
    entries = list(true.entries[:size])
    for member in able(state)[:more]:
        act = organisation.read_act("membership.be_reachable", {"yes": True})
        entries.append(entry.write(Occasion(len(entries), state.time, member), act))
    assert len(entries) == size + more
    return tuple(entries)


def able(state: State) -> list[str]:
    members = state.membership.members.values()
    return sorted(one.id for one in members if one.standing == "good" and not one.reachable)


def exported(true: Original, entries: Entries, key: str = "") -> Files:
    """An export of these entries, signed by the keeper or with another key; texts and what belongs
    to secret ballots are left out where they do not name it."""
    whole = b"".join(entries)
    lines = true.files["documents.jsonl"].splitlines(keepends=True)
    named = b"".join(line for line in lines if line.split(b'"')[3] in whole)
    signed = sign(true.origin, entries, key or true.signing)
    return (
        log_files(entries)
        | _of_secret_ballots(true, entries, whole)
        | {
            "record.vkey": true.files["record.vkey"],
            "documents.jsonl": named,
            "checkpoint": signed.encode(),
        }
    )


def _of_secret_ballots(true: Original, entries: Entries, whole: bytes) -> Files:
    opened = (json.loads(data) for data in entries if b'"act":"secret.box_opened"' in data)
    archives = {f"ballots/election-{one['body']['of']}.bel" for one in opened}
    return {
        path: data
        for path, data in true.files.items()
        if path.startswith("ballots/") and (path in archives or Path(path).stem.encode() in whole)
    }


def checked(
    true: Original,
    files: Files,
    path: Path,
    receipts: Sequence[str] = (),
    seen: Sequence[str] = (),
    trusted: policy.Policy | None = None,
) -> Report:
    desk = Desk(path / f"export-{len(list(path.iterdir()))}")
    desk.path.mkdir()
    desk.lay(files)
    if trusted is not None:
        true = replace(true, policy=trusted)
    found = desk.check(true, receipts, seen, trusting=trusted is not None)
    assert found is not None
    return found


def words(found: Report) -> str:
    assert not found.sound, "the attack was not found"
    return " ".join(finding.what for finding in found.findings)
