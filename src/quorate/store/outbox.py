"""Letters that the record asks for, each sent once.

The record is the queue: a letter is owed because an entry is there, so nothing of it is done in
the write lane, and nothing is forgotten when the server dies. Some process writes down, once,
whom each new entry asks to be written to; then each letter is taken by one process, sent, and
marked. A process that dies while it sends leaves the letter to the next, a minute later, under
the same number, by which mail programs know it for the same letter.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import DatabaseError, transaction
from django.db.models import F

from quorate import organisation
from quorate.chapters.calendar import DAY
from quorate.chapters.state import State
from quorate.record import entry
from quorate.store import announcing, entries
from quorate.store.announcing import Announced
from quorate.store.letters_owed import OWED
from quorate.store.models import Letter, LettersUntil

_LOG = logging.getLogger("quorate.letters")

LEASE = 60_000
"""So long, in ms, a process may take to send a letter before another one tries."""

TRIES = 8
"""After so many tries, over about four hours, a letter is given up."""

STALE = 7 * DAY
"""An entry older than this asks for no letter any more."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter to be sent now: to ``member``, because of entry ``entry``. ``name``: of its act."""

    id: int
    entry: int
    member: str
    name: str
    act: Any
    by: str


def write_down(state: State, now: int) -> int:
    """Writes down the letters that new entries ask for; gives how many entries were looked at.

    ``now``: ms. Entries are read outside any transaction, which then is short.
    """
    mark, _ = LettersUntil.objects.get_or_create(pk=1)
    if mark.size >= state.size:
        return 0
    letters: list[Letter] = []
    first_act: dict[str, int] = {}
    for sequence, data in entries.between(mark.size, state.size):
        head = orjson.loads(data)
        if now - head["time"] > STALE:
            continue
        if announcing.is_somebodys(head["by"]):
            first_act.setdefault(head["by"], sequence)
        if head["act"] in OWED:
            letters += [Letter(entry=sequence, member=m) for m in _owed(state, sequence, data, now)]
    with transaction.atomic():
        mine = LettersUntil.objects.filter(pk=1, size=mark.size).update(size=state.size)
        if mine:
            letters += announcing.begun(first_act, now)
            Letter.objects.bulk_create(letters, ignore_conflicts=True)
    return state.size - mark.size


def _owed(state: State, sequence: int, data: bytes, now: int) -> list[str]:
    """The members to whom the entry owes a letter. One of which that cannot be told stops no
    letters of the others."""
    try:
        read = entry.read(data)
        act = organisation.clause_of(read.act).name
        to = OWED[act].to(state, read.act, read.occasion)
        return [member for member in sorted(to) if wanted(state, act, read.act, member, now)]
    except DatabaseError:
        raise
    except Exception:
        _LOG.exception("To whom entry %s owes a letter cannot be told: none is written", sequence)
        return []


def wanted(state: State, name: str, act: Any, member: str, now: int) -> bool:
    """Whether the letter because of this act still has something to tell the member."""
    return OWED[name].still(state, act, member, now)


def take(now: int) -> Taken | Announced | None:
    """A letter that is due, for this process alone until the lease ends; None if there is none."""
    due = (
        Letter.objects.filter(sent=False, tries__lt=TRIES, taken_until__lte=now)
        .order_by("pk")
        .first()
    )
    if due is None:
        return None
    if not _leased(due, now):
        return take(now)
    if due.own:
        return announcing.announced(due)
    read = entry.read(entries.there(due.entry))
    name = organisation.clause_of(read.act).name
    return Taken(due.pk, due.entry, due.member, name, read.act, read.occasion.by)


def _leased(due: Letter, now: int) -> bool:
    """Whether it is this process that sends it now. A letter that waited for more acts does so no
    longer: what is written down after this begins the next one."""
    mine = Letter.objects.filter(pk=due.pk, sent=False, taken_until=due.taken_until)
    with transaction.atomic():
        if due.own and not due.until:
            due.until = LettersUntil.objects.select_for_update().get(pk=1).size
        return bool(mine.update(taken_until=now + LEASE, tries=F("tries") + 1, until=due.until))


def was_sent(letter: Taken | Announced) -> None:
    """The mail server has taken the letter, or nobody wants it any more."""
    Letter.objects.filter(pk=letter.id).update(sent=True)


def not_sent(letter: Taken | Announced, now: int) -> None:
    """To be tried again, each time after twice as long."""
    row = Letter.objects.get(pk=letter.id)
    row.taken_until = now + LEASE * 2**row.tries
    row.save(update_fields=["taken_until"])
