"""The tallies of open boxes, kept up beside the lane, so that nobody waits for them at the close.

A ballot that has been written stays, and counts at the close. So each is taken into the tally soon
after it was cast (``catch_up``, by a thread of the server), and in the lane only those are left
that came in the last moment. A box that nobody kept up, as after a start, is tallied whole.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quorate.ballots.elections import read_election
from quorate.ballots.running_tally import RunningTally
from quorate.chapters.secret.remembers import Box
from quorate.store import ballot_boxes
from quorate.store.ballot_boxes import Cast

_AT_ONCE = 20
"""Ballots that are taken in before somebody else, who may hold the lane, has a turn."""

_KEPT: dict[str, _Kept] = {}
_MAKING = threading.Lock()


class Tallied(NamedTuple):
    """``tally``: its bytes. ``counted``: how many ballots are in it, the last of each key."""

    tally: bytes
    counted: int


class _Kept:
    """Of one box. ``known``: the hashes of what is in the tally."""

    def __init__(self, box: Box) -> None:
        self._election = box.election
        self._tally = RunningTally(read_election(box.asked.encode()))
        self._known: set[str] = set()
        self._place = 0
        self._turn = threading.Lock()

    def catch_up(self) -> None:
        """Takes in what is there, a few ballots at a time. Threads may do so together."""
        while self._next_placed():
            pass
        come = [
            one.hash for one in ballot_boxes.waiting(self._election) if one.hash not in self._known
        ]
        for start in range(0, len(come), _AT_ONCE):
            with self._turn:
                self._take(ballot_boxes.with_hashes(come[start : start + _AT_ONCE]))

    def holds_all(self) -> bool:
        return len(self._known) == ballot_boxes.many(self._election)

    def tallied(self) -> Tallied:
        with self._turn:
            return Tallied(self._tally.write(), self._tally.counted)

    def _next_placed(self) -> bool:
        """Whether there were any more in the box. Reading them and going on is one turn: else two
        threads would both go on after the same ballots, and leave out those that follow."""
        with self._turn:
            rows = ballot_boxes.placed_after(self._election, self._place, _AT_ONCE)
            self._take(rows)
            self._place += len(rows)
            return bool(rows)

    def _take(self, ballots: Iterable[Cast]) -> None:
        for one in ballots:
            if one.hash not in self._known:
                self._tally.take(one.credential, one.nth, one.data)
                self._known.add(one.hash)


def keep_up(opened: Sequence[Box]) -> None:
    """Takes into the tallies of the open boxes what was cast since, and forgets those of all
    others; others may write meanwhile."""
    with _MAKING:
        for over in _KEPT.keys() - {box.phi for box in opened}:
            del _KEPT[over]
    for box in opened:
        catch_up(box)


def catch_up(box: Box) -> None:
    """The same for one box."""
    _kept(box).catch_up()


def of_all(box: Box) -> Tallied:
    """The tally of all ballots that are in the box or wait, when nobody else writes."""
    kept = _kept(box)
    if not kept.holds_all():
        kept.catch_up()
    if not kept.holds_all():  # what stands in the record for ever is not a guess: all anew
        kept = _Kept(box)
        kept.catch_up()
    return kept.tallied()


def _kept(box: Box) -> _Kept:
    with _MAKING:
        kept = _KEPT.get(box.phi)
        if kept is None:
            kept = _KEPT[box.phi] = _Kept(box)
        return kept
