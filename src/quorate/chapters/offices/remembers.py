"""What the offices remember: who holds which post or body's seat, since when, by whose choice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from immutables import Map

How = Literal["first holder", "elected", "appointed"]
Ended = Literal["term", "resigned", "recalled", "left", "replaced", "abolished"]

Office = tuple[str, str]
"""A body's or post's name, and its place: "" for the whole organisation, else the code of the
region or branch."""


@dataclass(frozen=True, slots=True)
class Holding:
    """``member`` holds the office from ``since`` (ms) until ``until``, or until ``ended``.

    Whoever holds it when the term ends stays until somebody else is chosen. ``chosen_by``:
    "founding", an election's number, or the pseudonym of whoever appointed them.
    """

    office: Office
    member: str
    since: int
    until: int
    how: How
    chosen_by: str
    entry: int
    ended: int | None = None
    ended_how: Ended | None = None


@dataclass(frozen=True, slots=True)
class Offices:
    """``now``: those who hold each office; ``past``: every holding that has ended.

    ``recalls``: office and holder → who has said that they be recalled, with the commitments to
    their reasons, while that is not decided.
    """

    now: Map[Office, tuple[Holding, ...]] = field(default_factory=Map)
    past: tuple[Holding, ...] = ()
    recalls: Map[tuple[Office, str], Map[str, str]] = field(default_factory=Map)
