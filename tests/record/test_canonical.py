"""Canonical JSON against the package rfc8785, which somebody else wrote."""

from __future__ import annotations

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


@pytest.mark.parametrize(
    "value", [1.5, 2**53, -(2**53), {"é": 1}, {1: 2}, "\ud800", b"x", {"a": (1,)}, float("nan")]
)
def test_what_the_record_does_not_hold(value: object) -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.encode(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" 1",
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b"1.0",
        b"NaN",
        b'"\\u0041"',
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
