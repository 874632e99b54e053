"""How many ballots are at the door of the ballot boxes at once, and whose.

Only the holder of a key gets that far. What they cast there costs the server some milliseconds,
also if it does not hold. So of one key one ballot is checked at a time and one more waits, and each
one that does not hold makes its key wait longer. A program that casts many such ballots keeps out
none but its own.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

ROOM = 16
"""Fewer than the threads that answer requests (``cli.serving``), so that some are always free."""

_OF_ONE_KEY = 2
_LONGEST = 600
_MOST_FAILURES = 10_000


class Busy(Exception):
    """There is no room at the door for this ballot now, and nothing of it is kept. ``seconds``:
    when to cast it again."""

    def __init__(self, why: str, seconds: int) -> None:
        super().__init__(why)
        self.seconds = seconds


class Key(NamedTuple):
    """A credential, as the roll writes it, in an election."""

    election: int
    credential: str


@dataclass(slots=True)
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    come: int = 0


class _Failures(NamedTuple):
    """``until``: by the machine's steady clock, in seconds."""

    many: int
    until: float


class AtTheDoor:
    """The door of one process, for all boxes."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._inside = 0
        self._turns: dict[Key, _Turn] = {}
        self._failures: OrderedDict[Key, _Failures] = OrderedDict()

    @contextmanager
    def one(self, key: Key) -> Iterator[None]:
        """Within the block a ballot of this key is at the door, and no other of it is looked at.
        Raises Busy."""
        turn = self._come(key)
        try:
            with turn.lock:
                yield
        finally:
            with self._guard:
                self._inside -= 1
                turn.come -= 1
                if turn.come == 0:
                    del self._turns[key]

    def failed(self, key: Key) -> None:
        """A ballot of this key did not hold: after the n-th one it waits 2^n seconds, ten minutes
        at most."""
        with self._guard:
            many = self._failures.pop(key, _Failures(0, 0)).many + 1
            self._failures[key] = _Failures(many, time.monotonic() + min(2**many, _LONGEST))
            if len(self._failures) > _MOST_FAILURES:
                self._failures.popitem(last=False)

    def _come(self, key: Key) -> _Turn:
        with self._guard:
            left = self._failures.get(key, _Failures(0, 0)).until - time.monotonic()
            if left > 0:
                raise Busy("Ballots with this key did not hold. Cast another later.", 1 + int(left))
            turn = self._turns.get(key) or _Turn()
            if turn.come == _OF_ONE_KEY:
                raise Busy("Ballots with this key are being checked. Cast this one after them.", 1)
            if self._inside == ROOM:
                raise Busy("Many are casting their ballots now. Cast this one again.", 1)
            self._turns[key] = turn
            turn.come += 1
            self._inside += 1
            return turn
