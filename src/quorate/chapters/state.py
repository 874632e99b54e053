"""The state of an organisation: one slice a chapter, nothing but the record replayed."""

from __future__ import annotations

from typing import NamedTuple

from quorate.chapters.bulletin.remembers import Bulletin
from quorate.chapters.calendar import Calendar
from quorate.chapters.copies import copied_quickly
from quorate.chapters.delegates.remembers import Delegates
from quorate.chapters.devices.remembers import Devices
from quorate.chapters.elections.remembers import Elections
from quorate.chapters.erasing.remembers import Erasing
from quorate.chapters.floor.remembers import Floor
from quorate.chapters.followup.remembers import Followup
from quorate.chapters.founding.remembers import Founding
from quorate.chapters.keys.remembers import Keys
from quorate.chapters.lots.remembers import Lots
from quorate.chapters.membership.remembers import Membership
from quorate.chapters.offices.remembers import Offices
from quorate.chapters.proposals.remembers import Proposals
from quorate.chapters.secret.remembers import Secret
from quorate.chapters.witnesses.remembers import Witnesses
from quorate.rulebook.schema import Rulebook


class NotFounded(Exception):
    """The record is empty: no rulebook has been adopted yet."""


@copied_quickly
class State(NamedTuple):
    """``size``: entries applied so far. ``time``: of the last entry, ms since 1970 UTC."""

    size: int = 0
    time: int = 0
    founding: Founding = Founding()
    calendar: Calendar = Calendar()
    membership: Membership = Membership()
    offices: Offices = Offices()
    bulletin: Bulletin = Bulletin()
    proposals: Proposals = Proposals()
    delegates: Delegates = Delegates()
    elections: Elections = Elections()
    floor: Floor = Floor()
    lots: Lots = Lots()
    followup: Followup = Followup()
    witnesses: Witnesses = Witnesses()
    devices: Devices = Devices()
    erasing: Erasing = Erasing()
    keys: Keys = Keys()
    secret: Secret = Secret()

    @property
    def rules(self) -> Rulebook:
        """The rulebook in force. Raises NotFounded before the first entry."""
        if self.founding.rules is None:
            raise NotFounded
        return self.founding.rules

    def at(self, size: int, time: int) -> State:
        """The same state at another place of the record."""
        return tuple.__new__(State, (size, time, *self[2:]))


EMPTY = State()
