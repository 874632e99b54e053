"""Names in place of pseudonyms, in what a count sheet says and draws."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from typing import Any

from quorate.chapters.state import State
from quorate.count.sheet import Sheet
from quorate.web.names import name_of

_PSEUDONYM = re.compile(r"m-[a-z2-7]{16}")


def told_by_name(state: State, sentence: str) -> str:
    """A sentence of a count sheet, with people's names in it."""
    return _PSEUDONYM.sub(lambda found: name_of(state, found[0]), sentence)


def named_sheet(state: State, sheet: Sheet) -> Sheet:
    """The sheet with names; who shares a name has the branch with it."""
    names = {who: name_of(state, who) for who in sheet.candidates if _PSEUDONYM.fullmatch(who)}
    shared = Counter(names.values())
    for who, name in names.items():
        if shared[name] > 1:
            branch = state.membership.members[who].branch
            names[who] = f"{name}, {state.membership.branches[branch].name} {who[-4:]}"
    return _renamed(sheet, names)


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """The same value, with names wherever a pseudonym stands in a text."""
    if isinstance(value, str):
        return _PSEUDONYM.sub(lambda found: names.get(found[0], found[0]), value)
    if isinstance(value, tuple):
        return tuple(_renamed(part, names) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _renamed(getattr(value, f.name), names) for f in fields(value)}
        return replace(value, **changed)
    return value
