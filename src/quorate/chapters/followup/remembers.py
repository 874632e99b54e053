"""What the follow-up remembers: decisions, each with an owner and a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from immutables import Map

from quorate.chapters.copies import copied_quickly


@dataclass(frozen=True, slots=True)
class Report:
    """What was done about a decision. ``text``: commitment (domain DOCUMENT)."""

    text: str
    done: bool
    by: str
    time: int


@dataclass(frozen=True, slots=True)
class Task:
    """An adopted or referred decision. ``due``: ms; a referral comes back to the next convention.

    ``owner``: a body or a post. ``returns``: it stands on the next convention's agenda again.
    ``taken_on``: the date was named for just this decision; before, it is the rulebook's.
    ``rejected``: ms, when the convention that it came back to rejected it.
    """

    proposal: int
    convention: int
    owner: str
    due: int
    returns: bool
    taken_on: bool = False
    returned_to: int | None = None
    rejected: int | None = None
    reports: tuple[Report, ...] = ()


@copied_quickly
class Followup(NamedTuple):
    tasks: Map[int, Task] = Map()
