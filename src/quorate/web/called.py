"""Finding a member by what people call them."""

from __future__ import annotations

import re

from quorate.chapters.state import State
from quorate.store.people import member_by_mail
from quorate.web import names
from quorate.web.lane import lane
from quorate.web.templatetags.saying import branch_of

MOST = 5_000
"""In a larger organisation names are looked up among officers and delegates only: reading every
personal sheet for one form would keep others waiting."""


class NotOne(Exception):
    """Nobody is called so, or several are; the message says what to do."""


def member_called(state: State, given: str) -> str:
    """The pseudonym of the member with this name, e-mail address or pseudonym. Raises NotOne."""
    given = " ".join(given.split())
    if re.fullmatch(r"m-[a-z2-7]{16}", given):
        return given
    if "@" in given:
        member = member_by_mail(lane().place, state, given)
        if member is None:
            raise NotOne(f"No member has the address {given}.")
        return member
    found = [m for m in _looked_up(state) if names.name_of(state, m).casefold() == given.casefold()]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotOne(f"No {given} was found. Give their e-mail address, or their number (m-…).")
    several = "; ".join(f"{branch_of(member)}: {member}" for member in found)
    raise NotOne(f"There are several called {given}. Give the number of the one meant: {several}")


def _looked_up(state: State) -> list[str]:
    members = state.membership.members
    if len(members) <= MOST:
        wanted = set(members)
    else:
        wanted = {held.member for every in state.offices.now.values() for held in every}
        for assembly in state.delegates.assemblies.values():
            wanted |= set(assembly.seated)
    names.remember(state, wanted)
    return sorted(wanted)
