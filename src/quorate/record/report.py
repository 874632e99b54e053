"""What checking a record comes to: what was checked, what was found, in plain words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from quorate.chapters.keys.remembers import Change
from quorate.chapters.plain import counted, listed, on
from quorate.chapters.state import EMPTY, State


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong. ``entry``: its place in the record, None for the whole.

    ``rule``: dotted path of the broken rule, "" where it is the record itself that is broken.
    """

    what: str
    entry: int | None = None
    act: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Withheld:
    """What an export leaves out by right: how many of what, and why."""

    number: int
    what: str
    because: str


@dataclass
class Report:
    """What was checked and what was found. ``signed_acts``: by devices of members;
    ``vouched_acts``: acts that carry weight, and that nobody but the keeper vouches for.
    ``witnessed_by``: witness that the record names → how
    many entries it has cosigned; ``witnessed_to``: entries that enough of them have, by the
    rulebook; ``trusted_to``: that enough of those have whom the one who checks trusts, None where
    they named none. ``seen``: kept checkpoints that were held against it. ``keys``: that sign the
    record now; ``key_changes``: of them, since those that the one who checks gave.
    ``registers``: of voting keys, whose roll was found to follow from the claims. ``boxes``: of
    ballots, each found to be what the record says, and to give its result.
    ``receipts_say``: what holding each receipt against the record shows, in sentences.
    ``texts_absent``: texts that are not in the export, each of them either erased by an act or
    found missing. ``erased_by``: act → its entries that had something erased.
    ``continued``: entries that an earlier check on this machine replayed, and this one only hashed;
    ``thrown_away``: why what an earlier check kept was not used."""

    origin: str = ""
    entries: int = 0
    last_time: int = 0
    vouched: bool = False
    signed: bool = False
    signed_acts: int = 0
    vouched_acts: int = 0
    votes: int = 0
    elections: int = 0
    texts: int = 0
    texts_absent: int = 0
    sheets: int = 0
    continued: int = 0
    thrown_away: str = ""
    witnessed_by: dict[str, int] = field(default_factory=dict)
    witnessed_to: int = 0
    trusted_to: int | None = None
    seen: int = 0
    keys: tuple[str, ...] = ()
    key_changes: tuple[Change, ...] = ()
    registers: int = 0
    boxes: int = 0
    receipts: int = 0
    receipts_say: list[str] = field(default_factory=list)
    erased: int = 0
    erased_by: dict[str, list[int]] = field(default_factory=dict)
    withheld: list[Withheld] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    state: State = EMPTY

    @property
    def sound(self) -> bool:
        """Nothing wrong was found. Whose key it was still has to be vouched for."""
        return not self.findings


def in_plain_words(report: Report) -> Iterator[str]:
    """The report as sentences: what was checked, what was found, how far to trust it."""
    yield (
        f"The record of {report.origin or 'an unnamed organisation'}: {report.entries:,} entries, "
        f"the last of {on(report.last_time)} (entry {max(report.entries - 1, 0):,}). What came "
        "after that this export cannot tell."
    )
    yield f"Replayed by the rules: {report.state.size - report.continued:,} entries."
    if report.continued:
        yield (
            f"The first {report.continued:,} entries are those that an earlier check on this "
            "machine replayed; this one goes on from what it kept, and has only hashed them."
        )
    if report.thrown_away:
        yield (
            f"What an earlier check kept was thrown away: {report.thrown_away}. Everything was "
            "replayed."
        )
    if report.signed_acts:
        yield (
            f"Signed by members' own devices: {report.signed_acts:,}. Of acts that carry weight "
            f"{report.vouched_acts:,} are not: that the members did them is the keeper's word."
        )
    yield f"Counted again: {report.votes:,} votes of the floor, {report.elections:,} elections."
    yield from _papers(report.state)
    yield f"Texts checked against the record: {report.texts:,}."
    if report.sheets:
        yield f"Personal sheets checked against the record: {report.sheets:,}."
    if report.registers:
        yield (
            f"Registers of voting keys verified, from the claims to the roll: {report.registers:,}."
        )
    if report.boxes:
        yield f"Ballot boxes verified, every ballot in them: {report.boxes:,}."
    if report.erased:
        yield (
            f"Erased by acts that stand in the record: {report.erased:,}. "
            + " ".join(_erased_by(act, at) for act, at in sorted(report.erased_by.items()))
        )
    for withheld in report.withheld:
        yield f"Withheld: {withheld.number:,} {withheld.what}. {withheld.because}"
    yield from _witnesses(report)
    yield from _keys(report)
    if report.receipts:
        yield f"Receipts held against it: {report.receipts:,}."
    yield from report.receipts_say
    yield from findings_in_words(report)
    if report.findings:
        yield f"This record is not sound: {counted(len(report.findings), 'finding')}."
    elif report.vouched:
        yield "Nothing wrong was found, under the key that you vouch for."
    else:
        yield (
            "Nothing wrong was found, but under a key that nobody vouched for: whoever made this "
            "folder may have made the key too. Ask your branch for the record's key and give it "
            "with --key."
        )


