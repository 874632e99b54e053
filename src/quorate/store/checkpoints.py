"""The checkpoints that were signed over the record.

Every group of entries has one, signed with Ed25519, for ever. The signature with ML-DSA-44 is
twelve times as long as everything else under it, so it lies beside, under the latest checkpoints
and under those that a witness has cosigned: over a longer record it says all that it said before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quorate.record import note
from quorate.store.asking import ask, drop, put

KEPT_LINES = 1_000
"""Of so many of the latest entries the checkpoints keep the long signature."""

_LONG = 1_000
"""Bytes: a signature with ML-DSA-44 is longer, one with Ed25519 shorter."""

_WHOLE = (
    "SELECT point.size, point.note || COALESCE(beside.lines, '') FROM store_checkpoint AS point "
    "LEFT JOIN store_keeperline AS beside ON beside.size = point.size"
)


@dataclass(frozen=True, slots=True)
class Signed:
    """The signed note over the record when it had ``size`` entries."""

    size: int
    note: str


def latest() -> Signed | None:
    """The one over the longest record; None while the record is empty."""
    rows = ask(f"{_WHOLE} ORDER BY point.size DESC LIMIT 1")
    return Signed(*rows[0]) if rows else None


def over(size: int) -> Signed | None:
    """The one over just so many entries, if there is one."""
    rows = ask(f"{_WHOLE} WHERE point.size = %s", [size])
    return Signed(*rows[0]) if rows else None


def with_cosignatures(signed: Signed) -> str:
    """The note with the lines of every witness that has cosigned it."""
    rows = ask("SELECT lines FROM store_cosigned WHERE size = %s ORDER BY witness", [signed.size])
    return signed.note + "".join(lines for (lines,) in rows)


def best_cosigned(over: int) -> Signed | None:
    """Of those over more than so many entries the one that most witnesses have cosigned, with their
    lines; None where none has cosigned any."""
    sizes = ask(
        "SELECT size FROM store_cosigned WHERE size > %s GROUP BY size "
        "ORDER BY count(*) DESC, size DESC LIMIT 1",
        [over],
    )
    return _cosigned(sizes[0][0]) if sizes else None


def cosigned_last() -> Iterator[Signed]:
    """Those that a witness has cosigned, the longest first, with their lines in Ed25519."""
    sizes = ask("SELECT DISTINCT size FROM store_cosigned ORDER BY size DESC")
    for (size,) in sizes:
        text, lines = note.parts(_cosigned(size).note)
        short = "".join(note.line(*one) for one in lines if len(one[2]) < _LONG)
        yield Signed(size, f"{text}\n{short}")


def last_of_each() -> tuple[Signed, ...]:
    """Those that a witness cosigned last, with all lines under them, the shortest first."""
    sizes = ask(
        "SELECT DISTINCT size FROM store_cosigned AS latest WHERE size = "
        "(SELECT max(size) FROM store_cosigned WHERE witness = latest.witness) ORDER BY size"
    )
    return tuple(_cosigned(size) for (size,) in sizes)


def _cosigned(size: int) -> Signed:
    ((_, whole),) = ask(f"{_WHOLE} WHERE point.size = %s", [size])
    return Signed(size, with_cosignatures(Signed(size, whole)))


def keep(signed: Signed) -> None:
    """Puts it beside the earlier ones."""
    text, lines = note.parts(signed.note)
    short = "".join(note.line(*one) for one in lines if len(one[2]) < _LONG)
    long = "".join(note.line(*one) for one in lines if len(one[2]) >= _LONG)
    put("store_checkpoint (size, note)", [(signed.size, f"{text}\n{short}")])
    if long:
        put("store_keeperline (size, lines)", [(signed.size, long)])


def forget_lines(before: int, size: int) -> None:
    """Lets go of the long signatures that nobody needs any more, once in KEPT_LINES entries: the
    record grew from ``before`` to ``size``."""
    if before // KEPT_LINES != size // KEPT_LINES:
        old = "store_keeperline WHERE size < %s AND size NOT IN (SELECT size FROM store_cosigned)"
        drop(old, [size - KEPT_LINES])
