"""A suspension in words, for the member whom it concerns: whether it has taken effect, or when."""

from __future__ import annotations

from collections.abc import Callable

from quorate.chapters.membership.suspensions import put_off, to_come
from quorate.chapters.rights import title_of
from quorate.chapters.state import State


def suspension(state: State, member: str, now: int, when: Callable[[int], str]) -> str:
    """What the member has to know of it; "" where there is none. ``now``: ms; ``when``: ms → the
    moment in words."""
    begins = to_come(state, member)
    if begins is None:
        if state.membership.members[member].standing != "suspended":
            return ""
        return "Your rights rest until your membership is restored."
    convention = state.rules.organisation.words.convention
    if begins <= now and put_off(state):
        date = f"as soon as the {convention} that sits now is over"
    else:
        date = f"on {when(begins)}, or, if a {convention} sits then, when that is over"
    body = title_of(state, state.rules.membership.suspended_by)
    return (
        f"It takes effect {date}. Until then you keep every right, and {body} can still take it "
        "back."
    )
