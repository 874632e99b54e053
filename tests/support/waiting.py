"""Waiting for what another process or thread does."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(said: Callable[[], bool]) -> None:
    """Waits until it is so, for half a minute at most."""
    for _ in range(300):
        if said():
            return
        time.sleep(0.1)
    raise AssertionError(f"it never came: {said}")
