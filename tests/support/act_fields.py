"""Fields for any act, made from the shapes that the API's description states: good ones, and
every way of spoiling them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

REF = "#/components/schemas/"

_MATCHING = (
    "m-abcdefghijklmnop",
    "g-abcdefghijklmnop",
    "a" * 64,
    "NOWHERE",
    "NOWHERE-1",
    "nobody",
    "nobody/else",
    "7,1",
    "A" * 43 + "=",
    "witness.example+00000000+" + "A" * 44,
    "A" * 86 + "==",
    "https://witness.example",
    "{}",
    "A text that nobody wrote before.",
    "",
)
"""Texts of which one fits each pattern that the acts have; a new pattern needs a new one."""


@dataclass(frozen=True, slots=True)
class Spoilt:
    """An act's fields with one thing wrong. ``field``: the name that a fault must begin with."""

    why: str
    field: str
    fields: dict[str, Any]


class Shapes:
    """The shapes of acts' fields, with what they refer to."""

    def __init__(self, schemas: dict[str, Any]) -> None:
        self.schemas = schemas

    def of(self, act: str) -> dict[str, Any]:
        shape: dict[str, Any] = self.schemas[act]["properties"]["fields"]
        return shape

    def fits(self, shape: dict[str, Any], value: Any) -> bool:
        whole = {**shape, "components": {"schemas": self.schemas}}
        return jsonschema_rs.validator_for(whole).is_valid(value)

    def good(self, shape: dict[str, Any]) -> Any:
        """A value of this shape, with everything in it that is required."""
        if "$ref" in shape:
            return self.good(self.schemas[shape["$ref"].removeprefix(REF)])
        if "const" in shape:
            return shape["const"]
        if "enum" in shape:
            return shape["enum"][-1]
        if "anyOf" in shape:
            return self.good(shape["anyOf"][0])
        match shape["type"]:
            case "object":
                return {
                    name: self.good(part)
                    for name, part in shape.get("properties", {}).items()
                    if name in shape.get("required", ())
                }
            case "array":
                return [self.good(shape["items"])]
            case "integer":
                return min(max(shape.get("minimum", 0), 1), shape.get("maximum", 1))
            case "boolean":
                return True
            case "null":
                return None
        return next(text for text in _MATCHING if self.fits(shape, text))

    def spoilt(self, act: str) -> Iterator[Spoilt]:
        """The act's fields, spoilt in every way that its shapes forbid."""
        whole = self.of(act)
        good = self.good(whole)
        yield Spoilt("a field that the act does not have", "more", {**good, "more": 1})
        yield Spoilt("a name that is no ASCII", "d", {**good, "d\u00e9": 1})
        yield Spoilt("a name with half a character", "", {**good, "\ud800": 1})
        for name in whole["required"]:
            without = {field: value for field, value in good.items() if field != name}
            yield Spoilt("missing", name, without)
        for name, shape in whole["properties"].items():
            for why, value in WRONG:
                if not self.fits(shape, value):
                    yield Spoilt(why, name, {**good, name: copy.deepcopy(value)})
            filled = good.get(name, self.good(shape))
            for why, letters in CHARACTERS:
                for inner in _with_text(filled, letters):
                    yield Spoilt(why, name, {**good, name: inner})
            for inner in _with_more(filled):
                yield Spoilt("an unknown field inside", name, {**good, name: inner})


def _deep() -> Any:
    value: Any = "deep"
    for _ in range(400):
        value = [value]
    return value


WRONG: tuple[tuple[str, Any], ...] = (
    ("nothing", None),
    ("yes", True),
    ("a number", 7),
    ("zero", 0),
    ("below zero", -1),
    ("a huge number", 10**400),
    ("a number beyond 2^53", 2**53),
    ("a number with a point", 1.5),
    ("no number", "twelve"),
    ("a number as a text", "1"),
    ("nothing in it", ""),
    ("spaces", "   "),
    ("over-long", "x" * 2_000_001),
    ("a list", []),
    ("a list of numbers", [1, "two", None]),
    ("an object", {}),
    ("an object of other things", {"title": 1, "text": {}, "name": [], "choice": None}),
    ("nested deeply", _deep()),
)

CHARACTERS = (
    ("a null byte", "\x00"),
    ("half a character", "\udcff"),
    ("an escape", "\x1b[31m"),
)


def _with_text(value: Any, letters: str) -> Iterator[Any]:
    """The value with these letters in each text that stands in it."""
    if isinstance(value, str):
        yield value + letters
    elif isinstance(value, dict):
        for name, inner in value.items():
            for spoilt in _with_text(inner, letters):
                yield {**value, name: spoilt}
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            for spoilt in _with_text(inner, letters):
                yield [*value[:number], spoilt, *value[number + 1 :]]


def _with_more(value: Any) -> Iterator[Any]:
    """The value with a field too many in each object that stands in it."""
    if isinstance(value, dict):
        yield {**value, "more": 1}
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            for spoilt in _with_more(inner):
                yield [*value[:number], spoilt, *value[number + 1 :]]
