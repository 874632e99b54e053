"""Canonical JSON: RFC 8785 for the values that the record uses.

Those are null, true, false, whole numbers within ±(2^53 − 1), texts without lone surrogates, lists,
and objects whose names are ASCII. For them RFC 8785 is what orjson writes with sorted names;
numbers with a point, the hard part of the RFC, are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import NoneType
from typing import Any

import orjson

LIMIT = 2**53 - 1
_SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
_SIMPLE = frozenset({str, int, bool, NoneType})


class NotCanonical(Exception):
    """A value that the record does not hold, or bytes that are not in canonical form."""


def encode(value: Any) -> bytes:
    """The canonical bytes of a value. Raises NotCanonical naming the place of the fault."""
    try:
        _check(value, "")
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except RecursionError:
        raise NotCanonical("the value: nested too deeply") from None
    except orjson.JSONEncodeError:
        raise NotCanonical(_not_written(value)) from None


def decode(data: bytes) -> Any:
    """The value in canonical bytes. Raises NotCanonical for any other bytes.

    Writing the value again and comparing finds other orders, spaces, names that stand twice,
    other spellings of a text or number, and anything after the value. It costs less than watching
    for each of them while reading.
    """
    try:
        value = orjson.loads(data)
        if not (data.isascii() and _simple(value)):
            _check(value, "")
        if orjson.dumps(value, option=_SORTED) != data:
            raise NotCanonical(
                "not in canonical form: spaces, another order, a name that stands twice, or "
                "another spelling of a text or number"
            )
    except orjson.JSONDecodeError as error:
        raise NotCanonical(f"not JSON: {error}") from None
    except orjson.JSONEncodeError:
        raise NotCanonical(_too_large_or_deep(value)) from None
    except RecursionError:
        raise NotCanonical("nested too deeply") from None
    return value


def _simple(value: Any) -> bool:
    """Whether it is an object of texts, whole numbers and objects of such, as nearly every entry
    is. Numbers that are too large orjson finds when it writes them."""
    if type(value) is not dict:
        return False
    for inner in value.values():
        kind = type(inner)
        if kind is dict:
            if not _SIMPLE.issuperset(map(type, inner.values())):
                return False
        elif kind not in _SIMPLE:
            return False
    return True


def _too_large_or_deep(value: Any) -> str:
    """Why a value that was read cannot be written."""
    try:
        _check(value, "")
    except NotCanonical as error:
        return str(error)
    except RecursionError:
        pass
    return "nested too deeply"


def _check(value: Any, path: str) -> None:
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return
    if kind is int:
        if not -LIMIT <= value <= LIMIT:
            raise NotCanonical(f"{path or 'the value'}: a number beyond 2^53 − 1")
    elif kind is dict:
        if not _ascii(value):
            raise NotCanonical(f"{path or 'the value'}: names are ASCII texts")
        for name, inner in value.items():
            if type(inner) is not str and not (type(inner) is int and -LIMIT <= inner <= LIMIT):
                _check(inner, f"{path}.{name}" if path else name)
    elif kind is list:
        for number, inner in enumerate(value):
            if type(inner) is not str and not (type(inner) is int and -LIMIT <= inner <= LIMIT):
                _check(inner, f"{path}[{number}]")
    else:
        raise NotCanonical(f"{path or 'the value'}: the record holds no {kind.__name__}")


def _ascii(names: Iterable[Any]) -> bool:
    try:
        return "".join(names).isascii()
    except TypeError:  # one is no text
        return False


def _not_written(value: Any) -> str:
    """Why a value that is of the right kinds cannot be written."""
    try:
        half = _half_character(value, "")
    except RecursionError:
        half = None
    if half is None:
        return "the value: nested too deeply"
    return f"{half or 'the value'}: half a character (a lone surrogate)"


def _half_character(value: Any, path: str) -> str | None:
    """The path of the first text with a lone surrogate; "" where that is the value itself."""
    if type(value) is str:
        return path if any("\ud800" <= letter <= "\udfff" for letter in value) else None
    inner: list[tuple[str, Any]] = []
    if type(value) is dict:
        inner = [(f"{path}.{name}" if path else name, part) for name, part in value.items()]
    elif type(value) is list:
        inner = [(f"{path}[{number}]", part) for number, part in enumerate(value)]
    for place, part in inner:
        found = _half_character(part, place)
        if found is not None:
            return found
    return None
