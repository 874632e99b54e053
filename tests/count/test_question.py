"""Majorities, against their definition by multiplication."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.count.question import Answer, put

numbers = st.integers(0, 400)
shares = st.fractions(min_value=Fraction(1, 50), max_value=1, max_denominator=50)


def asked(**given_: Any) -> Answer:
    usual: dict[str, Any] = {
        "in_favour": 131,
        "against": 49,
        "abstained": 12,
        "present": 200,
        "seats": 240,
        "share": Fraction(2, 3),
        "of": "cast",
        "strictly": False,
    }
    return put(**(usual | given_))


@given(numbers, numbers, numbers, st.integers(0, 90), st.integers(0, 90), shares, st.booleans())
def test_every_whole_by_definition(
    yes: int, no: int, abstained: int, silent: int, absent: int, share: Fraction, strictly: bool
) -> None:
    wholes = {"cast": yes + no, "voting": yes + no + abstained}
    wholes["present"] = wholes["voting"] + silent
    wholes["seats"] = wholes["present"] + absent
    for of, whole in wholes.items():
        answer = asked(
            in_favour=yes,
            against=no,
            abstained=abstained,
            present=wholes["present"],
            seats=wholes["seats"],
            share=share,
            of=of,
            strictly=strictly,
        )
        have, want = yes * share.denominator, share.numerator * whole
        assert answer.carried == (yes > 0 and (have > want if strictly else have >= want))
        assert answer.base == whole
        assert answer.carried == (yes >= answer.needed)


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({}, "131 of 180 cast is 72.8 %; two thirds, 120, were needed: carried."),
        (
            {"in_favour": 90, "against": 90, "share": Fraction(1, 2), "strictly": True},
            "90 of 180 cast is 50.0 %; more than half, 91, were needed: not carried.",
        ),
        (
            {"of": "voting"},
            "131 of 192 cast with abstentions is 68.2 %; two thirds, 128, were needed: carried.",
        ),
        (
            {"of": "present", "share": Fraction(7, 11)},
            "131 of 200 present is 65.5 %; 7/11, 128, were needed: carried.",
        ),
        (
            {"of": "seats", "share": Fraction(3, 5)},
            "131 of 240 seats is 54.6 %; three fifths, 144, were needed: not carried.",
        ),
        (
            {"in_favour": 0, "against": 0},
            "0 in favour, of 0 cast; two thirds, 1, was needed: not carried.",
        ),
    ],
)
def test_the_arithmetic_in_words(given_: dict[str, Any], sentence: str) -> None:
    assert asked(**given_).sentence == sentence


@pytest.mark.parametrize(
    ("given_", "field"),
    [
        ({"against": -1}, "against"),
        ({"share": Fraction(0)}, "share"),
        ({"share": Fraction(5, 4)}, "share"),
        ({"of": "members"}, "of"),
        ({"of": "seats", "seats": 100}, "seats"),
    ],
)
def test_impossible_numbers_name_their_field(given_: dict[str, Any], field: str) -> None:
    with pytest.raises(ValueError, match=f"^{field}:"):
        asked(**given_)