NAMED = 12
"""So many entries are named one by one."""


def _erased_by(act: str, entries: list[int]) -> str:
    if len(entries) > NAMED:
        return (
            f"By {act}: {len(entries):,} entries, from entry {entries[0]:,} to entry "
            f"{entries[-1]:,}; --json lists each."
        )
    where = "entry" if len(entries) == 1 else "entries"
    return f"By {act}: {where} {listed([f'{entry:,}' for entry in entries])}."


def _witnesses(report: Report) -> Iterator[str]:
    """Who else signed it, and whether that suffices."""
    named = len(report.state.witnesses.now)
    if report.witnessed_by:
        names = ", ".join(
            f"{name} to entry {size - 1:,}" for name, size in sorted(report.witnessed_by.items())
        )
        yield (
            f"Cosigned by {len(report.witnessed_by)} of the {named} witnesses that it names: "
            f"{names}."
        )
    elif named:
        yield f"None of the {named} witnesses that it names has cosigned it."
    if report.witnessed_to:
        yield f"By its own rulebook it is witnessed to entry {report.witnessed_to - 1:,}."
    if report.trusted_to:
        yield f"By the witnesses that you trust it is witnessed to entry {report.trusted_to - 1:,}."
    if report.seen:
        yield f"Kept checkpoints held against it: {report.seen:,}."


def _keys(report: Report) -> Iterator[str]:
    """How the keys that sign it were changed, and which sign it now."""
    for change in report.state.keys.changes:
        if change.agreed:
            yield (
                f"At entry {change.entry:,}, of {on(change.time)}, the record's key was changed by "
                f"{change.by}: the old one has signed that the new one follows it."
            )
        else:
            yield (
                f"At entry {change.entry:,}, of {on(change.time)}, the record's key was replaced "
                f"by {change.by} without the old one's signature. {_witnessed_then(change)}"
            )
    if report.key_changes and report.vouched:
        yield (
            "The key that you gave is an earlier one of this record. Keep the newest: "
            f"{' '.join(report.keys)}"
        )


def _witnessed_then(change: Change) -> str:
    if not change.witnessed:
        return "No witness had to have seen what stands before it."
    between = change.entry - change.witnessed
    more = f", {counted(between, 'entry', 'entries')} before that" if between else ""
    return f"Witnesses had cosigned the record to entry {change.witnessed - 1:,}{more}."


def _papers(state: State) -> Iterator[str]:
    """The elections on paper, and whose word it is that the papers were so."""
    for number, election in sorted(state.elections.elections.items()):
        if election.paper and election.result is not None:
            papers = sum(paper.weight for paper in election.papers)
            tellers = ", ".join(election.entered_by)
            yield (
                f"Election {number} rests on {counted(papers, 'paper')}, entered by {tellers} and "
                f"ended by {election.ended_by}: that they were typed in as they were cast is their "
                "word."
                if papers
                else f"Election {number} rests on no papers: that there were none is the word of "
                f"{tellers} and {election.ended_by}."
            )


def findings_in_words(report: Report) -> Iterator[str]:
    """Each finding as a sentence."""
    for finding in report.findings:
        where = "" if finding.entry is None else f"entry {finding.entry:,}"
        act = f" ({finding.act})" if finding.act else ""
        rule = f" [{finding.rule}]" if finding.rule else ""
        yield f"FOUND: {where}{act}{' ' if where else ''}{finding.what}{rule}"


def as_json(report: Report) -> dict[str, Any]:
    """The report as one JSON object."""
    return {
        "sound": report.sound,
        "vouched": report.vouched,
        "signed": report.signed,
        "origin": report.origin,
        "entries": report.entries,
        "continued": report.continued,
        "thrown_away": report.thrown_away,
        "last_time": report.last_time,
        "signed_acts": report.signed_acts,
        "vouched_acts": report.vouched_acts,
        "votes": report.votes,
        "elections": report.elections,
        "texts": report.texts,
        "texts_absent": report.texts_absent,
        "sheets": report.sheets,
        "erased": report.erased,
        "erased_by": report.erased_by,
        "withheld": [
            {"number": w.number, "what": w.what, "because": w.because} for w in report.withheld
        ],
        "witnessed_by": report.witnessed_by,
        "witnessed_to": report.witnessed_to,
        "trusted_to": report.trusted_to,
        "seen": report.seen,
        "keys": list(report.keys),
        "key_changes": [
            {"entry": c.entry, "by": c.by, "agreed": c.agreed} for c in report.state.keys.changes
        ],
        "registers": report.registers,
        "boxes": report.boxes,
        "receipts": report.receipts,
        "receipts_say": report.receipts_say,
        "findings": [
            {"what": f.what, "entry": f.entry, "act": f.act, "rule": f.rule}
            for f in report.findings
        ],
    }
