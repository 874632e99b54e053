"""What the founding remembers: the rulebook in force, its versions, and what waits to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from quorate.chapters.copies import copied_quickly
from quorate.rulebook.amending import Change
from quorate.rulebook.schema import Rulebook


@dataclass(frozen=True, slots=True)
class RulebookVersion:
    """A version of the rulebook: in force from ``time``, by the entry ``entry``.

    ``proposals``: the adopted proposals that made it; empty for the first.
    """

    number: int
    rules: Rulebook
    time: int
    entry: int
    proposals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Adopted:
    """An adopted amendment to the rulebook that is not in force yet.

    ``not_carried``: why it could not come into force with the others, once that is known.
    """

    proposal: int
    changes: tuple[Change, ...]
    adopted: int
    not_carried: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """A text from before the record began. ``text``: commitment (domain DOCUMENT)."""

    text: str
    time: int
    entry: int


@copied_quickly
class Founding(NamedTuple):
    """``origin``: the record's name, in every checkpoint and receipt. ``complete``: ms, or None
    while the founder may still set things up; ``complete_entry``: the entry that completed it.
    ``programme``: as the founder brought it."""

    origin: str = ""
    rules: Rulebook | None = None
    versions: tuple[RulebookVersion, ...] = ()
    waiting: tuple[Adopted, ...] = ()
    not_carried: tuple[Adopted, ...] = ()
    complete: int | None = None
    programme: Brought | None = None
    complete_entry: int | None = None
