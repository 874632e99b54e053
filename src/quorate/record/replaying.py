"""Replaying an exported record by the rules, and what its entries commit to on the way.

A replay can start where an earlier one of the same record ended (``record/continuing.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from quorate import organisation
from quorate.chapters.clause import RULEBOOK
from quorate.chapters.keys.replace import Replace
from quorate.chapters.state import EMPTY, State
from quorate.record import entry, folder, replacing, tiles, tree
from quorate.record.named import Named, Names
from quorate.record.report import Finding, Report
from quorate.record.sealed import lost_in
from quorate.rulebook.weighty import IN_WORDS

Progress = Callable[[int], None]
_COUNTED = {"floor.close_vote": "votes", "elections.declare": "elections"}


@dataclass
class Replayed:
    """Where a replay stands. ``leaves``: the hashes of the entries, beside each other.
    ``documents``, ``sheets``: where the record names each commitment first. ``erased``: commitment
    → the act that erased what stood behind it. ``votes``, ``elections``: counted again.
    ``signed_acts``: by devices of members; ``vouched_acts``: acts that carry weight and are not."""

    state: State = EMPTY
    leaves: bytearray = field(default_factory=bytearray)
    documents: Names = field(default_factory=Names)
    sheets: Names = field(default_factory=Names)
    erased: dict[str, Named] = field(default_factory=dict)
    votes: int = 0
    elections: int = 0
    signed_acts: int = 0
    vouched_acts: int = 0

    @property
    def size(self) -> int:
        """How many entries were read, replayed or not."""
        return len(self.leaves) // tree.HASH_BYTES


def replay(export: folder.Export, replayed: Replayed, report: Report, progress: Progress) -> None:
    """Replays by the rules every entry after those that are replayed; what they do not allow is
    found, and the entries after it are read and not replayed."""
    state, leaves, broken = replayed.state, replayed.leaves, False
    decide, apply, kind_of = organisation.decide, organisation.apply, _kind_of
    for place, data in enumerate(_entries(export, report, replayed.size), replayed.size):
        leaves += tree.leaf_hash(data)
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
        finding = _misplaced(read, place)
        if finding is None and (refusal := decide(state, read.act, read.occasion)) is not None:
            what = f"is not allowed by the rules: {refusal.because}"
            finding = Finding(what, place, read.name, refusal.rule)
        if finding is None and isinstance(read.act, Replace):
            finding = _replaced(state, read.act, place, leaves)
        if finding is not None:
            report.findings.append(finding)
            broken = True
            continue
        kind = kind_of(read.name)
        if kind.committed:
            _note(replayed, read, kind.committed)
        if kind.erases:
            for gone in organisation.erased_with(state, read.act, read.occasion):
                replayed.erased.setdefault(gone.commitment, Named(place, read.name))
        if read.occasion.signed is not None:
            replayed.signed_acts += 1
        elif kind.weighty:
            replayed.vouched_acts += 1
        if read.occasion.by == RULEBOOK:
            report.findings.extend(lost_in(state, read))
        state = apply(state, read.act, read.occasion)
        if kind.counted and not getattr(read.act, "lot_needed", False):
            setattr(replayed, kind.counted, getattr(replayed, kind.counted) + 1)
    replayed.state = state
    progress(replayed.size)
    if broken:
        report.findings.append(
            Finding(
                f"the {replayed.size - state.size:,} entries from entry {state.size} on could not "
                "be replayed, because of that"
            )
        )


def _entries(export: folder.Export, report: Report, start: int) -> Iterator[bytes]:
    """The export's entries from ``start`` on, as far as they can be read."""
    try:
        yield from folder.entries(export, start)
    except tiles.BadTile as error:
        report.findings.append(Finding(f"the record's files are damaged: {error}"))


def _note(replayed: Replayed, read: entry.Entry, committed: tuple[tuple[str, str], ...]) -> None:
    """Takes down what the entry commits to, by these of its act's fields."""
    place = read.occasion.sequence
    for name, what in committed:
        commitment = getattr(read.act, name)
        if commitment:
            names = replayed.documents if what == "document" else replayed.sheets
            names.note(commitment, place, read.name)


class _Kind(NamedTuple):
    """What an act's name says of it. ``committed``: its fields that commit to a text or a personal
    sheet, and to which. ``counted``: as what of ``Replayed``, if at all."""

    committed: tuple[tuple[str, str], ...]
    erases: bool
    weighty: bool
    counted: str


@cache
def _kind_of(act: str) -> _Kind:
    marks = organisation.committed_fields(act).items()
    return _Kind(
        tuple((name, mark.what) for name, mark in marks if mark.what in ("document", "person")),
        organisation.CLAUSES[act].erases is not None,
        act in IN_WORDS,
        _COUNTED.get(act, ""),
    )


def _replaced(state: State, act: Replace, place: int, leaves: bytearray) -> Finding | None:
    """What is wrong with putting other keys in the place of lost ones."""
    grown = tree.levels_over(leaves[: place * tree.HASH_BYTES])
    refusal = replacing.refusal(state, act, lambda size: grown.root_of(0, size))
    if refusal is None:
        return None
    what = f"is not allowed by the rules: {refusal.because}"
    return Finding(what, place, "keys.replace", refusal.rule)


def _misplaced(read: entry.Entry, place: int) -> Finding | None:
    """What is wrong with the entry before any rule is asked."""
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
    return None
