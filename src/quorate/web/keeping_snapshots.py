"""A thread of each server process that keeps snapshots of what stands, so that the next start is
quick; first it reads again what this start has not replayed."""

from __future__ import annotations

import logging
import threading
import time
from multiprocessing.util import Finalize

from django.db import DatabaseError, close_old_connections, connection

from quorate.store import standing_kept
from quorate.store.following import BrokenRecord
from quorate.store.rereading import reread
from quorate.web.lane import lane

EVERY = 5
"""Seconds between two looks whether it is time."""
APART = 60
"""Seconds at least between two snapshots: one of a million entries takes some seconds to write."""
AT_LEAST = 5_000
"""Entries that are replayed in less than a second: fewer new ones are not worth a snapshot."""
SHARE = 100
"""Of a longer record a hundredth must be new."""
_BREATH = 0.002
"""Seconds in which others have the processor, between two parts of a snapshot."""

_KEEPING = threading.Lock()
"""Held while this process keeps one."""
_ENDING = threading.Event()
"""The process ends: a snapshot that is being written is finished, and no breath is taken."""

_LOG = logging.getLogger("quorate.snapshot")


def start(replayed_from: int) -> None:
    """Starts it in this process. ``replayed_from``: so many entries this start took from a
    snapshot."""
    threading.Thread(target=_rounds, args=(replayed_from,), name="snapshots", daemon=True).start()
    # A worker process ends without Python's own exit handlers; these are run.
    Finalize(None, at_the_end, exitpriority=10)


def worth_it(size: int, kept: int) -> bool:
    """Whether a record of this size should have a new snapshot; ``kept``: over how many entries the
    latest is."""
    return size - kept >= max(AT_LEAST, size // SHARE)


def at_the_end() -> None:
    """At a clean stop: the last one that the next start needs."""
    _ENDING.set()
    with _KEEPING:
        standing = lane().standing
        if standing.state.size - standing_kept.kept_size(lane().place) >= AT_LEAST:
            try:
                standing_kept.keep(lane().place, standing, lane().leaves)
            except DatabaseError as error:
                _LOG.error("No snapshot was kept at the end: %s", error)


def _rounds(replayed_from: int) -> None:
    _read_again(replayed_from)
    while True:
        standing = lane().standing
        if worth_it(standing.state.size, standing_kept.kept_size(lane().place)):
            try:
                close_old_connections()
                with _KEEPING:
                    standing_kept.keep(lane().place, standing, lane().leaves, _breathe)
            except DatabaseError as error:
                _LOG.error("No snapshot was kept: %s", error)
                connection.close()
            time.sleep(APART)
        time.sleep(EVERY)


def _read_again(size: int) -> None:
    """Reads what was not replayed. Where the database holds anything else the lane stops: the state
    is right, but what was shown of the record would not be."""
    try:
        reread(lane().leaves.until(size), size, _breathe)
    except BrokenRecord as broken:
        _LOG.error("The record is broken: %s", broken)
        lane().broken = broken
    except DatabaseError as error:
        _LOG.error("The entries before the snapshot could not be read again: %s", error)
    finally:
        connection.close()


def _breathe() -> None:
    _ENDING.wait(_BREATH)
