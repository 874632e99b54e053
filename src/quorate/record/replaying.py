"""Replaying an exported record by the rules, and what its entries commit to on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from quorate import organisation
from quorate.chapters.clause import RULEBOOK
from quorate.chapters.state import EMPTY, State
from quorate.record import entry, folder, tiles, tree
from quorate.record.report import Finding, Report
from quorate.record.sealed import lost_in
from quorate.rulebook.weighty import IN_WORDS

Progress = Callable[[int], None]
_COUNTED = {"floor.close_vote": "votes", "elections.declare": "elections"}


class Named(NamedTuple):
    """Where the record names a commitment: the entry, and its act."""

    entry: int
    act: str


@dataclass
class Replayed:
    """``leaves``: the hash of each entry. ``documents``, ``sheets``: commitment → where the record
    names it first. ``erased``: commitment → the act that erased what stood behind it."""

    leaves: list[bytes] = field(default_factory=list)
    documents: dict[str, Named] = field(default_factory=dict)
    sheets: dict[str, Named] = field(default_factory=dict)
    erased: dict[str, Named] = field(default_factory=dict)


def replay(export: folder.Export, report: Report, progress: Progress) -> Replayed:
    """Replays every entry by the rules; what they do not allow is found."""
    state, broken = EMPTY, False
    replayed = Replayed()
    leaves = replayed.leaves
    for place, data in enumerate(_entries(export, report)):
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
        _note(replayed, state, read)
        if read.occasion.signed is not None:
            report.signed_acts += 1
        elif read.name in IN_WORDS:
            report.vouched_acts += 1
        if read.occasion.by == RULEBOOK:
            report.findings.extend(lost_in(state, read))
        state = organisation.apply(state, read.act, read.occasion)
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
    return replayed


def _entries(export: folder.Export, report: Report) -> Iterator[bytes]:
    """The export's entries, as far as they can be read."""
    try:
        yield from folder.entries(export)
    except tiles.BadTile as error:
        report.findings.append(Finding(f"the record's files are damaged: {error}"))


def _note(replayed: Replayed, state: State, read: entry.Entry) -> None:
    """Takes down what the entry commits to, and what it has erased."""
    place = read.occasion.sequence
    for what, commitment in _committed(read):
        names = replayed.documents if what == "document" else replayed.sheets
        names.setdefault(commitment, Named(place, read.name))
    for commitment in organisation.erased_with(state, read.act, read.occasion):
        replayed.erased.setdefault(commitment, Named(place, read.name))


def _committed(read: entry.Entry) -> Iterator[tuple[str, str]]:
    for name, what in _texts_and_sheets(read.name):
        commitment = getattr(read.act, name)
        if commitment:
            yield what, commitment


@cache
def _texts_and_sheets(act: str) -> tuple[tuple[str, str], ...]:
    """The act's fields that commit to a text or a personal sheet, and to which."""
    fields = organisation.committed_fields(act).items()
    return tuple((name, mark.what) for name, mark in fields if mark.what in ("document", "person"))


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
