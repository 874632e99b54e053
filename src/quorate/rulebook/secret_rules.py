"""The rules of secret ballots: who could read them together, and when there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Literal

from pydantic import Field, StrictBool
from pydantic.dataclasses import dataclass

from quorate.rulebook.kinds import SHAPE, Days, Name, NumberOrShare

Hours = Annotated[int, Field(strict=True, ge=1, le=1000)]
Minutes = Annotated[int, Field(strict=True, ge=1, le=10_000)]
Few = Annotated[int, Field(strict=True, ge=2, le=1000)]


@dataclass(frozen=True, config=SHAPE)
class Side:
    """One of those who hold the key together. ``trustee``: "member", one whom ``named_by`` names;
    "outside", another organisation's, whom it names; "lot", a member who is drawn."""

    trustee: Literal["member", "outside", "lot"]
    named_by: Name | None = None


@dataclass(frozen=True, config=SHAPE)
class Secret:
    """Elections by secret ballot, for the offices that are ``secret``.

    ``sides``: each has a trustee; where there is none, no election is held so. ``needed`` of them
    decrypt. ``fewest_voters``: with fewer keys on the register there is no ballot by it.
    ``fewest_ballots``: a box with fewer is not opened. ``ballots_each``: so many of one voter are
    taken, of which the last counts. ``batch_minutes``: so often what was cast enters the box.
    ``papers_minutes``: so long after the close of such a poll those who claimed no key have their
    papers entered; the box is opened after that, or once they are. ``open_hours``: so long after
    the close the trustees have, to open it.
    ``answer_hours``: so long has a member who is drawn to make their key; then the next one.

    At a convention: ``keys_days``, by so many days before the opening the trustees have their keys;
    ``claims_minutes``, so long after the opening keys are claimed; ``mix_minutes``, so long after
    that the trustees have, to make the roll. In a branch or region, each after the one before,
    from the call of the election: ``keys_hours``, ``claims_hours``, ``mix_hours``.

    ``without_trustees``: how an election is held whose register is void: on "paper", or "later",
    with a new one.

    ``on_demand``: how many delegates, or which share of the seats, have to demand that an office
    which the convention elects openly be elected by secret ballot; 0: none can.
    """

    sides: Mapping[Name, Side] = field(default_factory=dict)
    needed: Annotated[int, Field(strict=True, ge=1, le=9)] = 2
    all_needed: StrictBool = False
    fewest_voters: Few = 10
    fewest_ballots: Few = 5
    ballots_each: Annotated[int, Field(strict=True, ge=1, le=100)] = 10
    batch_minutes: Minutes = 10
    papers_minutes: Minutes = 60
    open_hours: Hours = 48
    answer_hours: Hours = 48
    keys_days: Days = 14
    claims_minutes: Minutes = 60
    mix_minutes: Minutes = 60
    keys_hours: Hours = 24
    claims_hours: Hours = 36
    mix_hours: Hours = 12
    without_trustees: Literal["paper", "later"] = "paper"
    on_demand: NumberOrShare = 0
