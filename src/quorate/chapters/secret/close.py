"""secret.close: keys cannot be claimed any more.

A claim counts if whoever made it is the voter still. Later changes move no key.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.ballots import roll_of_keys
from quorate.chapters.calendar import MINUTE, Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number
from quorate.chapters.secret.claim import voter_of
from quorate.chapters.secret.instead import voided
from quorate.chapters.secret.registers import with_register
from quorate.chapters.secret.remembers import Register
from quorate.chapters.secret.terms import mix_due
from quorate.chapters.secret.whole import listed
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class Close:
    """``of``: the register."""

    of: Number


def at_opening(state: State, convention: int, time: int) -> State:
    """The state in which the convention's register has its close, as of its opening (ms)."""
    for number, found in sorted(state.secret.registers.items()):
        if found.convention == convention and found.description and not found.void:
            closes = time + found.rules.claims_minutes * MINUTE
            state = with_register(state, replace(found, closes=closes))
            calendar = state.calendar.strike("secret.void", number)
            state = state._replace(calendar=calendar.add(Deadline(closes, CLAUSE.name, number)))
    return state


def allowed(state: State, act: Close, occasion: Occasion) -> Refusal | None:
    return None


def change(state: State, act: Close, occasion: Occasion) -> State:
    found = state.secret.registers[act.of]
    counted = tuple(voter for voter in sorted(found.claims) if _stands(state, found, voter))
    calendar = state.calendar.strike(CLAUSE.name, act.of)
    found = replace(found, closed=occasion.time, counted=counted)
    if len(counted) < found.rules.fewest_voters:
        return voided(state._replace(calendar=calendar), found, "claims", occasion.time)
    before = roll_of_keys.write_listed(listed(found))
    found = replace(found, listed=roll_of_keys.hash_of(before))
    due = Deadline(mix_due(found, occasion.time), "secret.void", act.of)
    calendar = calendar.add(due)
    return with_register(state._replace(calendar=calendar), found)


def _stands(state: State, found: Register, voter: str) -> bool:
    """Whether the member who claimed for the voter is that voter still."""
    by = found.claims[voter].by
    good = state.membership.members[by].standing == "good"
    return good and voter_of(state, found, by) == voter


CLAUSE = Clause(
    name="secret.close",
    act=Close,
    who="Nobody: it falls due so long after the convention has opened; in a branch or region, so "
    "long after the call of its election.",
    rules=(
        "secret.claims_minutes",
        "secret.claims_hours",
        "secret.fewest_voters",
        "secret.without_trustees",
    ),
    changes="The claims that count are fixed, for the trustees to mix; with too few of them the "
    "register is void.",
    allowed=allowed,
    change=change,
    falls_due=True,
)
