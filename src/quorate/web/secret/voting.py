"""Who votes in an election by secret ballot, as far as anybody knows: who has claimed a key that
counts. Whether they have voted nobody knows, and no page says."""

from __future__ import annotations

from typing import Literal

from quorate.chapters.elections.remembers import Election
from quorate.chapters.secret.claim import voter_of
from quorate.chapters.secret.remembers import Box, Register
from quorate.chapters.state import State

Key = Literal["", "to claim", "claimed", "none"]
"""Of who votes: they can still claim a key; they have; they have none, and none can be claimed any
more, so they vote on paper. "": of who does not vote."""


def box_of(state: State, election: Election) -> Box | None:
    """The election's box, once it is there."""
    return state.secret.boxes.get(election.number)


def register_of(state: State, election: Election) -> Register:
    return state.secret.registers[election.register]


def is_open(state: State, election: Election, now: int) -> bool:
    """Whether ballots can be cast."""
    return (
        bool(election.register)
        and box_of(state, election) is not None
        and election.closed is None
        and now < election.closes
    )


def has_key(register: Register, me: str) -> bool:
    """Whether this member has claimed a key that counts."""
    return any(register.claims[voter].by == me for voter in register.counted)


def key_of(state: State, register: Register, me: str) -> Key:
    """How this member, "" for nobody, stands to a voting key of the register."""
    voter = voter_of(state, register, me) if me else None
    if register.closed is not None:
        return "claimed" if has_key(register, me) else "none" if voter is not None else ""
    if voter is None:
        return ""
    claim = register.claims.get(voter)
    return "claimed" if claim is not None and claim.by == me else "to claim"


def votes(state: State, election: Election, me: str, now: int) -> bool:
    """Whether this member can vote now, or vote again."""
    return is_open(state, election, now) and has_key(register_of(state, election), me)


def open_to(state: State, register: Register, me: str, now: int) -> list[Election]:
    """The elections by this register in which this member can vote now."""
    every = sorted(state.elections.elections.items())
    return [
        one for _, one in every if one.register == register.number and votes(state, one, me, now)
    ]
