"""What falls due, when: the deadlines that the rulebook keeps by itself.

A chapter puts a deadline here when it arises and strikes it when it is met. The write lane
records what fell due before any other act, so no act can slip past a deadline.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, replace

DAY = 24 * 60 * 60 * 1000
"""A day of the rulebook is 24 hours, in milliseconds: deadlines fall at the hour at which the
convention opens, and no change of the clocks or of a time zone's law moves them."""


HOUR = 60 * 60 * 1000
MINUTE = 60 * 1000


@dataclass(frozen=True, slots=True, order=True)
class Deadline:
    """At ``time`` the clause ``act`` falls due for its subject number ``of``.

    Deadlines at the same instant fall due in the order of their clauses' names and subjects.
    """

    time: int
    act: str
    of: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """The deadlines to come, in the order in which they fall due."""

    deadlines: tuple[Deadline, ...] = ()

    def due(self, time: int) -> Deadline | None:
        """The first deadline that has fallen due at ``time``, if any."""
        if self.deadlines and self.deadlines[0].time <= time:
            return self.deadlines[0]
        return None

    def add(self, *deadlines: Deadline) -> Calendar:
        """The calendar with these deadlines too."""
        ordered = list(self.deadlines)
        for deadline in deadlines:
            insort(ordered, deadline)
        return replace(self, deadlines=tuple(ordered))

    def strike(self, act: str, of: int) -> Calendar:
        """The calendar without the deadline of clause ``act`` for subject ``of``."""
        return Calendar(tuple(d for d in self.deadlines if (d.act, d.of) != (act, of)))
