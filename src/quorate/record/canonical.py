"""Canonical JSON: RFC 8785 for the values that the record uses.

Those are null, true, false, whole numbers within ±(2^53 − 1), texts without lone surrogates, lists,
and objects whose names are ASCII. For them RFC 8785 is what Python's own encoder writes with
sorted names and no spaces; numbers with a point, the hard part of the RFC, are left out.
"""

from __future__ import annotations

import json
from typing import Any

LIMIT = 2**53 - 1


class NotCanonical(Exception):
    """A value that the record does not hold, or bytes that are not in canonical form."""


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


def encode(value: Any) -> bytes:
    """The canonical bytes of a value. Raises NotCanonical naming the place of the fault."""
    _check(value, "")
    try:
        return _ENCODER.encode(value).encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonical("a text holds half a character (a lone surrogate)") from None


def decode(data: bytes) -> Any:
    """The value in canonical bytes. Raises NotCanonical for any other bytes."""
    try:
        value = _DECODER.decode(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise NotCanonical("not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise NotCanonical(f"not JSON: {error}") from None
    # What was read holds only what JSON can hold; ASCII bytes have ASCII names.
    if not data.isascii():
        _check(value, "")
    try:
        again = _ENCODER.encode(value).encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonical("a text holds half a character (a lone surrogate)") from None
    if again != data:
        raise NotCanonical("not in canonical form")
    return value


def _check(value: Any, path: str) -> None:
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return
    if kind is int:
        if not -LIMIT <= value <= LIMIT:
            raise NotCanonical(f"{path or 'the value'}: a number beyond 2^53 − 1")
    elif kind is dict:
        for name, inner in value.items():
            if type(name) is not str or not name.isascii():
                raise NotCanonical(f"{path or 'the value'}: names are ASCII texts")
            _check(inner, f"{path}.{name}" if path else name)
    elif kind is list:
        for number, inner in enumerate(value):
            _check(inner, f"{path}[{number}]")
    else:
        raise NotCanonical(f"{path or 'the value'}: the record holds no {kind.__name__}")


def _whole(text: str) -> int:
    # A longer text is out of range, and slow to read.
    number = int(text) if len(text) < 20 else LIMIT + 1
    if not -LIMIT <= number <= LIMIT:
        raise ValueError("a number beyond 2^53 − 1")
    return number


def _no_point(text: str) -> Any:
    raise ValueError(f"a number with a point: {text}")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a name stands twice")
    return value


_DECODER = json.JSONDecoder(
    parse_int=_whole, parse_float=_no_point, parse_constant=_no_point, object_pairs_hook=_unique
)
