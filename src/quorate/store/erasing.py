"""Erasing: what the record commits to, and what else is known of a person who asked for it.

It is done in the transaction that writes the entry, by whatever way the act came in, so that the
record never says of something that it was erased while it is still there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from quorate.chapters.state import State
from quorate.store import answered
from quorate.store.models import Account, ApiToken, Document, Letter, PersonalSheet

_AT_ONCE = 500


def erase(things: Mapping[str, str]) -> int:
    """Removes texts and sheets with their salts, the accounts of whoever asked, and what is known
    of the acts that they handed in, or that carried their sheet; for good.

    ``things``: commitment → the pseudonym of the person whose sheet it is, "" for a text. Gives
    the number of rows.
    """
    gone = 0
    for commitments in _parts(things):
        gone += answered.forget((), commitments)
        gone += Document.objects.filter(commitment__in=commitments).delete()[0]
    for sheets in _parts(thing for thing, of in things.items() if of):
        gone += PersonalSheet.objects.filter(commitment__in=sheets).delete()[0]
    for members in _parts(filter(None, things.values())):
        gone += answered.forget(members, ())
        gone += Account.objects.filter(member__in=members).delete()[0]
        gone += ApiToken.objects.filter(member__in=members).delete()[0]
        gone += Letter.objects.filter(member__in=members).delete()[0]
    return gone


def repair(state: State) -> int:
    """Erases what the record says is erased, where it is still there; gives the number of rows.

    That can be so in a database restored in part, or written by a version that erased later.
    """
    sheets = {m.person: m.id for m in state.membership.members.values() if m.erased}
    for assembly in state.delegates.assemblies.values():
        sheets |= {guest.person: guest.id for guest in assembly.guests.values() if guest.erased}
    return erase(dict.fromkeys(state.erasing.texts, "") | sheets)


def _parts(things: Iterable[str]) -> Iterator[list[str]]:
    left = iter(things)
    while part := list(islice(left, _AT_ONCE)):
        yield part
