"""The demo's delegates claim voting keys, and cast ballots with them that nobody can read."""

from __future__ import annotations

from collections.abc import Sequence

from quorate.ballots import credentials
from quorate.chapters.calendar import MINUTE
from quorate.demo import devices
from quorate.demo.people import number_from
from quorate.demo.telling import Telling
from quorate.demo.trustees import register
from quorate.store import casting


def claim(telling: Telling, in_a_hundred: int = 100) -> None:
    """So many of a hundred delegates claim a key for their seat, unless they have. One in twelve
    never does, and votes on paper."""
    for seat_id, seat in sorted(telling.state.delegates.assemblies[1].seats.items()):
        found = register(telling)
        claimed = found.claims.get(seat_id)
        never = number_from("no key", seat_id) % 12 == 0
        later = number_from("claims", seat_id) % 100 >= in_a_hundred
        if seat.holder is None or never or later:
            continue
        if claimed is None or claimed.by != seat.holder:
            telling.clock.time += MINUTE
            telling.credentials[seat.holder] = own = credentials.new_credential()
            act, fields = devices.claim(found, seat.holder, own)
            telling.do(seat.holder, act, **fields)


def voters(telling: Telling, *, with_key: bool) -> list[str]:
    """Delegates who are there and have a key on the roll, or have none; in the order of seats."""
    counted = register(telling).counted
    present = sorted(telling.state.floor.conventions[1].presence.items())
    return [member for seat, member in present if (seat in counted) == with_key]


def cast(telling: Telling, number: int, member: str, ranked: Sequence[int]) -> None:
    """The member's device encrypts this ranking and casts it: without session, or name."""
    box, own = telling.state.secret.boxes[number], telling.credentials[member]
    data = devices.ranked_ballot(register(telling), box, own, ranked)
    casting.cast(telling.lane, telling.state, number, data)
