"""Asking the witnesses: each is sent the latest checkpoint, with the proof that the record has only
grown since it was asked last, and what it signs is kept (C2SP tlog-witness, "add-checkpoint").

Nothing of it is done in the write lane: a witness that is slow, silent or lying keeps nobody from
acting. Of several processes one asks a witness at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from quorate.chapters.witnesses.remembers import Witness
from quorate.record import checkpoint, note, witness_rule
from quorate.store.checkpoints import Signed
from quorate.store.leaves import Leaves
from quorate.store.models import Asked, Cosigned
from quorate.store.witness_client import TROUBLES, Trouble, Unreachable, send

LEASE = 60_000
"""So long, in ms, a process may take to ask a witness before another one does."""

PAUSE = 10_000
"""So long, in ms, a witness that answered something else is left alone before it is asked again."""

KEPT = 100
"""So many of a witness's cosignatures are kept: each says what all before it said."""

GRAVE: tuple[Trouble, ...] = ("ahead", "disagrees")
"""Somebody was shown another record."""


def due(named: Iterable[Witness], last: Signed, now: int) -> list[Witness]:
    """Those that have not cosigned ``last`` yet and are to be asked at ``now`` (ms)."""
    known = {row.witness: row for row in Asked.objects.all()}

    def is_due(name: str) -> bool:
        row = known.get(name)
        if row is None:
            return True
        return now - row.told >= PAUSE if row.trouble else row.known != last.size

    return [one for one in named if is_due(one.name)]


def ask_one(named: Witness, last: Signed, leaves: Leaves, now: int) -> None:
    """Asks a witness to cosign ``last``, unless another process is asking it."""
    row, _ = Asked.objects.get_or_create(pk=named.name)
    mine = Asked.objects.filter(pk=named.name, taken_until=row.taken_until)
    if row.taken_until > now or not mine.update(taken_until=now + LEASE):
        return
    known, trouble = _cosign(named, row.known, last, leaves, now)
    Asked.objects.filter(pk=named.name).update(
        known=known, trouble=trouble, told=now, taken_until=0
    )


def _cosign(
    named: Witness, known: int, last: Signed, leaves: Leaves, now: int
) -> tuple[int, Trouble]:
    """What the witness has cosigned last, as far as is known now, and what is wrong."""
    try:
        answer = send(named.url, known, _proof(known, last, leaves), last)
        if answer.status == HTTPStatus.CONFLICT:
            size = checkpoint.read_number(answer.body.strip())
            if size is not None and size > last.size:
                return 0, "ahead"  # asked so again, it says so again
            if size is None or size == known:
                return known, "refuses"
            known = size
            answer = send(named.url, known, _proof(known, last, leaves), last)
    except Unreachable:
        return known, "unreachable"
    if answer.status == HTTPStatus.OK:
        return _kept(named, known, last, answer.body, now)
    return known, TROUBLES.get(answer.status, "refuses")


def _kept(named: Witness, known: int, last: Signed, lines: str, now: int) -> tuple[int, Trouble]:
    """Keeps the witness's lines, if they are its cosignature of this checkpoint."""
    try:
        if not witness_rule.cosigned_by([named], last.note + lines):
            return known, "false"
    except note.BadNote:
        return known, "false"
    found = Cosigned.objects.filter(witness=named.name)
    found.update_or_create(
        witness=named.name, size=last.size, defaults={"lines": lines, "time": now}
    )
    old = found.order_by("-size").values_list("size", flat=True)[KEPT - 1 : KEPT]
    if old:
        found.filter(size__lt=old[0]).delete()
    return last.size, ""


def ask_all_again() -> None:
    """Forgets what each witness is thought to have cosigned, so that it is asked. A server does so
    when it starts: its database may be an old one, put back."""
    Asked.objects.update(known=0, told=0)


def _proof(known: int, last: Signed, leaves: Leaves) -> tuple[bytes, ...]:
    """That the record has only grown from what the witness has cosigned."""
    levels = leaves.until(last.size)
    return levels.consistency(known, last.size) if 0 < known < last.size else ()
