"""Whatever is done in a member's name is announced to them, by letter and within the hour.

Whoever runs the server can act in the name of a member without a device of their own; so can who
reads their mail. The letter is how they learn of it without looking. One letter tells what came
together in WAIT, so that a delegate who votes all day has one an hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quorate.chapters.clause import FOUNDER, RULEBOOK
from quorate.chapters.secret.trustee_id import PREFIX
from quorate.record.entry import Entry
from quorate.store.models import Letter
from quorate.store.own_acts import acts_of

WAIT = 3_600_000
"""ms from the first act that a letter tells of until it goes."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A letter to be sent now: what was done in the name of ``member``, the newest first."""

    id: int
    entry: int
    member: str
    acts: tuple[Entry, ...]


def is_somebodys(by: str) -> bool:
    """Whether an act by these is in a member's name: not the founder's, nor what fell due, nor that
    of a trustee from another organisation, whose address nobody has."""
    return by not in (FOUNDER, RULEBOOK) and not by.startswith(PREFIX)


def begun(first: Mapping[str, int], now: int) -> list[Letter]:
    """A letter for each of these members that has none waiting for more. ``first``: member → the
    first entry to tell them of; ``now``: ms."""
    waiting = set(Letter.objects.filter(own=True, until=0).values_list("member", flat=True))
    return [
        Letter(entry=sequence, member=member, own=True, taken_until=now + WAIT)
        for member, sequence in first.items()
        if member not in waiting
    ]


def announced(letter: Letter) -> Announced:
    """What the letter tells, which waits for no more."""
    acts = acts_of(letter.member, letter.entry, letter.until)
    return Announced(letter.pk, letter.entry, letter.member, tuple(acts))
