"""The lane's clock. Time never goes back, and a jump halts the lane instead of letting deadlines
fall due that have not come."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Protocol

TOLERANCE = 90_000
"""A jump of more than so many milliseconds against the machine's steady clock halts the lane."""


class ClockJumped(Exception):
    """The machine's clock jumped; nothing is recorded until it is right again."""


def _wall() -> int:
    return time.time_ns() // 1_000_000


def _steady() -> int:
    return time.monotonic_ns() // 1_000_000


class Ticking(Protocol):
    """What gives the lane its time: the clock, or the time of a story that is told."""

    def now(self, last: int) -> int: ...


@dataclass
class Clock:
    """The wall clock, held against the steady clock since the start of the process.

    ``offset``: wall minus steady when it was last known to be right.
    """

    offset: int = field(default_factory=lambda: _wall() - _steady())

    def now(self, last: int) -> int:
        """The time for the next entry, ms; ``last``: the last entry's. Raises ClockJumped."""
        wall = _wall()
        drift = wall - _steady() - self.offset
        if abs(drift) > TOLERANCE:
            raise ClockJumped(
                f"The server's clock jumped by {drift / 1000:.0f} seconds. Nothing is recorded "
                "until it is right: set the clock, then start the server again."
            )
        if last - wall > TOLERANCE:
            raise ClockJumped(
                f"The server's clock is {(last - wall) / 1000:.0f} seconds behind the last entry "
                "of the record. Nothing is recorded until it is right: set the clock."
            )
        self.offset += drift
        return max(wall, last)
