"""The lane's clock. Time never goes back, and a jump halts the lane instead of letting deadlines
fall due that have not come."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Protocol

from quorate.store.halted import Halted

TOLERANCE = 90_000
"""The wall clock may be so many milliseconds away from where the machine's steady clock says that
it should be; beyond that the lane halts."""

SLEW = 500
"""Millionths: so much faster or slower than the steady clock a clock may run that is being set
right. NTP never slews more. At that rate 43 seconds a day are forgiven, whoever sets the clock."""


class ClockJumped(Halted):
    """The machine's clock jumped; nothing is recorded until it is right again."""


def _wall() -> int:
    return time.time_ns() // 1_000_000


def _steady() -> int:
    return time.monotonic_ns() // 1_000_000


class Ticking(Protocol):
    """What gives the lane its time: the clock, or the time of a story that is told."""

    def now(self, last: int) -> int: ...


_NS = 1_000_000
"""Nanoseconds of a millisecond: what is forgiven between two looks is less than one of these."""


@dataclass(frozen=True, slots=True)
class _Held:
    """``offset``: where the wall clock is held to stand against the steady one, ns; ``at``: what
    the steady one showed when that was last looked at, ms."""

    offset: int
    at: int

    def looked_at(self, offset: int, steady: int) -> _Held:
        """What is held after a look: moved towards ``offset``, but only by what a clock that is
        slewed can have moved since the last one. So many small jumps are one large one."""
        now = max(steady, self.at)  # another thread may have looked a moment later
        most = (now - self.at) * _NS * SLEW // 1_000_000
        moved = min(max(offset - self.offset, -most), most)
        return _Held(self.offset + moved, now)


@dataclass
class Clock:
    """The wall clock, held against the steady clock since the start of the process."""

    _held: _Held = field(default_factory=lambda: _Held((_wall() - _steady()) * _NS, _steady()))

    def now(self, last: int) -> int:
        """The time for the next entry, ms; ``last``: the last entry's. Raises ClockJumped."""
        wall, steady = _wall(), _steady()
        offset = (wall - steady) * _NS
        self._held = held = self._held.looked_at(offset, steady)
        away = (offset - held.offset) // _NS
        if abs(away) > TOLERANCE:
            raise ClockJumped(
                f"The server's clock jumped by {away / 1000:.0f} seconds. Nothing is recorded "
                "until it is right: set the clock, then start the server again."
            )
        if last - wall > TOLERANCE:
            raise ClockJumped(
                f"The server's clock is {(last - wall) / 1000:.0f} seconds behind the last entry "
                "of the record. Nothing is recorded until it is right: set the clock."
            )
        return max(wall, last)
