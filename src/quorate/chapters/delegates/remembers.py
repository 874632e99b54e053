"""What the delegates chapter remembers: seats of each branch, who sits in them, guests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from immutables import Map

from quorate.chapters.copies import copied_quickly


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who sat in a seat, from when, and how they came to it."""

    member: str
    since: int
    how: Literal["elected", "stepped in"]
    entry: int


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat of a branch at a convention: one vote, whoever sits in it.

    ``id``: branch code, a dash and a number from 1. ``sittings``: the last one sits in it now;
    none while the seat is empty.
    """

    id: str
    branch: str
    sittings: tuple[Sitting, ...] = ()
    vacated: int | None = None

    @property
    def holder(self) -> str | None:
        if self.vacated is not None or not self.sittings:
            return None
        return self.sittings[-1].member


@dataclass(frozen=True, slots=True)
class Delegation:
    """A branch's seats and alternates (in order) at one convention.

    ``members``: on its frozen roll; the number of seats follows from it.
    """

    branch: str
    members: int
    seats: tuple[str, ...]
    election: int | None = None
    alternates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guest:
    """A guest: voice, no vote. ``person``: commitment to name and sending organisation, which
    nobody can open once they are ``erased``."""

    id: str
    person: str
    invited_by: str
    time: int
    ended: int | None = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Assembly:
    """The delegates of one convention. ``seated``: member → seat, for those who sit now.

    ``credentialed``: seats whose holder the credentials committee has checked.
    """

    convention: int
    apportioned: int
    delegations: Map[str, Delegation] = field(default_factory=Map)
    seats: Map[str, Seat] = field(default_factory=Map)
    seated: Map[str, str] = field(default_factory=Map)
    credentialed: Map[str, str] = field(default_factory=Map)
    guests: Map[str, Guest] = field(default_factory=Map)


@copied_quickly
class Delegates(NamedTuple):
    assemblies: Map[int, Assembly] = Map()
