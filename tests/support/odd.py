"""Anything in place of anything: what is odd, and every place of parsed JSON where it may stand."""

from __future__ import annotations

from typing import Any

ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1,
    9,
    2**53,
    1e300,
    "",
    "0",
    "1",
    "x",
    "9" * 99,
    "0" * 64,
    "f" * 64,
    f"{1:064x}",
    f"{2:064x}",
    [],
    {},
    [[]],
    ["1", "1"],
    {"alpha": "1", "beta": "1"},
]


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path to everything in it."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [at, *(place for key, one in inner for place in places(one, (*at, key)))]


def put(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    key, *rest = place
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[key] = put(value[key], tuple(rest), new)
    return copy


def found(value: Any, place: tuple[Any, ...]) -> Any:
    for key in place:
        value = value[key]
    return value
