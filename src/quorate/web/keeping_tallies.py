"""A thread of each server process that keeps up the tallies of open boxes, and has the processes
started in time that check what comes into them."""

from __future__ import annotations

from quorate.store import casting, tallying
from quorate.web import rounds
from quorate.web.lane import lane

EVERY = 0.5
"""Seconds. What was cast in the last of them is tallied in the lane."""


def start() -> None:
    """Starts it in this process."""
    rounds.start("tallies", EVERY, lambda: None, _go_round)


def _go_round() -> None:
    secret = lane().standing.state.secret
    opened = [box for box in secret.boxes.values() if box.closed is None and not box.void]
    mixed = any(
        one.closed is not None and not one.void and not one.roll
        for one in secret.registers.values()
    )
    if opened or mixed:  # where they were never compiled, that is done before anybody votes
        casting.make_ready()
    tallying.keep_up(opened)
