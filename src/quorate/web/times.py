"""Times as people of the organisation read and write them: in its own time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from quorate.web.lane import lane


def local(time: int) -> datetime:
    """ms since 1970 UTC → that moment in the organisation's time."""
    return datetime.fromtimestamp(time / 1000, UTC).astimezone(_zone())


def ms_of(given: datetime) -> int:
    """A moment in the organisation's time, unless it states its own zone → ms since 1970 UTC."""
    at = given if given.tzinfo else given.replace(tzinfo=_zone())
    return int(at.timestamp() * 1000)


def _zone() -> ZoneInfo:
    return _named(lane().standing.state.rules.organisation.timezone)


@lru_cache(maxsize=8)
def _named(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "Europe" is a folder of them
        return ZoneInfo("UTC")
