"""Whose turn it is, of the threads that want to write: one at a time, in the order in which they
came.

Whoever leaves wakes the next, and those for whom everything was done meanwhile, and nobody else:
sixteen threads that were all woken after each group of acts took a sixth of the server's time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class _Waiting:
    """``done``: whether nothing is left to wait for. ``gate``: it opens once, when the thread may
    go on; ``turn``: whether the turn is this thread's then."""

    done: Callable[[], bool]
    gate: threading.Lock = field(default_factory=threading.Lock)
    turn: bool = False


class Turns:
    """Of one process."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: list[_Waiting] = []

    def take(self, done: Callable[[], bool] = lambda: False) -> bool:
        """Waits until it is this thread's turn (True); or, where it is not yet, until ``done``
        (False), which others bring about in theirs. Whoever has the turn has to ``leave``."""
        with self._guard:
            if done():
                return False
            if not self._taken:
                self._taken = True
                return True
            mine = _Waiting(done)
            mine.gate.acquire()
            self._waiting.append(mine)
        try:
            mine.gate.acquire()
        except BaseException:  # the program is being ended
            self._withdraw(mine)
            raise
        return mine.turn

    def leave(self) -> None:
        """The turn of this thread is over."""
        with self._guard:
            waiting, self._waiting, self._taken = self._waiting, [], False
            for one in waiting:
                if one.done():
                    one.gate.release()
                elif not self._taken:
                    self._taken = one.turn = True
                    one.gate.release()
                else:
                    self._waiting.append(one)

    def _withdraw(self, mine: _Waiting) -> None:
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
        if mine.turn:
            self.leave()
