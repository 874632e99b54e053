"""Canonical JSON against the package rfc8785, which somebody else wrote."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from quorate.record import canonical

texts = st.text(st.characters(exclude_categories=["Cs"]))
names = st.text(st.characters(max_codepoint=127))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-canonical.LIMIT, canonical.LIMIT) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(names, inner),
    max_leaves=20,
)


@given(values)
def test_written_as_the_rfc_says_and_read_back(value: object) -> None:
    data = canonical.encode(value)
    assert data == rfc8785.dumps(value)  # type: ignore[arg-type]
    assert canonical.decode(data) == value


@given(values)
def test_other_spellings_of_the_same_value_are_refused(value: object) -> None:
    data = canonical.encode(value)
    for other in (
        json.dumps(value).encode(),
        json.dumps(value, indent=1).encode(),
        json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode(),
        b" " + data,
        data + b"\n",
        data + b"," + data,
        b"\xef\xbb\xbf" + data,
    ):
        if other != data:
            with pytest.raises(canonical.NotCanonical):
                canonical.decode(other)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (1.5, "the value"),
        (2**53, "the value"),
        (-(2**53), "the value"),
        (float("nan"), "the value"),
        (b"x", "the value"),
        ("\ud800", "the value"),
        ({"é": 1}, "the value"),
        ({1: 2}, "the value"),
        ({"a": (1,)}, "a"),
        ({"a": [0, {"b": 1.0}]}, "a[1].b"),
        ({"a": [0, {"b": 2**60}]}, "a[1].b"),
        ({"a": [0, {"b": "half \udc00"}]}, "a[1].b"),
        ([[True, {"é": None}]], "[0][1]"),
    ],
)
def test_what_the_record_does_not_hold_is_named(value: object, place: str) -> None:
    with pytest.raises(canonical.NotCanonical) as refused:
        canonical.encode(value)
    assert str(refused.value).split(":")[0] == place


def test_a_subclass_is_not_taken_for_the_value_it_extends() -> None:
    class Loud(str):
        pass

    with pytest.raises(canonical.NotCanonical):
        canonical.encode(Loud("x"))


def test_a_value_that_holds_itself() -> None:
    ring: list[Any] = []
    ring.append(ring)
    with pytest.raises(canonical.NotCanonical, match="deeply"):
        canonical.encode(ring)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" 1",
        b"1 ",
        b"1 2",
        b"-0",
        b"01",
        b"1e3",
        b"9007199254740992",
        b'{"a":[-9007199254740992]}',
        b"9" * 5_000,
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        '{"é":1}'.encode(),
        b'{"\\u00e9":1}',
        b"1.0",
        b"NaN",
        b"[Infinity]",
        b'"\\u0041"',
        b'"\\/"',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b"\xff",
        b"[1,]",
        b"[" * 100_000,
    ],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.decode(data)


@given(st.binary(max_size=30))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        value = canonical.decode(data)
    except canonical.NotCanonical:
        return
    assert canonical.encode(value) == data


@given(values, st.data())
def test_a_changed_byte_is_refused_or_another_value(value: object, draw: st.DataObject) -> None:
    data = bytearray(canonical.encode(value))
    place = draw.draw(st.integers(0, len(data) - 1))
    data[place] ^= 1 << draw.draw(st.integers(0, 7))
    try:
        other = canonical.decode(bytes(data))
    except canonical.NotCanonical:
        return
    assert canonical.encode(other) == bytes(data) != canonical.encode(value)
