"""A proposal's own dates: the convention's, and more where an upheld appeal gave time back."""

from __future__ import annotations

from quorate.chapters.bulletin.contested import settled_by
from quorate.chapters.bulletin.remembers import Contribution
from quorate.chapters.floor.remembers import Dates
from quorate.chapters.proposals.remembers import Proposal
from quorate.chapters.state import State


def seconding_until(state: State, contribution: Contribution, proposal: Proposal) -> int:
    """Until when (ms) the proposal may be seconded."""
    return _dates(state, contribution).seconding_closes + proposal.more_time


def waits_until(
    state: State, contribution: Contribution, proposal: Proposal, time: int
) -> int | None:
    """By when (ms) it is settled whether a refusal stands that was made before seconding closed
    for the proposal; None where everything is settled at ``time``."""
    closes = seconding_until(state, contribution, proposal)
    settled = (
        settled_by(state, contribution, refusal, time)
        for refusal in contribution.refusals
        if refusal.time < closes
    )
    return max((by for by in settled if by is not None), default=None)


def answer_due(state: State, contribution: Contribution, proposal: Proposal) -> int:
    """When (ms) the written answer is due: before the convention opens in any case."""
    dates = _dates(state, contribution)
    return min(dates.answers_due + proposal.more_time, max(dates.answers_due, dates.opens))


def _dates(state: State, contribution: Contribution) -> Dates:
    return state.floor.conventions[contribution.convention].dates
