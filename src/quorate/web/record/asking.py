"""A thread of each server process that asks the witnesses to cosign what has been recorded."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connection

from quorate.chapters.witnesses.remembers import Witness
from quorate.store import checkpoints
from quorate.store.checkpoints import Signed
from quorate.store.witnessing import ask_all_again, ask_one, due
from quorate.web import rounds
from quorate.web.lane import lane, leaves

EVERY = 1
"""Seconds between two rounds: what is recorded meanwhile is cosigned together."""

_LOG = logging.getLogger("quorate.witnesses")


def start() -> None:
    """Starts asking in this process."""
    rounds.start("witnesses' asker", EVERY, ask_all_again, go_round)


def go_round() -> None:
    """Asks each witness that has not cosigned the latest checkpoint, each in a thread of its own: a
    slow one keeps none of the others waiting. Raises ClockJumped."""
    named = lane().now().state.witnesses.now.values()
    last = checkpoints.latest() if named else None
    if last is None:
        return
    now = lane().clock.now(0)
    for one in due(named, last, now):
        thread = _asking.get(one.name)
        if thread is None or not thread.is_alive():
            thread = threading.Thread(target=_ask, args=(one, last, now), daemon=True)
            _asking[one.name] = thread
            thread.start()


_asking: dict[str, threading.Thread] = {}
"""Witness → the thread that asks it, or has asked it last."""


def _ask(named: Witness, last: Signed, now: int) -> None:
    try:
        ask_one(named, last, leaves(), now)
    except DatabaseError as error:
        _LOG.error("The witness %s was not asked: %s", named.name, error)
    except Exception:
        _LOG.exception("The witness %s was not asked", named.name)
    finally:
        connection.close()
