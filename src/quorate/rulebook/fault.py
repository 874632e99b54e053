"""What is wrong with a rulebook, or with the fields of an act, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a rulebook: at which dotted path, and what."""

    path: str
    what: str


_NAME = "a name of small letters, digits and hyphens, such as credentials-committee"
_PATTERNS = {
    r"^[a-z][a-z0-9-]{0,39}$": _NAME,
    r"^[A-Z0-9]{1,8}$": "a code of capitals and digits, eight at most",
    r"^[0-9a-f]{64}$": "64 hexadecimal digits",
    r"^m-[a-z2-7]{16}$": "a member’s number, such as m-abcdefghijklmnop",
}
_SAID = {
    "missing": "is missing",
    "unexpected_keyword_argument": "is nothing that can stand here",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "string_type": "must be words",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be a table (in JSON an object)",
    "dataclass_type": "must be a table (in JSON an object)",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "greater_than": "must be more than {gt}",
    "less_than": "must be less than {lt}",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "must have at least {min_length} characters",
    "too_long": "must be at most {max_length}",
    "too_short": "must be at least {min_length}",
    "literal_error": "must be {expected}",
    "value_error": "{error}",
}


def faults_of(error: ValidationError) -> Iterator[Fault]:
    """What did not fit the shape, each with its dotted path."""
    for one in error.errors():
        yield Fault(".".join(map(str, one["loc"])), in_words(one))


def in_words(error: Mapping[str, Any]) -> str:
    """What pydantic found, for somebody who has never heard of it."""
    context = error.get("ctx", {})
    if error["type"] == "string_pattern_mismatch":
        shape = _PATTERNS.get(context["pattern"])
        return f"must be {shape}" if shape else "is not written as it has to be"
    said = _SAID.get(error["type"])
    return error["msg"] if said is None else said.format(**context)
