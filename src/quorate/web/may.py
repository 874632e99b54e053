"""What somebody may do now: pages ask the very rules that will decide the act."""

from __future__ import annotations

from quorate import organisation
from quorate.chapters.clause import Occasion, Refusal
from quorate.chapters.state import State

ANY_TEXT = "0" * 64
"""Where it is only asked whether somebody may, what they would write does not matter."""


def refusal(state: State, me: str, now: int, act: object) -> Refusal | None:
    """Why this person could not do the act now, if so."""
    return organisation.decide(state, act, Occasion(state.size, max(now, state.time), me))


def may(state: State, me: str, now: int, act: object) -> bool:
    """Whether this person could do the act now."""
    return bool(me) and refusal(state, me, now, act) is None
