"""Plain words for refusals: dates, numbers, lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def on(time: int) -> str:
    """ms → "24 May 2026, 15:20 UTC"."""
    moment = datetime.fromtimestamp(time // 1000, UTC)
    month = MONTHS[moment.month - 1]
    return f"{moment.day} {month} {moment.year}, {moment.hour:02}:{moment.minute:02} UTC"


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 branch", "2 branches"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str], limit: int = 5) -> str:
    """ "a, b and c"; past the limit "… and 7 more"."""
    shown = list(names[:limit])
    if len(names) > limit:
        return f"{', '.join(shown)} and {len(names) - limit} more"
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"
