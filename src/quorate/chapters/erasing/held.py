"""Texts that cannot be erased now, because something is to be decided by them or stands by them."""

from __future__ import annotations

from quorate.chapters.bulletin.remembers import Contribution
from quorate.chapters.clause import Refusal
from quorate.chapters.dates import current
from quorate.chapters.state import State

RULE = "erasing.decided_by"


def held(state: State, text: str) -> Refusal | None:
    """Why the text has to stay for the time being, if so."""
    programme = state.founding.programme
    if programme is not None and programme.text == text:
        return Refusal(
            RULE, "This is the programme, which is in force.", "Propose to change it instead."
        )
    for proposal in state.proposals.proposals.values():
        admission = proposal.admission
        if admission is not None and admission.version == text and _open(state, proposal.number):
            return Refusal(
                RULE,
                "A convention has still to decide on this text: whoever votes on it must be able "
                "to read it.",
                "Ask once it is decided.",
            )
    return None


def _open(state: State, proposal: int) -> bool:
    """Whether an admitted proposal is still to be decided, now or when it comes back."""
    every = state.floor.conventions
    items = [every[n].items[proposal] for n in sorted(every) if proposal in every[n].items]
    return items[-1].outcome == "referred" if items else current(state) is not None


def contribution_of(state: State, text: str) -> Contribution | None:
    """The contribution of which this is a version; None for any other text."""
    for contribution in state.bulletin.contributions.values():
        if any(version.text == text for version in contribution.versions):
            return contribution
    return None
