"""Proposals that may still be admitted."""

from __future__ import annotations

from quorate.chapters.bulletin.contested import settled_by
from quorate.chapters.state import State


def may_be_admitted(state: State, number: int, time: int) -> bool:
    """Whether the proposal is neither admitted nor out of reach at ``time`` (ms): it seeks
    seconders, or a refusal of it can still be overturned."""
    contribution = state.bulletin.contributions[number]
    proposal = state.proposals.proposals[number]
    ended = contribution.withdrawn is not None or proposal.lapsed is not None
    if ended or proposal.admission is not None:
        return False
    return not contribution.refused or any(
        settled_by(state, contribution, refusal, time) is not None
        for refusal in contribution.refusals
    )
