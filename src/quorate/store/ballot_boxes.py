"""Ballots of secret elections, those that wait and those that are in their box.

No session, member or time is kept with a ballot. Those that wait have no place yet, and no order
but that of one credential's. A batch gets its places in the transaction that records its act, so
that nothing is ever half done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import connection

from quorate.ballots import batches
from quorate.ballots.door import Admitted
from quorate.ballots.elections import fingerprint
from quorate.chapters.calendar import Deadline
from quorate.chapters.secret import contents
from quorate.chapters.state import State
from quorate.store.asking import ask, ask_about, put
from quorate.store.ballot_files import BallotFile

_AT_ONCE = 200


@dataclass
class Growing:
    """Boxes that grow in a transaction. ``placed``: the ballots that get a place, in their order,
    by election; ``tallies``: of boxes that are closed."""

    placed: dict[int, list[Admitted]] = field(default_factory=dict)
    tallies: list[BallotFile] = field(default_factory=list)
    _places: list[tuple[int, str]] = field(default_factory=list)

    def states(self, state: State, due: Deadline) -> dict[str, Any]:
        """What the entry states of a box that has just got its next batch."""
        box = state.secret.boxes[due.of]
        before = self.placed.setdefault(due.of, [])
        there = {one.tracker for one in before}
        come = [one for one in _waiting(due.of) if one.tracker not in there]
        batch = batches.in_order(come)
        size = box.heads[-1].ballots
        self._places += [(size + n, _hash(one)) for n, one in enumerate(batch, 1)]
        data = [one.data for one in batch]
        if due.act == "secret.box_grew":
            said = contents.grew(box, data)
        else:
            inside = [*inside_box(due.of), *(one.data for one in before)]
            said = contents.closed(box, inside, data)
        before.extend(batch)
        if said.tally is not None:
            self.tallies.append(BallotFile(said.fields["tally"], said.tally))
        return said.fields

    def keep(self) -> None:
        """Puts into the database what was stated."""
        for place, hash in self._places:
            _place(place, hash)


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
    if is_there(hash):
        _place(place, hash)
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


def is_there(hash: str) -> bool:
    """Whether the ballot with this hash waits, or is in its box."""
    return bool(ask("SELECT 1 FROM store_castballot WHERE hash = %s", [hash]))


def inside_box(election: int) -> Iterator[bytes]:
    """Every ballot in the box, in their order."""
    place = 0
    while rows := ask(
        "SELECT place, data FROM store_castballot WHERE election = %s AND place > %s "
        "ORDER BY place LIMIT %s",
        [election, place, _AT_ONCE],
    ):
        place = rows[-1][0]
        yield from (bytes(data) for _, data in rows)


def _place(place: int, hash: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE store_castballot SET place = %s WHERE hash = %s AND place IS NULL",
            [place, hash],
        )


def _waiting(election: int) -> list[Admitted]:
    rows = ask(
        "SELECT credential, data FROM store_castballot WHERE election = %s AND place IS NULL "
        "ORDER BY credential, nth",
        [election],
    )
    return [Admitted(bytes(data), key, fingerprint(bytes(data))) for key, data in rows]


def _hash(ballot: Admitted) -> str:
    return sha256(ballot.data).hexdigest()
