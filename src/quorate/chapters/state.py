"""The state of an organisation: one slice a chapter, nothing but the record replayed."""

from __future__ import annotations

from dataclasses import dataclass, field

from quorate.chapters.bulletin.remembers import Bulletin
from quorate.chapters.calendar import Calendar
from quorate.chapters.delegates.remembers import Delegates
from quorate.chapters.elections.remembers import Elections
from quorate.chapters.floor.remembers import Floor
from quorate.chapters.followup.remembers import Followup
from quorate.chapters.founding.remembers import Founding
from quorate.chapters.lots.remembers import Lots
from quorate.chapters.membership.remembers import Membership
from quorate.chapters.offices.remembers import Offices
from quorate.chapters.proposals.remembers import Proposals
from quorate.rulebook.schema import Rulebook


class NotFounded(Exception):
    """The record is empty: no rulebook has been adopted yet."""


@dataclass(frozen=True, slots=True)
class State:
    """``size``: entries applied so far. ``time``: of the last entry, ms since 1970 UTC."""

    size: int = 0
    time: int = 0
    founding: Founding = field(default_factory=Founding)
    calendar: Calendar = field(default_factory=Calendar)
    membership: Membership = field(default_factory=Membership)
    offices: Offices = field(default_factory=Offices)
    bulletin: Bulletin = field(default_factory=Bulletin)
    proposals: Proposals = field(default_factory=Proposals)
    delegates: Delegates = field(default_factory=Delegates)
    elections: Elections = field(default_factory=Elections)
    floor: Floor = field(default_factory=Floor)
    lots: Lots = field(default_factory=Lots)
    followup: Followup = field(default_factory=Followup)

    @property
    def rules(self) -> Rulebook:
        """The rulebook in force. Raises NotFounded before the first entry."""
        if self.founding.rules is None:
            raise NotFounded
        return self.founding.rules

    def at(self, size: int, time: int) -> State:
        """The same state at another place of the record. Written out, for every entry needs it."""
        return State(
            size,
            time,
            self.founding,
            self.calendar,
            self.membership,
            self.offices,
            self.bulletin,
            self.proposals,
            self.delegates,
            self.elections,
            self.floor,
            self.lots,
            self.followup,
        )


EMPTY = State()
