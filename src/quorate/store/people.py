"""Finding people: a member by e-mail address, personal sheets for pseudonyms."""

from __future__ import annotations

from collections.abc import Iterable

from quorate.chapters.state import State
from quorate.store import keeping
from quorate.store.place import Place

CURRENT = ("good", "suspended")
"""The standings of a membership that has not ended."""

UNKNOWN = keeping.Sheet(name="a former member")


def member_by_mail(place: Place, state: State, address: str) -> str | None:
    """Whose sheet gives this address: a member, or else somebody whose membership has ended.

    Where several sheets give it, it is the first to be admitted: a later one takes nothing over.
    """
    found = set(keeping.by_mail(place.sealing_key, address))
    if not found:
        return None
    people = [m for m in state.membership.members.values() if m.person in found and not m.erased]
    people.sort(key=lambda member: (member.standing not in CURRENT, member.entry))
    return people[0].id if people else None


def sheets_of(place: Place, state: State, members: Iterable[str]) -> dict[str, keeping.Sheet]:
    """Pseudonym → personal sheet. Who is erased is "a former member"."""
    known = state.membership.members
    asked = [known[member] for member in set(members) if member in known]
    found = keeping.sheets(place.sealing_key, [m.person for m in asked if not m.erased])
    return {member.id: found.get(member.person, UNKNOWN) for member in asked}
