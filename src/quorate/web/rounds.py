"""Threads of a server process that look again and again whether there is something to do beside the
write lane."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from django.db import DatabaseError, close_old_connections, connection

from quorate.store.following import BrokenRecord
from quorate.store.halted import Halted

_LOG = logging.getLogger("quorate.rounds")


def start(
    name: str, every: float, begin: Callable[[], object], go_round: Callable[[], object]
) -> None:
    """Starts such a thread. It does ``begin`` once, and ``go_round`` each ``every`` seconds; what
    goes wrong is said in the server's output, and waits for the next time."""
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
            _let_go()
        except Exception:  # what nobody thought of must not end the thread
            _LOG.exception("The %s broke off, and goes on in %s s", name, every)
            _let_go()
        time.sleep(every)


def _let_go() -> None:
    """Closes the thread's connection to the database; the next round opens another."""
    with suppress(DatabaseError):
        connection.close()
