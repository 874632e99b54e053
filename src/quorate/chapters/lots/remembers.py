"""What the lots chapter remembers: every draw, cancelled ones too.

A seed that no one person can choose or redraw: members first commit to a number each; when that
is closed they hand in the numbers, sealed; when that is closed too all are opened at once. Who
withholds a number does so blind, and is named. A number that was handed in and cannot be opened is
the keeper's fault: it cancels the draw, and every check of the record finds it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from immutables import Map

from quorate.chapters.copies import copied_quickly

Purpose = Literal["agenda", "delegates", "election", "trustee"]
"""``delegates``: every tie in the branches' elections of delegates to one convention. ``trustee``:
one of a register of voting keys."""


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw for ``purpose`` number ``of`` (a convention's, an election's, a register's).

    ``called_by``: a member, or the rulebook where a tie called it.

    ``commitments``: member → commitment (domain CHOICE) to their number. ``handed_in``: members
    whose number the lane holds sealed. ``numbers``: member → number (text) after the opening.
    ``withheld``: who committed and did not hand in. ``lost``: who handed in a number that cannot be
    opened; they are not to blame. ``participants``: so many numbers are needed, by the rulebook as
    it stood at the call.
    ``public``: the public source named beforehand, "" when members draw. ``seed``: hex, once drawn:
    SHA-256 of "quorate/lot/v1" and the lines member=number in the order of members, each ended by
    a newline.
    """

    number: int
    purpose: Purpose
    of: int
    called: int
    called_by: str
    commit_until: int
    reveal_until: int
    participants: int
    public: str = ""
    commitments: Map[str, str] = field(default_factory=Map)
    handed_in: Map[str, None] = field(default_factory=Map)
    numbers: Map[str, str] = field(default_factory=Map)
    withheld: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    seed: str | None = None
    drawn: int | None = None
    cancelled: int | None = None


@copied_quickly
class Lots(NamedTuple):
    draws: Map[int, Draw] = Map()
