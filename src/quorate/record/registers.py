"""Registers of voting keys: what the record names of them is there, is what was named, and holds.

The claims are in the entries, and `decide` has checked them. Here the rest is checked as strangers
would: every shuffle and decryption, and that the roll is what they give.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from quorate.ballots.register_file import write
from quorate.ballots.verify.register import RegisterReport, verify
from quorate.chapters.secret.remembers import Register
from quorate.chapters.secret.whole import file_of
from quorate.record import boxes, folder
from quorate.record.report import Finding, Report


class _Named(NamedTuple):
    """What an entry names."""

    hash: str
    what: str
    entry: int
    act: str


def check(export: folder.Export, report: Report) -> None:
    """Holds what lies in ballots/ against the record."""
    there = {path.stem for path in folder.ballot_files(export)}
    for box in report.state.secret.boxes.values():
        there -= boxes.named(box)
    for _, register in sorted(report.state.secret.registers.items()):
        named = list(_named(register))
        there -= {one.hash for one in named}
        wrong = [finding for one in named if (finding := _missing(export, one)) is not None]
        if wrong:
            report.findings.extend(wrong)
        elif named:
            _verify(export, register, report)
    if there and report.state.size == report.entries:
        report.findings.append(
            Finding(
                f"{len(there)} of the files in ballots/ are named by no entry: "
                f"{', '.join(sorted(there)[:3])}"
            )
        )


def _named(register: Register) -> Iterator[_Named]:
    for part in register.mixes:
        yield _Named(part.data, "shuffle", part.entry, "secret.mix")
    for part in register.decryptions:
        yield _Named(part.data, "decryption", part.entry, "secret.decrypt_roll")
    if register.roll:
        yield _Named(register.roll, "roll of keys", register.roll_entry, "secret.roll")


def _missing(export: folder.Export, named: _Named) -> Finding | None:
    """What is wrong with the file before it is read."""
    data = folder.ballot_file(export, named.hash)
    if data is None:
        return Finding(
            f"the {named.what} that it names is missing from this export", named.entry, named.act
        )
    if sha256(data).hexdigest() != named.hash:
        return Finding(
            f"the {named.what} in this export is not the one that it names: it was changed",
            named.entry,
            named.act,
        )
    return None


def _verify(export: folder.Export, register: Register, report: Report) -> None:
    def beside(hash: str) -> bytes:
        return folder.ballot_file(export, hash) or b""

    found = verify(write(file_of(register, beside)))
    what = f"register {register.number} of voting keys does not hold"
    report.findings.extend(Finding(f"{what}: {finding.why}") for finding in found.findings)
    if not found.sound or not register.roll:
        return
    report.registers += 1
    if (stated := _stated(register)) != (gives := _gives(found)):
        report.findings.append(
            Finding(
                f"states a roll of {stated[0]} keys and {stated[1]} claims without one, and the "
                f"decryptions give {gives[0]} and {gives[1]}",
                register.roll_entry,
                "secret.roll",
            )
        )


def _stated(register: Register) -> tuple[int, int]:
    return register.size, register.without


def _gives(found: RegisterReport) -> tuple[int, int]:
    """How many keys stand on the roll, and how many claims gave none of their own."""
    roll = found.roll
    return (0, 0) if roll is None else (len(roll.keys), len(roll.repeated) + roll.empty)
