"""Checking an exported record, without server or database, by the same rules that made it.

What is checked: the tree and the keeper's signature, every entry by the rules in force when it was
made (votes and elections are counted again as a part of that), every text against its commitment,
and receipts that members hold against the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from quorate import commitments, organisation
from quorate.chapters.lots.open_numbers import OpenNumbers
from quorate.chapters.plain import on
from quorate.chapters.state import EMPTY, State
from quorate.record import (
    canonical,
    checkpoint,
    entry,
    folder,
    note,
    receipt,
    state_digest,
    tree,
)
from quorate.record.uncollected import uncollected


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong. ``entry``: its place in the record, None for the whole.

    ``rule``: dotted path of the broken rule, "" where it is the record itself that is broken.
    """

    what: str
    entry: int | None = None
    act: str = ""
    rule: str = ""


@dataclass
class Report:
    """What was checked and what was found."""

    origin: str = ""
    entries: int = 0
    last_time: int = 0
    vouched: bool = False
    signed: bool = False
    votes: int = 0
    elections: int = 0
    texts: int = 0
    texts_absent: int = 0
    receipts: int = 0
    findings: list[Finding] = field(default_factory=list)
    state: State = EMPTY

    @property
    def sound(self) -> bool:
        """Nothing wrong was found. Whose key it was still has to be vouched for."""
        return not self.findings


Progress = Callable[[int], None]
_COUNTED = {"floor.close_vote": "votes", "elections.declare": "elections"}


def verify(
    export: folder.Export,
    key: str = "",
    receipts: Sequence[str] = (),
    progress: Progress = lambda done: None,
) -> Report:
    """Checks an export. ``key``: the public key that somebody vouches for; without it the folder's
    own is used, and the report says so. Raises NoExport and BadNote (for ``key``)."""
    report = Report(vouched=bool(key))
    verifier = _verifier(export, key, report)
    leaves: list[bytes] = []
    with uncollected():
        committed = _replay(export, leaves, report, progress)
    signed = _signature(export, verifier, leaves, report)
    _texts(export, committed, report)
    for text in receipts:
        _receipt(text, verifier, leaves, report)
    report.origin = signed.origin if signed else report.state.founding.origin
    return report


def _verifier(export: folder.Export, key: str, report: Report) -> note.Verifier | None:
    if key:
        return note.read_verifier(key)
    try:
        return note.read_verifier(export.verifier_key)
    except note.BadNote as error:
        report.findings.append(Finding(f"record.vkey is damaged: {error}"))
        return None


def _replay(
    export: folder.Export, leaves: list[bytes], report: Report, progress: Progress
) -> dict[str, int]:
    """Replays every entry; gives the documents' commitments with the entry they stand in."""
    state, broken = EMPTY, False
    committed: dict[str, int] = {}
    for place, data in enumerate(folder.entries(export)):
        leaves.append(tree.leaf_hash(data))
        if not place % 1000:
            progress(place)
        if broken:
            continue
        try:
            read = entry.read(data)
        except entry.BadEntry as error:
            report.findings.append(Finding(f"cannot be read: {error}", place))
            broken = True
            continue
        finding = _not_allowed(state, read, place)
        if finding is not None:
            report.findings.append(finding)
            broken = True
            continue
        state = organisation.apply(state, read.act, read.occasion)
        for commitment in organisation.documents_of(read.act):
            committed[commitment] = place
        report.findings += _lost_numbers(read, place)
        if read.name in _COUNTED and not getattr(read.act, "lot_needed", False):
            name = _COUNTED[read.name]
            setattr(report, name, getattr(report, name) + 1)
    report.entries, report.state, report.last_time = len(leaves), state, state.time
    progress(len(leaves))
    if broken:
        report.findings.append(
            Finding(
                f"the {len(leaves) - state.size:,} entries from entry {state.size} on could not be "
                "replayed, because of that"
            )
        )
    return committed


def _not_allowed(state: State, read: entry.Entry, place: int) -> Finding | None:
    if read.code not in organisation.KNOWN_CODES:
        return Finding(
            f"was decided by version {read.code} of the rules' code, which this program is too old "
            "to know",
            place,
            read.name,
        )
    if read.occasion.sequence != place:
        return Finding(
            f"says that it is entry {read.occasion.sequence}: entries were removed, added or "
            "swapped",
            place,
            read.name,
        )
    refusal = organisation.decide(state, read.act, read.occasion)
    if refusal is None:
        return None
    return Finding(
        f"is not allowed by the rules: {refusal.because}", place, read.name, refusal.rule
    )


def _lost_numbers(read: entry.Entry, place: int) -> list[Finding]:
    """The numbers of a lot that members handed in and the keeper could not open."""
    if not isinstance(read.act, OpenNumbers) or not read.act.lost:
        return []
    whose = ", ".join(read.act.lost)
    what = (
        f"the keeper could not open a number that was handed in for lot {read.act.of} (by {whose})"
        ": it cancelled the lot"
    )
    return [Finding(what, place, read.name, "lots.source")]


def _papers(state: State) -> Iterator[str]:
    """The elections on paper, and whose word it is that the papers were so."""
    for number, election in sorted(state.elections.elections.items()):
        if election.paper and election.result is not None:
            papers = sum(paper.weight for paper in election.papers)
            yield (
                f"Election {number} rests on {papers:,} papers, entered by "
                f"{', '.join(election.entered_by) or 'nobody'} and ended by {election.ended_by}: "
                "that they were typed in as they were cast is their word."
            )


