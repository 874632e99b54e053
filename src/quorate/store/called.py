"""Finding a member by what people call them: a name, an e-mail address, a pseudonym."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from quorate import organisation
from quorate.chapters.fields import Pseudonym
from quorate.chapters.membership.admit import Admit
from quorate.chapters.state import State
from quorate.organisation import BadAct, FieldFault
from quorate.store.people import member_by_mail, sheets_of
from quorate.store.place import Place

MOST = 5_000
"""In a larger organisation names are looked up among officers and delegates only: reading every
personal sheet for one act would keep others waiting."""

_PSEUDONYM = re.compile(r"m-[a-z2-7]{16}")

Naming = Callable[[Iterable[str]], Mapping[str, str]]
"""Members → what people call each."""


class NotOne(Exception):
    """Nobody is called so, or several are; the message says what to do."""


def member_called(place: Place, state: State, given: str, naming: Naming | None = None) -> str:
    """The pseudonym of the member with this name, e-mail address or pseudonym. Raises NotOne.

    ``naming``: where names are known already, so that not every sheet is read again.
    """
    given = " ".join(given.split())
    if _PSEUDONYM.fullmatch(given):
        return given
    if "@" in given:
        member = member_by_mail(place, state, given)
        if member is None:
            raise NotOne(f"No member has the address {given}.")
        return member
    named = (naming or _by_sheets(place, state))(_looked_up(state))
    found = sorted(m for m, name in named.items() if name.casefold() == given.casefold())
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotOne(f"No {given} was found. Give their e-mail address, or their number (m-…).")
    several = "; ".join(f"{_branch_of(state, member)}: {member}" for member in found)
    raise NotOne(f"There are several called {given}. Give the number of the one meant: {several}")


def with_pseudonyms(
    place: Place, state: State, name: str, fields: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields of the act called ``name`` as somebody wrote them, each member named in them by
    their pseudonym. Raises BadAct where a name is nobody's, or several people's."""
    read = dict(fields)
    faults = []
    for field, several in naming_members(name).items():
        try:
            given = read.get(field)
            if several and isinstance(given, list):
                read[field] = [_read(place, state, one) for one in given]
            elif field in read:
                found = _read(place, state, given)
                read[field] = [found] if several and isinstance(given, str) else found
        except NotOne as error:
            faults.append(FieldFault(field, str(error)))
    if faults:
        raise BadAct(name, tuple(faults))
    return read


@cache
def naming_members(name: str) -> Mapping[str, bool]:
    """The fields of an act that name members that there are; and whether several."""
    clause = organisation.CLAUSES.get(name)
    if clause is None or clause.act is Admit:  # whose pseudonym is a new one
        return {}
    hints = get_type_hints(clause.act, include_extras=True)
    return {field: _many(hint) for field, hint in hints.items() if _names(hint)}


def _names(hint: Any) -> bool:
    return hint == Pseudonym or any(_names(part) for part in get_args(hint))


def _many(hint: Any) -> bool:
    return get_origin(hint) is tuple or any(_many(part) for part in get_args(hint))


def _read(place: Place, state: State, given: Any) -> Any:
    return member_called(place, state, given) if isinstance(given, str) else given


def _by_sheets(place: Place, state: State) -> Naming:
    def names(members: Iterable[str]) -> Mapping[str, str]:
        return {member: sheet.name for member, sheet in sheets_of(place, state, members).items()}

    return names


def _branch_of(state: State, member: str) -> str:
    branch = state.membership.branches.get(state.membership.members[member].branch)
    return branch.name if branch else ""


def _looked_up(state: State) -> list[str]:
    members = state.membership.members
    if len(members) <= MOST:
        return sorted(members)
    wanted = {held.member for every in state.offices.now.values() for held in every}
    for assembly in state.delegates.assemblies.values():
        wanted |= set(assembly.seated)
    return sorted(wanted)
