"""Voices: a body decides on somebody's standing when more than half of it have said so.

The member concerned does not count, and nobody stands in for the body.
"""

from __future__ import annotations

from immutables import Map

from quorate.chapters.clause import Refusal
from quorate.chapters.judging import judges, term_over
from quorate.chapters.membership.remembers import Membership
from quorate.chapters.rights import title_of
from quorate.chapters.state import State

RULE = "membership.suspended_by"


def no_voice(state: State, by: str, about: str, time: int) -> Refusal | None:
    """Why this person has no voice in it, or not again, if so."""
    office = state.rules.membership.suspended_by
    if by == about:
        return Refusal(RULE, "Nobody judges their own case.", "Leave it to the others.")
    if by not in judges(state, office, (about,), time):
        return term_over(state, by, office) or Refusal(
            RULE,
            f"Only {title_of(state, office)} can do this.",
            "See “Who answers to whom” for who holds it now.",
        )
    if by in state.membership.voices.get(about, Map()):
        return Refusal(RULE, "You have said so already.", "Wait for the others.")
    return None


def with_voice(state: State, by: str, about: str, reason: str, time: int) -> tuple[State, bool]:
    """The state with this voice, and whether more than half say so now."""
    able = judges(state, state.rules.membership.suspended_by, (about,), time)
    said = state.membership.voices.get(about, Map()).set(by, reason)
    voices = state.membership.voices.set(about, said)
    state = state._replace(membership=state.membership._replace(voices=voices))
    return state, 2 * len(able.intersection(said)) > len(able)


def without_voices(membership: Membership, about: str) -> Membership:
    """The membership once it is decided: what was said of this member has had its effect."""
    voices = membership.voices
    return membership._replace(voices=voices.delete(about)) if about in voices else membership
