"""Which texts the record speaks of: taken down from every act that holds one."""

from __future__ import annotations

from collections.abc import Iterable

from quorate.chapters.clause import Occasion, Refusal
from quorate.chapters.erasing.remembers import Written
from quorate.chapters.state import State


def with_texts(
    state: State, name: str, act: object, texts: Iterable[str], occasion: Occasion
) -> State:
    """The state that knows these texts of the act called ``name``."""
    told = Written(occasion.by, name, _about(state, act))
    erasing = state.erasing
    for text in texts:
        if text not in erasing.written:
            erasing = erasing._replace(written=erasing.written.set(text, told))
        elif told not in erasing.all_of(text):
            others = (*erasing.again.get(text, ()), told)
            erasing = erasing._replace(again=erasing.again.set(text, others))
    return state._replace(erasing=erasing)


def _about(state: State, act: object) -> str:
    """The member whom the act names, or whose contribution it names."""
    member = getattr(act, "member", "")
    contribution = state.bulletin.contributions.get(getattr(act, "contribution", 0))
    return member or (contribution.author if contribution is not None else "")


def erased_before(state: State, commitments: Iterable[str]) -> Refusal | None:
    """The refusal of an act that brings back what was erased: the same words and salt."""
    if any(commitment in state.erasing.texts for commitment in commitments):
        return Refusal(
            "erasing.decided_by",
            "This very text was erased: it does not come back under its old commitment.",
            "Write what may be written, anew.",
        )
    return None
