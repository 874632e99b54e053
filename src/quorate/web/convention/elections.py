"""The elections of a convention: those under way stand above its agenda."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quorate.chapters.elections.remembers import Election
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.state import State
from quorate.web.elections import doing
from quorate.web.secret import voting

Phase = Literal["nominating", "voting", "counting", "declared", "void"]


@dataclass(frozen=True, slots=True)
class Line:
    """``button``: what whoever looks can do about it now; "" for nothing."""

    election: Election
    phase: Phase
    button: str


def phase_of(election: Election, now: int) -> Phase:
    """How far an election has come."""
    if election.void:
        return "void"
    if election.result is not None:
        return "declared"
    if election.closed is not None or now >= election.closes:
        return "counting"
    return "voting" if now >= election.opens else "nominating"


def lines(state: State, convention: Convention, me: str, now: int) -> tuple[list[Line], list[Line]]:
    """The convention's own elections: those under way, and those that are over."""
    every = [
        Line(e, phase_of(e, now), _button(state, e, me, now))
        for _, e in sorted(state.elections.elections.items())
        if e.convention == convention.number and e.fills != "delegates"
    ]
    over = [line for line in every if line.phase in ("declared", "void")]
    return [line for line in every if line not in over], over


def _button(state: State, election: Election, me: str, now: int) -> str:
    phase = phase_of(election, now)
    if phase == "nominating" and doing.can_put_forward(state, election, me, now):
        return doing.putting_forward(election)
    own = doing.votes_here(state, election, me)
    if phase == "voting" and isinstance(own, str) and own not in election.sealed:
        return "Vote"
    if voting.votes(state, election, me, now):
        return "Vote"
    return ""
