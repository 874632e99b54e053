"""Searching the bulletin: every word asked for, in title or text, accents and case aside."""

from __future__ import annotations

from quorate.chapters.bulletin.remembers import Contribution
from quorate.chapters.state import State
from quorate.store import keeping
from quorate.texts.words import fold, plain
from quorate.web.bulletin.path import status

_FOLDED: dict[str, str] = {}
"""Commitment → the text for searching; a commitment never comes to mean something else."""


def _remember(state: State) -> None:
    wanted = [
        c.latest.text for c in state.bulletin.contributions.values() if c.latest.text not in _FOLDED
    ]
    for start in range(0, len(wanted), 200):
        for text, found in keeping.texts(wanted[start : start + 200]).items():
            _FOLDED[text] = fold(f"{found.title} {plain(found.markdown)}")


def search(
    state: State, words: str, *, kind: str = "", standing: str = "", branch: str = ""
) -> list[Contribution]:
    """The contributions that hold every word, by number; the other arguments narrow it down."""
    asked = fold(words).split()
    if asked:
        _remember(state)
    return [
        contribution
        for _, contribution in sorted(state.bulletin.contributions.items())
        if (not kind or contribution.kind == kind)
        and (not branch or contribution.branch == branch)
        and (not standing or status(state, contribution).word == standing)
        and all(word in _FOLDED.get(contribution.latest.text, "") for word in asked)
    ]
