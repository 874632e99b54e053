"""The dates of a convention year: they follow from the rulebook and the hour of the opening."""

from __future__ import annotations

from quorate.chapters.calendar import DAY
from quorate.chapters.floor.remembers import Convention, Dates
from quorate.chapters.state import State
from quorate.rulebook.schema import Rulebook


def dates(rules: Rulebook, opens: int) -> Dates:
    """Every date of the year for a convention that opens at ``opens`` (ms)."""

    def before(days: int) -> int:
        return opens - days * DAY

    cut_off = before(rules.membership.roll_cut_off)
    challenges_until = cut_off + rules.membership.roll_challenge * DAY
    return Dates(
        bulletin_opens=before(rules.bulletin.opens),
        issues=tuple(sorted(before(days) for days in rules.bulletin.issues)),
        roll_cut_off=cut_off,
        challenges_until=challenges_until,
        roll_final=challenges_until + rules.membership.challenges_decided_within * DAY,
        nominations_open=before(rules.delegates.nominations_open),
        election_opens=before(rules.delegates.election_opens),
        election_closes=before(rules.delegates.election_closes),
        bulletin_closes=before(rules.bulletin.closes),
        seconding_closes=before(rules.proposals.seconding_closes),
        answers_due=before(rules.proposals.answer_due),
        opens=opens,
    )


def current(state: State) -> Convention | None:
    """The convention that is called or sitting, if any."""
    number = state.floor.current
    return None if number is None else state.floor.conventions[number]
