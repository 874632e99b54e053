"""Replaying leaves nothing for Python's search for cycles, so it may wait meanwhile."""

from __future__ import annotations

import gc

import pytest

from quorate import organisation
from quorate.record import entry
from quorate.record.uncollected import uncollected
from support.small import founded
from support.year import cast, delegates, delegates_elected, opened_vote, proposed, sitting


def test_a_replayed_year_holds_no_cycle() -> None:
    small = founded()
    (number,) = proposed(delegates_elected(small))
    vote = opened_vote(sitting(small), number)
    for member in delegates(small):
        cast(small, vote, member, "for")
    lines = [entry.write(occasion, act) for occasion, act in small.pure.entries]
    organisation.replay((r.occasion, r.act) for r in map(entry.read, lines))  # readers are made
    gc.collect()
    with uncollected():
        state = organisation.replay((r.occasion, r.act) for r in map(entry.read, lines))
        assert state == small.state
        del state
        assert gc.collect() == 0


def test_the_search_goes_on_afterwards_also_after_an_error() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="x"), uncollected():
        raise ValueError("x")
    assert gc.isenabled()


def test_where_it_was_off_it_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
