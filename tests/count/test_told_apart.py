"""Ties told apart by stages, and places that stay empty."""

from __future__ import annotations

from quorate.count.ties import earliest_first, latest_first, told_apart, vacant

HISTORY = [[0, 5, 5, 4], [0, 5, 6, 6], [0, 7, 7, 7]]
"""Votes of candidates 1 to 3 at three stages; place 0 is nobody's."""


def test_the_most_recent_stage_at_which_they_differed() -> None:
    assert told_apart([1, 2, 3], latest_first(HISTORY), highest=False) == ([1], 2)


def test_stage_after_stage_until_one_is_left() -> None:
    assert told_apart([1, 2, 3], latest_first(HISTORY), highest=True) == ([2], 1)
    assert told_apart([1, 2], earliest_first(HISTORY), highest=True) == ([2], 2)


def test_whom_no_stage_tells_apart() -> None:
    assert told_apart([1, 2], latest_first([[0, 3, 3]]), highest=True) == ([1, 2], None)
    assert told_apart([1, 2], latest_first([]), highest=True) == ([1, 2], None)


def test_vacant_places_are_remarked_on() -> None:
    assert vacant(3, 2, 1) == ("3 seats and 2 candidates: 1 stays vacant.",)
    assert vacant(3, 4, 0) == ()
