"""How far the demo's story goes."""

from __future__ import annotations

from typing import Literal

from quorate.chapters.calendar import DAY, HOUR, MINUTE

Until = Literal["middle", "vote", "opening", "end"]
"""The middle of the year; a secret vote at the convention; just after it, when its box is to be
opened; the end of the year."""

VOTED_FOR = VOTES_FOR = 30 * MINUTE
"""So long the secret vote has been open when the demo is made, and still is."""

CLOSED_FOR = 10 * MINUTE
"""So long the box has been closed when the demo is made that stops before it is opened."""


def opening(now: int, until: Until) -> int:
    """When the convention opens (ms), for a story that stops ``now``."""
    return {
        "middle": now + 42 * DAY,
        "vote": now - 2 * HOUR,
        "opening": now - 3 * HOUR,
        "end": now - 5 * DAY,
    }[until]
