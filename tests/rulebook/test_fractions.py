"""Shares and what they need, in exact fractions: never a float in between."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.rulebook.fractions import needed, read_share, write_share

shares = st.fractions(min_value=Fraction(1, 9999), max_value=1, max_denominator=9999)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("1/2", Fraction(1, 2)),
        ("2/3", Fraction(2, 3)),
        ("4/6", Fraction(2, 3)),
        ("3%", Fraction(3, 100)),
        ("100%", Fraction(1)),
        ("1/1", Fraction(1)),
        ("33.33 %", Fraction(3333, 10000)),
        ("0.1%", Fraction(1, 1000)),
        (" 3/5 ", Fraction(3, 5)),
    ],
)
def test_a_share_is_read_exactly(text, share):
    assert read_share(text) == share


@pytest.mark.parametrize(
    "text",
    [
        *("", "half", "0", "1", "0%", "0/2", "1/0", "3/2", "101%", "-1/2", "1/-2", "1.5/2"),
        *("5 %%", "1/2/3", "1e-1", "٣%", "1/1234567", 0.5, 1, None, True),
    ],
)
def test_what_is_no_share_is_refused(text):
    with pytest.raises(ValueError, match="share"):
        read_share(text)


@given(shares)
def test_written_down_and_read_again_it_is_the_same(share):
    assert read_share(write_share(share)) == share


@given(shares, st.integers(0, 10**7), st.booleans())
def test_what_is_needed_is_the_smallest_number_that_is_enough(share, whole, more_than):
    """By the definition: that many are enough, and one fewer are not."""

    def enough(number: int) -> bool:
        reached = number * share.denominator
        asked = share.numerator * whole
        return reached > asked if more_than else reached >= asked

    number = needed(share, whole, more_than=more_than)
    assert enough(number)
    assert number == 0 or not enough(number - 1)


@pytest.mark.parametrize(
    ("share", "whole", "at_least", "more"),
    [("2/3", 3, 2, 3), ("2/3", 300_000, 200_000, 200_001), ("1/2", 11, 6, 6), ("1/3", 0, 0, 1)],
)
def test_two_thirds_of_three_are_two(share, whole, at_least, more):
    assert needed(read_share(share), whole, more_than=False) == at_least
    assert needed(read_share(share), whole, more_than=True) == more
