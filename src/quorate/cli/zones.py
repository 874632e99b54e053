"""Whether a rulebook's time zone is one.

That is asked when a rulebook is checked and when an organisation is made, and not by the rules: no
rule depends on it, and what this machine knows of time zones must not decide what is on a record.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

from quorate.rulebook.fault import Fault
from quorate.rulebook.schema import Rulebook


def unknown_zone(rulebook: Rulebook) -> tuple[Fault, ...]:
    """The fault, if nobody knows the time zone. A machine that knows none at all finds none."""
    name = rulebook.organisation.timezone
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        if available_timezones():
            what = f'there is no time zone "{name}"; one is called, for example, Europe/London'
            return (Fault("organisation.timezone", what),)
    return ()
