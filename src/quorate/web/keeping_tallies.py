"""A thread of each server process that keeps up the tallies of open boxes, and has the processes
started in time that check what comes into them."""

from __future__ import annotations

from quorate.chapters.secret.boxes import ballots_to_come, taking_ballots
from quorate.store import casting, tallying
from quorate.web import rounds
from quorate.web.lane import lane

EVERY = 0.5
"""Seconds. What was cast in the last of them is tallied in the lane."""


def start() -> None:
    """Starts it in this process."""
    rounds.start("tallies", EVERY, lambda: None, _go_round)


def _go_round() -> None:
    state = lane().standing.state
    if ballots_to_come(state):  # where they were never compiled, that is done before anybody votes
        casting.make_ready()
    tallying.keep_up(taking_ballots(state))
