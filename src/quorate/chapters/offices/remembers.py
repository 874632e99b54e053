"""What the offices remember: who holds which post or body's seat, since when, by whose choice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from immutables import Map

from quorate.chapters.copies import copied_quickly
from quorate.chapters.elections.remembers import SealedBallot
from quorate.chapters.floor.remembers import Choice, Tally
from quorate.rulebook.schema import Majority

How = Literal["first holder", "elected", "appointed"]
Ended = Literal["term", "resigned", "recalled", "left", "replaced", "abolished"]

Office = tuple[str, str]
"""A body's or post's name, and its place: "" for the whole organisation, else the code of the
region or branch."""


@dataclass(frozen=True, slots=True)
class Holding:
    """``member`` holds the office from ``since`` (ms) until ``until``, or until ``ended``.

    Whoever holds it when the term is over stays until somebody else is chosen, and is overdue;
    with ``ends``, they hold it no longer. ``chosen_by``: "founding", an election's number, or the
    pseudonym of whoever appointed them.
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
    ends: bool = False


@dataclass(frozen=True, slots=True)
class RecallVote:
    """A vote of an assembly on recalling ``member`` from ``office``, held ``since`` that entry.

    ``assembly``: "convention", "region" or "branch"; ``convention``: the one that votes, else 0.
    ``voters``: seats or members who had a voice when it opened. ``majority``: as the rulebook was
    then. ``reasons``: why, in writing, of each voice that demanded it. ``sealed``,
    ``opened_choices``, ``lost``, ``spoilt``: as for a vote of the floor. ``quorum``: so many voices
    must vote, or it decides nothing.
    """

    number: int
    office: Office
    member: str
    since: int
    assembly: str
    convention: int
    opened: int
    closes: int
    majority: Majority
    voters: Map[str, None]
    reasons: Map[str, str] = field(default_factory=Map)
    sealed: Map[str, SealedBallot] = field(default_factory=Map)
    used: Map[str, None] = field(default_factory=Map)
    opened_choices: Map[str, Choice] = field(default_factory=Map)
    lost: tuple[str, ...] = ()
    spoilt: tuple[str, ...] = ()
    tally: Tally | None = None
    quorum: int = 0


@copied_quickly
class Offices(NamedTuple):
    """``now``: those who hold each office; ``past``: every holding that has ended.

    ``recalls``: office and holder → who has said that they be recalled, with the commitments to
    their reasons, while that is not decided. ``demands``: office and holder → in whose name an
    assembly's vote on their recall was demanded, with the commitments to the reasons. ``votes``:
    every such vote.
    """

    now: Map[Office, tuple[Holding, ...]] = Map()
    past: tuple[Holding, ...] = ()
    recalls: Map[tuple[Office, str], Map[str, str]] = Map()
    demands: Map[tuple[Office, str], Map[str, str]] = Map()
    votes: Map[int, RecallVote] = Map()
