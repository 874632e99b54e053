"""Ballot boxes: every one that the record names is there, and is what the record says of it.

Each archive is verified as strangers would, and held against the record: what is asked, by whose
keys and whose roll; every hash that an entry states; who shuffled and decrypted; the result.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from itertools import zip_longest

from quorate.ballots import archive, result, trustees
from quorate.ballots.archive import Archive, BadArchive
from quorate.ballots.ballot import read_ballot
from quorate.ballots.elections import read_election, read_setup_data
from quorate.ballots.owned import read_owned
from quorate.ballots.register import GROUP
from quorate.ballots.tally import read_sized_tally
from quorate.ballots.verify import whole
from quorate.ballots.verify.report import Report as Verified
from quorate.chapters.elections.remembers import Election
from quorate.chapters.secret.remembers import Box, Part, Register
from quorate.chapters.secret.whole import trustees_of
from quorate.record import folder
from quorate.record.report import Finding, Report


def check(export: folder.Export, report: Report) -> None:
    """Holds the archives in ballots/ against the record."""
    boxes = report.state.secret.boxes
    for number, box in sorted(boxes.items()):
        content = folder.archive(export, number)
        if content is None:
            what = f"the ballot box of election {number} is missing from this export"
            found = [Finding(what, box.heads[-1].entry)]
        else:
            found = list(_check(report, box, content))
        report.findings.extend(found)
        report.boxes += not found
    if report.state.size == report.entries:
        known = {folder.archive_name(number) for number in boxes}
        for stray in sorted(path.name for path in folder.archives(export)):
            if stray not in known:
                report.findings.append(Finding(f"the record knows no ballot box {stray}"))


def named(box: Box) -> set[str]:
    """The files beside the record that entries about the box name."""
    parts = (*box.shuffles, *box.decryptions)
    return {part.data for part in parts} | ({box.tally} if box.tally else set())


def _check(report: Report, box: Box, content: bytes) -> Iterator[Finding]:
    where = f"the ballot box of election {box.election}"
    try:
        read = archive.read(content)
    except BadArchive as error:
        yield Finding(f"{where}: {error}")
        return
    verified = whole.verify(content, processes=os.cpu_count() or 1)
    yield from (Finding(f"{where}: {found.why}") for found in verified.findings)
    register = report.state.secret.registers[box.register]
    yield from _setup(read, box, register, where)
    yield from _heads(read, box, where)
    yield from _parts(read, "Shuffle", box.shuffles, where)
    yield from _parts(read, "PartialDecryption", box.decryptions, where)
    if verified.sound:
        yield from _most_each(read, box, where)
        yield from _outcome(verified, box, report.state.elections.elections[box.election], where)


def _setup(read: Archive, box: Box, register: Register, where: str) -> Iterator[Finding]:
    stated = read_setup_data(next(read.payloads("Setup"))[1])
    keys = trustees.write_trustees(GROUP, trustees_of(register))
    for what, given, follows in (
        ("what it asks", stated.election, sha256(box.asked.encode()).hexdigest()),
        ("its trustees", stated.trustees, sha256(keys).hexdigest()),
        ("its roll", stated.credentials, register.roll),
    ):
        if given != follows:
            yield Finding(f"{where}: {what} is not what follows from the record")


def _heads(read: Archive, box: Box, where: str) -> Iterator[Finding]:
    """What entries state of it, against the events."""
    cast = sum(event.type == "Ballot" for event in read.events)
    for number, head in enumerate(box.heads):
        closes = box.closed is not None and number == len(box.heads) - 1
        place = head.ballots + 2 * closes
        if len(read.heads) <= place or read.heads[place] != head.head:
            yield Finding(
                f"{where} is not the one that it names, with {head.ballots:,} ballots: it was "
                "changed afterwards, or the entry states another",
                head.entry,
            )
    for _, payload in read.payloads("EncryptedTally"):
        if read_sized_tally(payload).encrypted_tally != box.tally:
            what = f"{where}: its tally is not the one that is stated"
            yield Finding(what, box.heads[-1].entry, "secret.box_closed")
    if cast != box.heads[-1].ballots:
        yield Finding(
            f"{where} holds {cast:,} ballots, and {box.heads[-1].ballots:,} by the record",
            box.heads[-1].entry,
        )


def _parts(
    read: Archive, type: archive.EventType, parts: tuple[Part, ...], where: str
) -> Iterator[Finding]:
    given = [read_owned(payload) for _, payload in read.payloads(type)]
    for one, part in zip_longest(given, parts):
        if one is None or part is None or (one.owner, one.payload) != (part.owner, part.data):
            entry = None if part is None else part.entry
            yield Finding(f"{where}: each {type} is not what trustees handed in", entry)
            return


def _most_each(read: Archive, box: Box, where: str) -> Iterator[Finding]:
    """Nobody was let in more often than the rulebook says."""
    election = read_election(box.asked.encode())
    cast: dict[bytes, int] = {}
    for _, data in read.payloads("Ballot"):
        key = read_ballot(election, data).credential
        cast[key] = cast.get(key, 0) + 1
    if max(cast.values(), default=0) > box.rules.ballots_each:
        yield Finding(f"{where} holds more than {box.rules.ballots_each} ballots of one key")


def _outcome(verified: Verified, box: Box, election: Election, where: str) -> Iterator[Finding]:
    if box.closed is not None and verified.counted != box.counted:
        yield Finding(
            f"{where}: {verified.counted:,} ballots count, and {box.counted:,} by the record"
        )
    if not box.whole:
        return
    stated = election.box
    if verified.result is None or stated is None:
        yield Finding(f"{where}: the archive has no result", box.result_entry, "secret.result")
        return
    (outcome,) = verified.result
    said: object = stated.sums
    gives: object = outcome
    if not stated.sums:
        said = [(one.weight, one.numbers) for one in stated.rankings]
        gives = result.grouped(one for one in outcome if isinstance(one, tuple))
    if said != gives:
        yield Finding(
            f"{where} gives another result than is stated", box.result_entry, "secret.result"
        )
