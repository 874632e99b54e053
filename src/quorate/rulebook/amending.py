"""Changing a rulebook by dotted paths, as an adopted amendment does."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from quorate.rulebook.fault import Fault
from quorate.rulebook.reading import FaultyRulebook, rulebook_of, tables_of
from quorate.rulebook.schema import Rulebook

Value = str | int | bool | None | tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the rule at the dotted ``path`` becomes ``value``; None removes it."""

    path: str
    value: Value


def amended(rulebook: Rulebook, changes: Iterable[Change]) -> Rulebook:
    """The rulebook with these changes made. Raises FaultyRulebook if it would not stand."""
    tables = copy.deepcopy(tables_of(rulebook))
    for change in changes:
        *above, last = change.path.split(".")
        table: Any = tables
        for step in above:
            table = table.setdefault(step, {}) if isinstance(table, dict) else None
        if not isinstance(table, dict) or not last:
            raise FaultyRulebook((Fault(change.path, "there is no such rule"),))
        if change.value is None:
            table.pop(last, None)
        else:
            table[last] = list(change.value) if isinstance(change.value, tuple) else change.value
    return rulebook_of(tables)


def rule_at(tables: Mapping[str, Any], path: str) -> Any:
    """What the rule at a dotted path says in plain tables; None where there is none."""
    value: Any = tables
    for step in path.split("."):
        if not isinstance(value, Mapping) or step not in value:
            return None
        value = value[step]
    return value
