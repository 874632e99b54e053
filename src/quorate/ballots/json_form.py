"""JSON as the specification has it (sections 4.1 and 4.2): compact, in order, numbers in text.

A structure is read field by field, strictly, and written again; ``canonical`` holds what is written
against the bytes that were read, so nothing can be said in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import orjson

from quorate.ballots.base58 import ALPHABET

Json = Any
"""None, bool, int, float, str, a list or a dict of them, as parsed."""

T = TypeVar("T")

_NUMBER = re.compile(r"0|[1-9][0-9]{0,99}", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}")
_UUID = re.compile(f"[{ALPHABET}]{{14,}}")
_MOST_SMALL = 2**53 - 1
_MOST_IN_JSON = 2**30 - 1
"""The largest weight that Belenios writes as a JSON number; above, it is a string of digits."""


class Malformed(Exception):
    """It has not the form that the specification asks for.

    ``place``: the path to it, such as answers[0].choices[3].alpha; "" for the whole.
    """

    def __init__(self, why: str, place: str = "") -> None:
        super().__init__(f"{place}: {why}" if place else why)
        self.why = why
        self.place = place

    def within(self, step: str) -> Malformed:
        """The same seen from one level above. ``step``: a field's name, or [3]."""
        joined = (
            step if not self.place else f"{step}{'' if self.place[0] == '[' else '.'}{self.place}"
        )
        return Malformed(self.why, joined)


class NotCanonical(Malformed):
    """It says something that can be read, but not by the bytes that would be written for it."""


def parse(data: bytes) -> Json:
    """Raises Malformed for what is no JSON in UTF-8."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"not JSON in UTF-8 ({error})") from None


def dump(value: Json) -> bytes:
    """Compact JSON, UTF-8 unescaped; only DEL is escaped, as Belenios does."""
    return orjson.dumps(value).replace(b"\x7f", b"\\u007f")


def canonical(data: bytes, read: Callable[[Json], T], write: Callable[[T], Json]) -> T:
    """What ``read`` makes of the bytes. Raises Malformed, and NotCanonical if ``write`` and
    ``dump`` do not give the same bytes again."""
    structure = read(parse(data))
    again = dump(write(structure))
    if again != data:
        at = next((i for i in range(len(again)) if again[i : i + 1] != data[i : i + 1]), len(again))
        raise NotCanonical(f"not in canonical form: byte {at} is not as it would be written")
    return structure


def fields(
    value: Json, required: Sequence[str], optional: Sequence[str] = ()
) -> Mapping[str, Json]:
    """An object with these fields and no others. Their order is for ``canonical`` to see."""
    if not isinstance(value, dict):
        raise Malformed("not an object")
    for name in required:
        if name not in value:
            raise Malformed("missing", name)
    if len(value) > len(required):
        unknown = value.keys() - set(required) - set(optional)
        if unknown:
            raise Malformed("no such field in the specification", min(unknown))
    return value


def field(record: Mapping[str, Json], name: str, read: Callable[[Json], T]) -> T:
    try:
        return read(record[name])
    except Malformed as error:
        raise error.within(name) from None


def optional_field(record: Mapping[str, Json], name: str, read: Callable[[Json], T]) -> T | None:
    return field(record, name, read) if name in record else None


def present(**values: Json) -> dict[str, Json]:
    """An object of these fields in this order, without those that are None."""
    return {name: value for name, value in values.items() if value is not None}


def each(value: Json, read: Callable[[Json], T]) -> tuple[T, ...]:
    """An array, every item read the same way."""
    if not isinstance(value, list):
        raise Malformed("not an array")
    items = []
    for place, item in enumerate(value):
        try:
            items.append(read(item))
        except Malformed as error:
            raise error.within(f"[{place}]") from None
    return tuple(items)


def array(value: Json, length: int) -> list[Json]:
    """An array of this length, for a tuple of different things."""
    if not isinstance(value, list) or len(value) != length:
        raise Malformed(f"not an array of {length}")
    return value


def string(value: Json) -> str:
    if not isinstance(value, str):
        raise Malformed("not a string")
    return value


def boolean(value: Json) -> bool:
    if not isinstance(value, bool):
        raise Malformed("not true or false")
    return value


def small(value: Json) -> int:
    """A small integer, a JSON number."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_SMALL:
        raise Malformed("not a small whole number")
    return value


def number(value: Json) -> int:
    """A natural number as decimal text without leading zeros."""
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise Malformed("not a number in decimal digits")
    return int(value)


def weight(value: Json) -> int:
    """A weight or a sum of weights: a JSON number, or text where it is large."""
    if isinstance(value, str):
        large = number(value)
        if large <= _MOST_IN_JSON:
            raise Malformed("a small weight, written as text")
        return large
    return small(value)


def weight_json(value: int) -> Json:
    return value if value <= _MOST_IN_JSON else str(value)


def hash_hex(value: Json) -> str:
    """A SHA-256 in hexadecimal."""
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise Malformed("not a SHA-256 in hexadecimal")
    return value


def uuid(value: Json) -> str:
    """An election's identifier: 14 or more characters of Base58."""
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise Malformed("not an election's identifier: 14 or more characters of Base58")
    return value
