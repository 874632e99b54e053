"""The real server, in a story's own time.

An organisation's deadlines are weeks apart, and the lane's clock refuses jumps. Here the lane's
clock shows the time of the story, and everything else is the product:

    PYTHONPATH=tests QUORATE_STORY=FOLDER QUORATE_DIR=DIR \
        python -m granian --interface wsgi support.story_server:application

A test that wants time to pass writes the time into FOLDER/wanted. It passes here, in the server's
process, and each deadline on the way falls due at its own instant; then FOLDER/now says so.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "quorate.web.settings"

import django

django.setup()

from quorate.demo.telling import StoryClock, Telling  # noqa: E402 (they need Django set up)
from quorate.web.lane import lane  # noqa: E402

FOLDER = Path(os.environ["QUORATE_STORY"])
TICK = 0.02


def read_time(name: str) -> int:
    """The time in one of the story's two files, ms."""
    return int((FOLDER / name).read_text("ascii"))


def write_time(name: str, at: int) -> None:
    """Writes it whole: nobody reads half a number."""
    unfinished = FOLDER / f"{name}.new"
    unfinished.write_text(str(at), "ascii")
    unfinished.replace(FOLDER / name)


def let_time_pass(telling: Telling) -> None:
    """Goes where the test wants the story to go, for as long as the server runs."""
    while True:
        wanted = read_time("wanted")
        if wanted > telling.clock.time:
            lane().now()
            telling.go_to(wanted)
            write_time("now", telling.clock.time)
        time.sleep(TICK)


_clock = StoryClock(read_time("now"))
lane().clock = _clock

from quorate.web.wsgi import application  # noqa: E402 (it reads the record, by this clock)

__all__ = ["application"]

threading.Thread(
    target=let_time_pass, args=[Telling(lane(), _clock)], name="the story's time", daemon=True
).start()