def _signature(
    export: folder.Export, verifier: note.Verifier | None, leaves: list[bytes], report: Report
) -> checkpoint.Checkpoint | None:
    if verifier is None:
        return None
    try:
        signed = checkpoint.open_checkpoint(export.checkpoint, verifier)
    except checkpoint.BadCheckpoint as error:
        report.findings.append(Finding(f"the checkpoint cannot be believed: {error}"))
        return None
    if signed.size != len(leaves):
        report.findings.append(
            Finding(
                f"the keeper signed {signed.size:,} entries, and the export holds {len(leaves):,}: "
                "entries were removed or added"
            )
        )
    elif tree.levels(leaves).root_of(0, len(leaves)) != signed.root:
        report.findings.append(
            Finding("the entries are not those that the keeper signed: something was changed")
        )
    elif signed.origin != report.state.founding.origin:
        report.findings.append(Finding(f"the checkpoint is of another record, {signed.origin}"))
    else:
        report.signed = True
    return signed


def _texts(export: folder.Export, committed: dict[str, int], report: Report) -> None:
    words = _words_stated(report.state)
    absent = dict(committed)
    for thing in folder.openings(export):
        if not commitments.opens(thing.commitment, thing.payload, thing.salt, thing.domain):
            place = committed.get(thing.commitment)
            report.findings.append(
                Finding("its text is not the one that was handed in: it was changed", place)
            )
        elif thing.domain == commitments.DOCUMENT:
            if thing.commitment not in committed:
                report.findings.append(Finding("a text is there that no entry speaks of"))
                continue
            report.texts += 1
            stated = words.get(thing.commitment)
            if stated is not None and stated != _words(thing.payload):
                report.findings.append(
                    Finding(
                        f"states {stated} words, and its text has {_words(thing.payload)}",
                        committed[thing.commitment],
                        "bulletin.hand_in",
                        "bulletin.words",
                    )
                )
        absent.pop(thing.commitment, None)
    report.texts_absent = len(absent)


def _words_stated(state: State) -> dict[str, int]:
    return {
        version.text: version.words
        for contribution in state.bulletin.contributions.values()
        for version in contribution.versions
    }


def _words(payload: bytes) -> int:
    try:
        value = canonical.decode(payload)
    except canonical.NotCanonical:
        return -1
    return len(str(value.get("text", "")).split()) if isinstance(value, dict) else -1


def _receipt(
    text: str, verifier: note.Verifier | None, leaves: list[bytes], report: Report
) -> None:
    """Holds a member's receipt against the record."""
    if verifier is None:
        return
    try:
        proved = receipt.verify_with(text, verifier)
    except receipt.ReceiptRefused as error:
        report.findings.append(Finding(f"a receipt proves nothing: {error}"))
        return
    report.receipts += 1
    place = proved.entry.occasion.sequence
    if proved.size > len(leaves):
        report.findings.append(
            Finding(
                f"a receipt proves a record of {proved.size:,} entries and this one has "
                f"{len(leaves):,}: its end was cut off",
                place,
                proved.entry.name,
            )
        )
    elif tree.levels(leaves[: proved.size]).root_of(0, proved.size) != proved.root:
        report.findings.append(
            Finding(
                "a receipt proves another history than this one: the record was rewritten",
                place,
                proved.entry.name,
            )
        )


def in_plain_words(report: Report) -> Iterator[str]:
    """The report as sentences: what was checked, what was found, how far to trust it."""
    yield (
        f"The record of {report.origin or 'an unnamed organisation'}: {report.entries:,} entries, "
        f"the last of {on(report.last_time)} (entry {max(report.entries - 1, 0):,}). What came "
        "after that this export cannot tell."
    )
    yield f"Replayed by the rules: {report.state.size:,} entries."
    yield f"Counted again: {report.votes:,} votes of the floor, {report.elections:,} elections."
    yield from _papers(report.state)
    yield (
        f"Texts checked against the record: {report.texts:,}; "
        f"{report.texts_absent:,} are not in this export (erased, or withheld)."
    )
    if report.receipts:
        yield f"Receipts held against it: {report.receipts:,}."
    if report.sound:
        yield (
            f"What it comes to: the state {state_digest.digest(report.state)}. Whoever replays the "
            "same record comes to the same."
        )
    for finding in report.findings:
        where = "" if finding.entry is None else f"entry {finding.entry:,}"
        act = f" ({finding.act})" if finding.act else ""
        rule = f" [{finding.rule}]" if finding.rule else ""
        yield f"FOUND: {where}{act}{' ' if where else ''}{finding.what}{rule}"
    if report.findings:
        yield f"This record is not sound: {len(report.findings)} findings."
    elif report.vouched:
        yield "Nothing wrong was found, under the key that you vouch for."
    else:
        yield (
            "Nothing wrong was found, but under a key that nobody vouched for: whoever made this "
            "folder may have made the key too. Ask your branch for the record's key and give it "
            "with --key."
        )


def as_json(report: Report) -> dict[str, Any]:
    """The report as one JSON object."""
    return {
        "sound": report.sound,
        "vouched": report.vouched,
        "signed": report.signed,
        "origin": report.origin,
        "entries": report.entries,
        "last_time": report.last_time,
        "votes": report.votes,
        "elections": report.elections,
        "texts": report.texts,
        "texts_absent": report.texts_absent,
        "receipts": report.receipts,
        "state": state_digest.digest(report.state) if report.sound else None,
        "findings": [
            {"what": f.what, "entry": f.entry, "act": f.act, "rule": f.rule}
            for f in report.findings
        ],
    }
