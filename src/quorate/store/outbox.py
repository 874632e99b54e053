"""Letters that the record asks for, each sent once.

The record is the queue: a letter is owed because an entry is there, so nothing of it is done in
the write lane, and nothing is forgotten when the server dies. Some process writes down, once,
whom each new entry asks to be written to; then each letter is taken by one process, sent, and
marked. A process that dies while it sends leaves the letter to the next, a minute later, under
the same number, by which mail programs know it for the same letter.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from quorate.chapters.calendar import DAY
from quorate.chapters.clause import Refusal
from quorate.chapters.proposals.ask import Ask
from quorate.chapters.proposals.second import seeking_seconders
from quorate.chapters.state import State
from quorate.record import entry
from quorate.store.models import Letter, LettersUntil, RecordEntry

LEASE = 60_000
"""So long, in ms, a process may take to send a letter before another one tries."""

TRIES = 8
"""After so many tries, over about four hours, a letter is given up."""

STALE = 7 * DAY
"""An entry older than this asks for no letter any more."""

_ASKS = b'"act":"proposals.ask"'


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter to be sent now: to ``member``, because of what entry ``entry`` asks."""

    id: int
    entry: int
    member: str
    act: Ask
    by: str


def write_down(state: State, now: int) -> int:
    """Writes down the letters that new entries ask for; gives how many entries were looked at.

    ``now``: ms. Entries are read outside any transaction, which then is short.
    """
    mark, _ = LettersUntil.objects.get_or_create(pk=1)
    if mark.size >= state.size:
        return 0
    rows = RecordEntry.objects.filter(sequence__gte=mark.size, sequence__lt=state.size)
    letters = [
        Letter(entry=sequence, member=member)
        for sequence, data in rows.order_by("sequence")
        .values_list("sequence", "data")
        .iterator(chunk_size=2_000)
        if _ASKS in bytes(data)
        for member in _asked(state, bytes(data), now)
    ]
    with transaction.atomic():
        mine = LettersUntil.objects.filter(pk=1, size=mark.size).update(size=state.size)
        if mine:
            Letter.objects.bulk_create(letters, ignore_conflicts=True)
    return state.size - mark.size


def _asked(state: State, data: bytes, now: int) -> list[str]:
    read = entry.read(data)
    if now - read.occasion.time > STALE:
        return []
    return [m for m in _branch_of(state, read.act) if still_asked(state, read.act, m, now)]


def _branch_of(state: State, act: Ask) -> list[str]:
    return sorted(state.membership.branches[act.branch].members)


def still_asked(state: State, act: Ask, member: str, now: int) -> bool:
    """Whether the request still concerns the member, who chose to be reachable."""
    person = state.membership.members.get(member)
    if person is None or person.standing != "good" or not person.reachable:
        return False
    contribution = seeking_seconders(state, act.proposal, now)
    if isinstance(contribution, Refusal) or contribution.author == member:
        return False
    proposal = state.proposals.proposals[act.proposal]
    return proposal.admission is None and member not in proposal.seconders


def take(now: int) -> Taken | None:
    """A letter that is due, for this process alone until the lease ends; None if there is none."""
    due = (
        Letter.objects.filter(sent=False, tries__lt=TRIES, taken_until__lte=now)
        .order_by("pk")
        .first()
    )
    if due is None:
        return None
    mine = Letter.objects.filter(pk=due.pk, sent=False, taken_until=due.taken_until)
    if not mine.update(taken_until=now + LEASE, tries=F("tries") + 1):
        return take(now)
    read = entry.read(bytes(RecordEntry.objects.get(sequence=due.entry).data))
    return Taken(due.pk, due.entry, due.member, read.act, read.occasion.by)


def was_sent(letter: Taken) -> None:
    """The mail server has taken the letter, or nobody wants it any more."""
    Letter.objects.filter(pk=letter.id).update(sent=True)


def not_sent(letter: Taken, now: int) -> None:
    """To be tried again, each time after twice as long."""
    row = Letter.objects.get(pk=letter.id)
    row.taken_until = now + LEASE * 2**row.tries
    row.save(update_fields=["taken_until"])
