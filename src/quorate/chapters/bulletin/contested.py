"""Refusals that may still be overturned: each version's has an appeal and a time of its own."""

from __future__ import annotations

from quorate.chapters.bulletin.remembers import BulletinRefusal, Contribution
from quorate.chapters.calendar import DAY, Deadline
from quorate.chapters.clause import Refusal
from quorate.chapters.state import State
from quorate.rulebook.schema import Rulebook

RULE = "bulletin.appeal_to"


def rules_for(state: State, contribution: int) -> Rulebook:
    """The rulebook that the contribution was handed in under."""
    number = state.bulletin.contributions[contribution].convention
    convention = state.floor.conventions.get(number)
    return state.rules if convention is None else convention.rules


def appeal_until(state: State, contribution: Contribution, refusal: BulletinRefusal) -> int:
    """Until when (ms) the author may appeal against this refusal."""
    days = rules_for(state, contribution.number).bulletin.appeal_within
    return refusal.time + days * DAY


def to_appeal(
    state: State, contribution: Contribution, version: str, time: int
) -> BulletinRefusal | Refusal:
    """The refusal that an appeal at ``time`` (ms) means: of this version; where none is named, the
    only one that can be appealed against, or the latest where none can be any more."""
    if version:
        found = contribution.refusal_of(version)
        return found or Refusal(RULE, "This version was not refused.", "Look at its page.")
    if contribution.refusal is None:
        return Refusal(RULE, "It was not refused.", "Nothing is left to do.")
    able = [
        refusal
        for refusal in contribution.refusals
        if refusal.appeal is None and time < appeal_until(state, contribution, refusal)
    ]
    return _the_only(able, "refused") or contribution.refusal


def under_appeal(contribution: Contribution, version: str) -> BulletinRefusal | Refusal | None:
    """The refusal whose appeal is to be judged: of this version; where none is named, the only one
    of which an appeal is open. None where there is no such appeal."""
    if version:
        found = contribution.refusal_of(version)
        return found if found is not None and found.contested else None
    return _the_only(contribution.contested, "under appeal")


def _the_only(
    refusals: list[BulletinRefusal] | tuple[BulletinRefusal, ...], what: str
) -> BulletinRefusal | Refusal | None:
    """The one that there is; a refusal where there are several and none was named."""
    if len(refusals) > 1:
        return Refusal(
            RULE,
            f"{len(refusals)} versions of it are {what}, and each is decided by itself.",
            "Name the version that you mean.",
        )
    return refusals[0] if refusals else None


def settled_by(
    state: State, contribution: Contribution, refusal: BulletinRefusal, time: int
) -> int | None:
    """By when (ms) it is certain whether the refusal stands; None where it is at ``time``."""
    if refusal.appeal is None:
        until = appeal_until(state, contribution, refusal)
        return until if time < until else None
    return refusal.appeal.due if refusal.contested else None


def with_appeals_due(state: State, contribution: Contribution) -> State:
    """The state whose calendar has the first of the contribution's open appeals to fall due."""
    calendar = state.calendar.strike("bulletin.uphold_appeal", contribution.number)
    due = [one.appeal.due for one in contribution.contested if one.appeal is not None]
    if due:
        calendar = calendar.add(Deadline(min(due), "bulletin.uphold_appeal", contribution.number))
    return state._replace(calendar=calendar)
