"""Searching the bulletin: every word asked for, in title or text, accents and case aside."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.db import DatabaseError, connection

from quorate.chapters.bulletin.remembers import Contribution
from quorate.chapters.state import State
from quorate.store import keeping
from quorate.texts.words import fold, plain
from quorate.web.bulletin.index import Index
from quorate.web.bulletin.path import status
from quorate.web.lane import erased

_LOG = logging.getLogger("quorate.search")
_INDEX = Index()
"""Of this process. A commitment never comes to mean something else: what is in it stays right."""


def read_texts(state: State) -> None:
    """Reads the texts that are not in the index yet, so that the next search need not."""
    every = state.bulletin.contributions.values()
    wanted = _INDEX.missing(text for c in every for text in _searched(state, c))
    for start in range(0, len(wanted), 200):
        part = wanted[start : start + 200]
        found = keeping.texts(part, erased)
        for text, known in found.items():
            if not known.trouble:
                _INDEX.add(text, fold(f"{known.title} {plain(known.markdown)}"))


def read_ahead(state: State) -> None:
    """The same in a thread of its own, when the server starts. What cannot be read is left to the
    next search."""
    try:
        read_texts(state)
    except DatabaseError as error:
        _LOG.error("The bulletin's texts were not read ahead: %s", error)
    finally:
        connection.close()


def search(
    state: State, words: str, *, kind: str = "", standing: str = "", branch: str = ""
) -> list[Contribution]:
    """The contributions that hold every word, by number; the other arguments narrow it down."""
    asked = fold(words).split()
    every = state.bulletin.contributions
    if asked:
        read_texts(state)
        holding = _INDEX.holding(asked).difference(state.erasing.texts)
        found = [c for c in every.values() if not holding.isdisjoint(_searched(state, c))]
    else:
        found = list(every.values())
    return sorted(
        (
            contribution
            for contribution in found
            if (not kind or contribution.kind == kind)
            and (not branch or contribution.branch == branch)
            and (not standing or status(state, contribution).word == standing)
        ),
        key=lambda contribution: contribution.number,
    )


def _searched(state: State, contribution: Contribution) -> Iterator[str]:
    """The texts in which a contribution is found: its latest, and the one that was admitted."""
    yield contribution.latest.text
    proposal = state.proposals.proposals.get(contribution.number)
    if proposal is not None and proposal.admission is not None:
        yield proposal.admission.version
