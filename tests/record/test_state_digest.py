"""The digest of a state: the same for the same state, another for any other."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from immutables import Map

from quorate.chapters.state import EMPTY
from quorate.record.state_digest import digest, plain
from support.small import founded


@dataclass(frozen=True)
class Before:
    """What an older version remembered."""

    name: str
    seats: Map[str, int] = field(default_factory=Map)


@dataclass(frozen=True)
class After:
    """The same, and more that older records have none of."""

    name: str
    seats: Map[str, int] = field(default_factory=Map)
    added: Map[str, int] = field(default_factory=Map)
    also: int = 0


def test_an_empty_state_is_an_empty_object() -> None:
    assert digest(EMPTY) == hashlib.sha256(b"{}").hexdigest()


def test_what_a_later_version_adds_changes_nothing_where_there_is_none_of_it() -> None:
    seats = Map(a=1)
    assert plain(Before("x", seats)) == plain(After("x", seats))
    assert plain(After("x", seats, also=1)) != plain(After("x", seats))


@given(st.dictionaries(st.text(max_size=3), st.integers(), max_size=6))
def test_the_order_in_which_a_map_grew_does_not_matter(values: dict[str, int]) -> None:
    forwards, backwards = Map(values.items()), Map(reversed(list(values.items())))
    assert plain(forwards) == plain(backwards)
    assert len(plain(forwards)) == len(values)


def test_each_kind_has_its_form() -> None:
    value = (None, True, 2**53, -(2**60), Fraction(2, 3), frozenset({2, 1}), Map({("a", ""): 1}))
    form = [None, True, str(2**53), str(-(2**60)), "2/3", [1, 2], [[["a", ""], 1]]]
    assert plain(value) == form
    assert json.loads(json.dumps(form)) == form


def test_what_has_no_form_is_an_error_and_not_left_out() -> None:
    for value in (1.5, object(), b"x", Before):
        with pytest.raises(TypeError):
            plain(value)


def test_two_that_did_the_same_come_to_the_same_and_one_act_more_is_another() -> None:
    one, two = founded(), founded()
    assert digest(one.state) == digest(two.state)
    moved = one.state._replace(time=one.state.time + 1)
    assert digest(moved) != digest(one.state)
    one.pure.do(one.members["A1"][0], "membership.be_reachable", yes=True)
    assert digest(one.state) != digest(two.state)
