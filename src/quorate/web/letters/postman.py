"""The postman: a thread of each server process that sends what the record asks to be sent."""

from __future__ import annotations

import logging

from django.db import DatabaseError

from quorate.chapters.state import State
from quorate.store import erasing, outbox
from quorate.store.announcing import Announced
from quorate.store.following import BrokenRecord
from quorate.store.halted import Halted
from quorate.store.models import Account, LettersUntil, RecordEntry
from quorate.store.outbox import Taken
from quorate.store.people import sheets_of
from quorate.web import rounds
from quorate.web.accounts import addresses
from quorate.web.lane import lane
from quorate.web.letters import post
from quorate.web.letters.writing import number_of, written

EVERY = 3
"""Seconds between two rounds."""

_LOG = logging.getLogger("quorate.letters")


def start() -> None:
    """Starts the postman of this process."""
    rounds.start("postman", EVERY, lambda: erasing.repair(lane().now().state), go_round)


def go_round() -> int:
    """Sends every letter that is due; gives how many were sent. Raises ClockJumped."""
    if _something_new():
        state = lane().now().state
        outbox.write_down(state, lane().clock.now(state.time))
    sent = 0
    now = lane().clock.now(0)
    addresses.settle(now)
    while (taken := outbox.take(now)) is not None:
        sent += _deliver(taken, now)
        now = lane().clock.now(0)
    return sent


def _something_new() -> bool:
    last = RecordEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    mark = LettersUntil.objects.filter(pk=1).values_list("size", flat=True).first()
    return last is not None and last >= (mark or 0)


def _deliver(taken: Taken | Announced, now: int) -> int:
    """How many letters went out: one or none. What goes wrong with one concerns that one only, as
    long as the database and the record are there."""
    state = lane().now().state
    try:
        to = address_of(taken.member)
        sent = bool(to) and _wanted(state, taken, now)
        if sent:
            post.send(written(state, taken, to))
    except (DatabaseError, BrokenRecord, Halted):
        raise
    except Exception as error:
        why = str(error) if isinstance(error, post.NotSent) else post.without_address(error)
        _LOG.error("The letter %s was not sent, and is tried again: %s", number_of(taken), why)
        outbox.not_sent(taken, now)
        return 0
    outbox.was_sent(taken)
    return int(sent)


def _wanted(state: State, taken: Taken | Announced, now: int) -> bool:
    if isinstance(taken, Announced):
        return bool(taken.acts)
    return outbox.wanted(state, taken.name, taken.act, taken.member, now)


def address_of(member: str) -> str:
    """Where the member reads letters: the address they sign in with, or else their sheet's."""
    account = Account.objects.filter(member=member).first()
    if account is not None:
        return account.email
    return sheets_of(lane().place, lane().standing.state, [member])[member].email
