"""Names in place of pseudonyms and numbers, in what a count sheet says and draws."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from typing import Any

from quorate.chapters.elections.remembers import Election
from quorate.chapters.elections.slates import standing_slates
from quorate.chapters.state import State
from quorate.count.sheet import Sheet
from quorate.web.names import name_of
from quorate.web.templatetags.saying import office, place

_PSEUDONYM = re.compile(r"m-[a-z2-7]{16}")
_NAMED = re.compile(r"m-[a-z2-7]{16}|\bslate [0-9]+\b")


def title_of(election: Election) -> str:
    """What the election is about: "Delegates of Harbour", "Treasurer, Harbour"."""
    if election.fills == "delegates":
        return f"Delegates of {place(election.place)}"
    return f"{office(election.office)}{f', {place(election.place)}' if election.place else ''}"


def named_sheet(state: State, election: Election, sheet: Sheet) -> Sheet:
    """The sheet with names; who shares a name has the branch with it. Slates have their titles."""
    names = {who: name_of(state, who) for who in sheet.candidates if _PSEUDONYM.fullmatch(who)}
    shared = Counter(names.values())
    for who, name in names.items():
        if shared[name] > 1:
            branch = state.membership.members[who].branch
            names[who] = f"{name}, {state.membership.branches[branch].name} {who[-4:]}"
    for slate in standing_slates(election):
        names[f"slate {slate.number}"] = f"{slate.title} (slate {slate.number})"
    return replace(_renamed(sheet, names), title=title_of(election))


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """The same value, with names wherever a pseudonym or a slate's number stands in a text."""
    if isinstance(value, str):
        return _NAMED.sub(lambda found: names.get(found[0], found[0]), value)
    if isinstance(value, tuple):
        return tuple(_renamed(part, names) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _renamed(getattr(value, f.name), names) for f in fields(value)}
        return replace(value, **changed)
    return value
