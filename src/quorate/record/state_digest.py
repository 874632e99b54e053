"""A digest of a whole state: two programs that replay one record to the same state get the same.

The digest is the hex SHA-256 of the state's canonical JSON, in which

- a slice, a remembered thing and a rulebook are objects with their fields by name; a field that
  holds its default is left out, so that what a later version remembers besides changes nothing for
  records that have none of it;
- a map is a list of [key, value], in the order of the keys' canonical bytes;
- a fraction is a text such as "2/3"; a number beyond 2^53 − 1 is a text of its digits;
- everything else is what it is: text, number, true, false, null, list.

Names of classes and modules are not in it, and nothing that can be erased.
"""

from __future__ import annotations

import hashlib
from dataclasses import MISSING, Field, fields, is_dataclass
from fractions import Fraction
from typing import Any

from immutables import Map

from quorate.chapters.state import State
from quorate.record import canonical


def digest(state: State) -> str:
    """The state's digest, 64 hex digits. Raises TypeError for what has no form here."""
    return hashlib.sha256(canonical.encode(plain(state))).hexdigest()


def plain(value: Any) -> Any:
    """The value as plain JSON, as the digest has it."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        return value if abs(value) <= canonical.LIMIT else str(value)
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if hasattr(value, "_field_defaults"):  # of a NamedTuple
        defaults = value._field_defaults
        return {
            name: plain(inner)
            for name, inner in value._asdict().items()
            if inner != defaults.get(name, MISSING)
        }
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    if isinstance(value, Map | dict):
        pairs = [[plain(key), plain(inner)] for key, inner in value.items()]
        return sorted(pairs, key=lambda pair: canonical.encode(pair[0]))
    if isinstance(value, frozenset):
        return sorted((plain(inner) for inner in value), key=canonical.encode)
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(inner)
            for field in fields(value)
            if (inner := getattr(value, field.name)) != _default(field)
        }
    raise TypeError(f"a state's digest has no form for {type(value).__name__}")


def _default(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default
