"""The checkpoints that were signed over the record."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.store.asking import ask, put


@dataclass(frozen=True, slots=True)
class Signed:
    """The signed note over the record when it had ``size`` entries."""

    size: int
    note: str


def latest() -> Signed | None:
    """The one over the longest record; None while the record is empty."""
    rows = ask("SELECT size, note FROM store_checkpoint ORDER BY size DESC LIMIT 1")
    return Signed(*rows[0]) if rows else None


def over(size: int) -> Signed | None:
    """The one over just so many entries, if there is one."""
    rows = ask("SELECT size, note FROM store_checkpoint WHERE size = %s", [size])
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


def last_of_each() -> tuple[Signed, ...]:
    """Those that a witness cosigned last, with all lines under them, the shortest first."""
    sizes = ask(
        "SELECT DISTINCT size FROM store_cosigned AS latest WHERE size = "
        "(SELECT max(size) FROM store_cosigned WHERE witness = latest.witness) ORDER BY size"
    )
    return tuple(_cosigned(size) for (size,) in sizes)


def _cosigned(size: int) -> Signed:
    ((note,),) = ask("SELECT note FROM store_checkpoint WHERE size = %s", [size])
    return Signed(size, with_cosignatures(Signed(size, note)))


def keep(signed: Signed) -> None:
    """Puts it beside the earlier ones."""
    put("store_checkpoint (size, note)", [(signed.size, signed.note)])
