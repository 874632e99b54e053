"""Suspensions that are decided and to come: from when, what takes them back, what puts them off.

Until then the member keeps every right. Otherwise a few could silence somebody in the middle of a
vote and undo it afterwards, when the vote is over and the silence has done its work.
"""

from __future__ import annotations

from quorate.chapters.calendar import DAY, Deadline
from quorate.chapters.dates import current
from quorate.chapters.membership.voices import without_voices
from quorate.chapters.state import State

TAKES_EFFECT = "membership.take_effect"
"""The clause that falls due for each of them; its subject is the entry that admitted the member."""


def to_come(state: State, member: str) -> int | None:
    """When (ms) the suspension of the member that is decided takes effect; None where none is."""
    return state.membership.suspensions.get(member)


def decided(state: State, member: str, time: int) -> State:
    """The state in which the suspension, decided at ``time``, is to come."""
    begins = time + state.rules.membership.suspension_after * DAY
    membership = without_voices(state.membership, member)
    suspensions = membership.suspensions.set(member, begins)
    deadline = Deadline(begins, TAKES_EFFECT, membership.members[member].entry)
    return state._replace(
        membership=membership._replace(suspensions=suspensions),
        calendar=state.calendar.add(deadline),
    )


def no_more_to_come(state: State, member: str) -> State:
    """The state in which no suspension of the member is to come: it has taken effect, was taken
    back, or they have left."""
    membership = state.membership
    if member not in membership.suspensions:
        return state
    return state._replace(
        membership=membership._replace(suspensions=membership.suspensions.delete(member)),
        calendar=state.calendar.strike(TAKES_EFFECT, membership.members[member].entry),
    )


def whose(state: State, of: int) -> str:
    """The member admitted by the entry ``of`` whose suspension is to come."""
    members = state.membership.members
    return next(who for who in state.membership.suspensions if members[who].entry == of)


def put_off(state: State) -> bool:
    """Whether a convention sits, so that no suspension takes effect."""
    convention = current(state)
    return convention is not None and convention.opened is not None


def after_the_convention(state: State, time: int) -> State:
    """The state in which what was put off until the end of a convention falls due at ``time``."""
    calendar = state.calendar
    for member, begins in sorted(state.membership.suspensions.items()):
        if begins <= time:
            entry = state.membership.members[member].entry
            calendar = calendar.strike(TAKES_EFFECT, entry)
            calendar = calendar.add(Deadline(time, TAKES_EFFECT, entry))
    return state._replace(calendar=calendar)
