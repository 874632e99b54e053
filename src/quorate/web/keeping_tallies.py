"""A thread of each server process that keeps up the tallies of open boxes."""

from __future__ import annotations

from quorate.store import tallying
from quorate.web import rounds
from quorate.web.lane import lane

EVERY = 0.5
"""Seconds. What was cast in the last of them is tallied in the lane."""


def start() -> None:
    """Starts it in this process."""
    rounds.start("tallies", EVERY, lambda: None, _go_round)


def _go_round() -> None:
    for box in lane().standing.state.secret.boxes.values():
        if box.closed is None and not box.void:
            tallying.catch_up(box)
