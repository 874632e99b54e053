"""Asking the witnesses: each is sent the latest checkpoint, with the proof that the record has only
grown since it was asked last, and what it signs is kept (C2SP tlog-witness, "add-checkpoint").

Nothing of it is done in the write lane: a witness that is slow, silent or lying keeps nobody from
acting. Of several processes one asks a witness at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus, client
from typing import Literal
from urllib.parse import urlsplit

from quorate.chapters.witnesses.remembers import Witness
from quorate.record import checkpoint, note, witness, witness_rule
from quorate.store.checkpoints import Signed
from quorate.store.leaves import Leaves
from quorate.store.models import Asked, Cosigned

SECONDS = 10
"""So long a witness may take for each part of its answer."""

LEASE = 60_000
"""So long, in ms, a process may take to ask a witness before another one does."""

PAUSE = 10_000
"""So long, in ms, a witness that answered something else is left alone before it is asked again."""

KEPT = 100
"""So many of a witness's cosignatures are kept: each says what all before it said."""

_MOST = 20_000
"""Bytes of an answer; two signatures with ML-DSA-44 have fewer."""

Trouble = Literal["", "unreachable", "unknown", "false", "refuses", "ahead", "disagrees"]
"""What is wrong with a witness's answer.

"unreachable": there was none in time. "unknown": it does not know this record or its key. "false":
what it sent is not its signature. "refuses": it answered with something else. "ahead": it has
cosigned a longer record than this. "disagrees": what it has seen is not continued by this.
"""

GRAVE: tuple[Trouble, ...] = ("ahead", "disagrees")
"""Somebody was shown another record."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: str


class _Unreachable(Exception):
    """No answer in time."""


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
        answer = _send(named.url, known, last, leaves)
        if answer.status == HTTPStatus.CONFLICT:
            size = checkpoint.read_number(answer.body.strip())
            if size is None or size == known:
                return known, "refuses"
            known = size
            if known > last.size:
                return known, "ahead"
            answer = _send(named.url, known, last, leaves)
    except _Unreachable:
        return known, "unreachable"
    if answer.status == HTTPStatus.OK:
        return _kept(named, known, last, answer.body, now)
    return known, _TROUBLES.get(answer.status, "refuses")


_TROUBLES: dict[int, Trouble] = {
    witness.NOT_ITS_KEY: "unknown",
    witness.UNKNOWN_LOG: "unknown",
    witness.INCONSISTENT: "disagrees",
}


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


def _send(url: str, known: int, last: Signed, leaves: Leaves) -> _Answer:
    """The witness's answer. Raises _Unreachable. No redirection is followed, and nothing of an
    answer but its status, a size or a signature is ever shown: the address is what somebody
    entered, and must not become a way into this server's own network."""
    levels = leaves.until(last.size)
    proof = levels.consistency(known, last.size) if 0 < known < last.size else ()
    body = witness.write(known, proof, last.note)
    at = urlsplit(url)
    try:
        kind = client.HTTPSConnection if at.scheme == "https" else client.HTTPConnection
        connection = kind(at.hostname or "", at.port, timeout=SECONDS)
        try:
            connection.request("POST", f"{at.path.rstrip('/')}/add-checkpoint", body)
            response = connection.getresponse()
            return _Answer(response.status, response.read(_MOST).decode())
        finally:
            connection.close()
    except (OSError, ValueError, client.HTTPException) as error:
        raise _Unreachable from error
