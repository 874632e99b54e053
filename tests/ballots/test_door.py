"""The door of the ballot box: what it lets in, what not, and which question comes first."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.ballots import ballot, credentials
from quorate.ballots.door import Admitted, Door, NotAdmitted
from quorate.ballots.elections import fingerprint
from quorate.ballots.groups.named import BELENIOS_2048, ED25519
from quorate.ballots.verify.whole import verify
from support import secret_election
from support.secret_election import APPROVAL, CHAIR, MOTION, RANKED, Held

ALL = [CHAIR, MOTION, APPROVAL, RANKED]
VOTES = [[0, 0, 1, 0, 0], [0, 1, 0], [1, 0, 1, 0, 1], [3, 1, 2, 5, 4]]


@dataclass
class Box:
    """What is in the box, as the door asks it."""

    held: Held
    door: Door
    there: set[str] = field(default_factory=set)
    cast: Counter[str] = field(default_factory=Counter)

    def admit(self, data: bytes) -> Admitted:
        let_in = self.door.admit(data, self.there, self.cast.__getitem__)
        self.there.add(let_in.tracker)
        self.cast[let_in.credential] += 1
        return let_in

    def refused(self, data: bytes) -> str:
        before = (set(self.there), Counter(self.cast))
        with pytest.raises(NotAdmitted) as why:
            self.admit(data)
        assert (self.there, self.cast) == before
        assert str(why.value).endswith(".")
        return why.value.kind


def box(held: Held, ballots_each: int = 3) -> Box:
    roll = credentials.in_order(
        held.group,
        tuple(
            credentials.PublicCredential(held.group.power(held.group.g, secret), None)
            for secret in held.voters
        ),
    )
    return Box(held, Door(held.raw, credentials.write_roll(held.group, roll), ballots_each))


@cache
def held() -> Held:
    return secret_election.begun(ED25519, ALL, 3, threshold=(2, 3))


def made(held: Held, voter: int, votes: list[list[int]] | None = None) -> bytes:
    cast = ballot.cast(held.key, held.election, held.phi, held.voters[voter], votes or VOTES)
    return ballot.write_ballot(held.election, cast)


@cache
def one_good() -> bytes:
    return made(held(), 0)


def changed(data: bytes, *path: str | int) -> bytes:
    """The ballot with another number, or the same element as its neighbour, at this place."""
    whole = json.loads(data)
    inner = whole
    for step in path[:-1]:
        inner = inner[step]
    value = inner[path[-1]]
    inner[path[-1]] = str(int(value) ^ 1) if value.isdigit() else value[::-1]
    return json.dumps(whole, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.mark.parametrize("group", [ED25519, BELENIOS_2048], ids=lambda group: group.name)
def test_what_the_door_lets_in_verifies_in_the_archive(group: object) -> None:
    small = secret_election.begun(group, [CHAIR, MOTION], 2, single=2)  # type: ignore[arg-type]
    outside = box(small)
    for voter, vote in ((0, 1), (1, 0), (0, 2)):
        choice = [int(place == vote) for place in range(5)]
        data = small.cast(voter, [choice, [1, 0, 0]])
        assert outside.admit(data).tracker == fingerprint(data)
    small.close()
    small.open(1, 2)
    assert verify(small.content).sound


def test_each_question_is_refused_for_its_own_reason() -> None:
    outside = box(held(), ballots_each=2)
    good = made(held(), 0)
    other = secret_election.begun(ED25519, ALL, 1, single=1)
    stranger = ballot.cast(held().key, held().election, held().phi, 4711, VOTES)
    assert outside.refused(b" " * (outside.door.longest + 1)) == "length"
    assert outside.refused(b"") == "form"
    assert outside.refused(good[:-1]) == "form"
    assert outside.refused(good + b"\n") == "form"
    assert outside.refused(made(other, 0)) == "election"
    assert outside.refused(ballot.write_ballot(held().election, stranger)) == "roll"
    assert outside.refused(changed(good, "signature", "proof", "response")) == "signature"
    assert (
        outside.refused(changed(good, "answers", 0, "overall_proof", 0, "response")) == "signature"
    )
    outside.admit(good)
    assert outside.refused(good) == "repeated"
    outside.admit(made(held(), 0))
    assert outside.refused(made(held(), 0)) == "too many"
    outside.admit(made(held(), 1))


def test_a_ballot_that_its_own_voter_spoiled_comes_as_far_as_the_proofs() -> None:
    """Signed again by who holds the credential, with a proof that does not hold."""
    cast = ballot.cast(held().key, held().election, held().phi, held().voters[2], VOTES)
    elsewhere = ballot.cast(held().key, held().election, held().phi, held().voters[1], VOTES)
    answers = (elsewhere.answers[0], *cast.answers[1:])
    spoiled = ballot.signed(held().group, held().voters[2], replace(cast, answers=answers))
    assert box(held()).refused(ballot.write_ballot(held().election, spoiled)) == "proofs"


def test_no_ballot_is_longer_than_the_longest() -> None:
    door = box(held()).door
    blank = [[1, 0, 0, 0, 0], [1, 0, 0], [0, 0, 0, 0, 0], [255, 255, 255, 255, 255]]
    sizes = [len(made(held(), voter, votes)) for voter in range(3) for votes in (VOTES, blank)]
    assert max(sizes) <= door.longest
    assert door.longest - min(sizes) < 200  # a few numbers have a digit less


@settings(max_examples=60)
@given(st.data())
def test_whatever_byte_is_changed_it_stays_outside(data: st.DataObject) -> None:
    good = one_good()
    at = data.draw(st.integers(0, len(good) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != good[at]))
    box(held()).refused(good[:at] + bytes([byte]) + good[at + 1 :])
