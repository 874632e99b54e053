"""Ballots of secret elections, those that wait and those that are in their box.

No session, member or time is kept with a ballot. Those that wait have no place yet, and no order
but that of one credential's. A batch gets its places in the transaction that records its act, so
that nothing is ever half done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import connection

from quorate.ballots.batches import Waiting
from quorate.ballots.door import Admitted
from quorate.store.asking import ask, ask_about, put

_AT_ONCE = 200


class Placed(NamedTuple):
    """Where a ballot is in its box, from 1."""

    hash: str
    place: int


class Cast(NamedTuple):
    """A ballot as it is kept, the ``nth`` of its credential."""

    hash: str
    credential: str
    nth: int
    data: bytes


def let_wait(election: int, ballots: Mapping[str, Admitted], most: int) -> set[str]:
    """The ballots, by their hash, wait for the next batch: one at most of each credential. Gives
    the hashes of those that are kept out, because ``most`` of their credential are there already;
    what is there already stays as it is."""
    there = {hash for (hash,) in ask_about("SELECT hash FROM store_castballot WHERE hash", ballots)}
    coming = {hash: one for hash, one in sorted(ballots.items()) if hash not in there}
    cast = _cast_by_each(election, [one.credential for one in coming.values()])
    out = {hash for hash, one in coming.items() if cast.get(one.credential, 0) >= most}
    rows = [
        (hash, election, one.credential, cast.get(one.credential, 0) + 1, one.data)
        for hash, one in coming.items()
        if hash not in out
    ]
    put("store_castballot (hash, election, credential, nth, data)", rows)
    return out


def _cast_by_each(election: int, credentials: Sequence[str]) -> dict[str, int]:
    if not credentials:
        return {}
    places = ", ".join(["%s"] * len(credentials))
    rows = ask(
        "SELECT credential, count(*) FROM store_castballot WHERE election = %s "
        f"AND credential IN ({places}) GROUP BY credential",
        [election, *credentials],
    )
    return {credential: int(count) for credential, count in rows}


def put_back(election: int, place: int, credential: str, nth: int, data: bytes) -> None:
    """The ballot is in its place, whether it waited or was not there."""
    hash = sha256(data).hexdigest()
    if is_there(election, hash):
        place_all([Placed(hash, place)])
    else:
        row = (hash, election, credential, nth, place, data)
        put("store_castballot (hash, election, credential, nth, place, data)", [row])


def cast_by(election: int, credential: str) -> int:
    """How many ballots of the credential are there, replaced ones included."""
    ((count,),) = ask(
        "SELECT count(*) FROM store_castballot WHERE election = %s AND credential = %s",
        [election, credential],
    )
    return int(count)


def is_there(election: int, hash: str) -> bool:
    """Whether the ballot with this hash waits, or is in the box, of this election."""
    rows = ask("SELECT 1 FROM store_castballot WHERE hash = %s AND election = %s", [hash, election])
    return bool(rows)


def inside_box(election: int) -> Iterator[bytes]:
    """Every ballot in the box, in their order."""
    place = 0
    while rows := placed_after(election, place, _AT_ONCE):
        place += len(rows)
        yield from (one.data for one in rows)


def placed_after(election: int, place: int, most: int) -> list[Cast]:
    """The next ballots in the box, in their order: no place is left free."""
    rows = ask(
        "SELECT hash, credential, nth, data FROM store_castballot "
        "WHERE election = %s AND place > %s ORDER BY place LIMIT %s",
        [election, place, most],
    )
    return list(map(_cast, rows))


def waiting(election: int) -> list[Waiting]:
    """The ballots that have no place yet; those of one credential as they came."""
    rows = ask(
        "SELECT hash, credential FROM store_castballot WHERE election = %s AND place IS NULL "
        "ORDER BY credential, nth",
        [election],
    )
    return [Waiting(*row) for row in rows]


def with_hashes(hashes: Iterable[str]) -> Iterator[Cast]:
    """The ballots themselves."""
    rows = ask_about("SELECT hash, credential, nth, data FROM store_castballot WHERE hash", hashes)
    return map(_cast, rows)


def many(election: int) -> int:
    """How many ballots are there, those that wait included."""
    ((count,),) = ask("SELECT count(*) FROM store_castballot WHERE election = %s", [election])
    return int(count)


def place_all(placed: Sequence[Placed]) -> None:
    """Gives them their places, unless they have one."""
    for start in range(0, len(placed), _AT_ONCE):
        part = placed[start : start + _AT_ONCE]
        values = ", ".join(["(%s, %s)"] * len(part))
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH placed (hash, place) AS (VALUES {values}) "
                "UPDATE store_castballot SET place = placed.place FROM placed "
                "WHERE store_castballot.hash = placed.hash AND store_castballot.place IS NULL",
                [value for one in part for value in one],
            )


def _cast(row: Sequence[Any]) -> Cast:
    hash, credential, nth, data = row
    return Cast(hash, credential, nth, bytes(data))
