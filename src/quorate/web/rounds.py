"""Threads of a server process that look again and again whether there is something to do beside the
write lane."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections, connection

from quorate.store.following import BrokenRecord
from quorate.store.halted import Halted

_LOG = logging.getLogger("quorate.rounds")


def start(
    name: str, every: float, begin: Callable[[], object], go_round: Callable[[], object]
) -> None:
    """Starts such a thread. It does ``begin`` once, and ``go_round`` each ``every`` seconds; what
    the database or the record says against it waits for the next time."""
    rounds = (name, every, begin, go_round)
    threading.Thread(target=_rounds, args=rounds, name=name, daemon=True).start()


def _rounds(
    name: str, every: float, begin: Callable[[], object], go_round: Callable[[], object]
) -> None:
    begun = False
    while True:
        try:
            close_old_connections()
            if not begun:
                begin()
                begun = True
            go_round()
        except Halted:
            pass  # every page says so; this waits like everything else
        except (DatabaseError, BrokenRecord) as error:
            _LOG.error("The %s waits: %s", name, error)
            connection.close()
        time.sleep(every)
