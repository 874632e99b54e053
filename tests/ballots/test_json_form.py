"""JSON as the specification has it: one way to write a thing, and no other is read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.ballots import json_form
from quorate.ballots.json_form import Malformed, NotCanonical, canonical, dump, parse

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=4), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@given(VALUES)
def test_it_is_json_and_reads_as_it_was(value: object) -> None:
    data = dump(value)
    assert json.loads(data) == value == parse(data)
    assert b"\x7f" not in data
    assert canonical(data, lambda read: read, lambda read: read) == value


@given(VALUES.filter(lambda value: isinstance(value, list | dict) and bool(value)))
def test_another_way_to_write_it_is_refused(value: object) -> None:
    for data in (dump(value) + b" ", json.dumps(value, indent=1).encode(), b" " + dump(value)):
        with pytest.raises(NotCanonical):
            canonical(data, lambda read: read, lambda read: read)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[1,]",
        b"NaN",
        b"'a'",
        b'"\xff"',
        b'"\\ud800"',
        b"\xef\xbb\xbf[]",
        b"[" * 5000,
        b"01",
    ],
)
def test_what_is_no_json(data: bytes) -> None:
    with pytest.raises(Malformed, match="not JSON"):
        parse(data)


@pytest.mark.parametrize(
    "value", ["", "01", "-1", "+1", " 1", "1.0", "1e3", "٣", "9" * 101, 1, None, True, ["1"]]
)
def test_what_is_no_number(value: object) -> None:
    with pytest.raises(Malformed):
        json_form.number(value)


@pytest.mark.parametrize("value", [-1, 1.0, True, "1", None, 2**53, 1e30])
def test_what_is_no_small_number(value: object) -> None:
    with pytest.raises(Malformed):
        json_form.small(value)


def test_weights_are_text_where_they_are_large() -> None:
    for weight in (0, 1, 2**30 - 1, 2**30, 10**18):
        assert json_form.weight(json_form.weight_json(weight)) == weight
    assert json_form.weight_json(2**30 - 1) == 2**30 - 1
    assert json_form.weight_json(2**30) == str(2**30)
    for value in ("1", -1, "-1", "01", 1.5):
        with pytest.raises(Malformed):
            json_form.weight(value)


def test_an_error_names_the_place() -> None:
    def read(value: object) -> object:
        inner = lambda one: json_form.field(json_form.fields(one, ("a",)), "a", json_form.string)  # noqa: E731
        return json_form.field(
            json_form.fields(value, ("list",)), "list", lambda many: json_form.each(many, inner)
        )

    with pytest.raises(Malformed, match=r"^list\[1\]\.a: not a string$"):
        read({"list": [{"a": ""}, {"a": 1}]})
    with pytest.raises(Malformed, match=r"^list\[0\]\.a: missing$"):
        read({"list": [{}]})
    with pytest.raises(Malformed, match=r"^list\[0\]\.b: no such field"):
        read({"list": [{"a": "", "b": 1}]})
    with pytest.raises(Malformed, match=r"^list: not an array$"):
        read({"list": {}})
    with pytest.raises(Malformed, match=r"^not an object$"):
        read([])
