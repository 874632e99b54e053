"""Finding a member by what people call them, among the names that this process has read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quorate.chapters.state import State
from quorate.store import called
from quorate.web import names
from quorate.web.lane import lane


def member_called(state: State, given: str) -> str:
    """The pseudonym of the member with this name, e-mail address or pseudonym.
    Raises ``quorate.store.called.NotOne``."""

    def naming(members: Iterable[str]) -> Mapping[str, str]:
        every = list(members)
        names.remember(state, every)
        return {member: names.name_of(state, member) for member in every}

    return called.member_called(lane().place, state, given, naming)
