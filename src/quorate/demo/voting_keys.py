"""The demo's delegates claim voting keys, and cast ballots with them that nobody can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quorate.ballots import ballot, choices, claims, credentials
from quorate.ballots.elections import read_election
from quorate.ballots.elgamal import elgamal
from quorate.ballots.register import GROUP, read_description
from quorate.chapters.calendar import MINUTE
from quorate.demo.people import number_from
from quorate.demo.telling import Telling
from quorate.demo.trustees import NUMBER, register
from quorate.store import casting


def claim(telling: Telling, seats_in: int = 100) -> None:
    """Delegates who have claimed no key for their seat do so: of a hundred so many. One in twelve
    never does, and votes on paper."""
    found = register(telling)
    key = elgamal(GROUP, read_description(found.description.encode()).public_key)
    for seat_id, seat in sorted(telling.state.delegates.assemblies[1].seats.items()):
        claimed = found.claims.get(seat_id)
        if seat.holder is None or (claimed is not None and claimed.by == seat.holder):
            continue
        if number_from("no key", seat_id) % 12 == 0 or number_from(seat_id) % 100 >= seats_in:
            continue
        own = credentials.new_credential()
        secret = credentials.secret(GROUP, found.phi, own)
        made = claims.write_claim(GROUP, claims.claim(key, found.phi, seat.holder, secret))
        telling.clock.time += MINUTE
        telling.do(seat.holder, "secret.claim", register=NUMBER, claim=made.decode())
        telling.credentials[seat.holder] = own


def voters(telling: Telling) -> list[str]:
    """Delegates who are there and whose key is on the roll, in the order of their seats."""
    counted = register(telling).counted
    present = sorted(telling.state.floor.conventions[1].presence.items())
    return [member for seat, member in present if seat in counted]


def cast(telling: Telling, number: int, member: str, ranked: Sequence[int]) -> None:
    """The member's device encrypts this ranking and casts it: without session, or name."""
    box = telling.state.secret.boxes[number]
    asked = read_election(box.asked.encode())
    (question,) = asked.questions
    votes = choices.of_ranks(len(question.answers), [(one,) for one in ranked])
    secret = credentials.secret(GROUP, register(telling).phi, telling.credentials[member])
    made = ballot.cast(elgamal(GROUP, asked.public_key), asked, box.phi, secret, [votes])
    casting.cast(telling.lane, number, ballot.write_ballot(asked, made))


def without_key(telling: Telling) -> Iterable[str]:
    """Delegates who are there and vote on paper."""
    counted = register(telling).counted
    present = telling.state.floor.conventions[1].presence
    return [member for seat, member in sorted(present.items()) if seat not in counted]
