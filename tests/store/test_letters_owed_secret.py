"""Whom the acts of secret ballots owe a letter: trustees with something to do, voters without a
key."""

from __future__ import annotations

from quorate import organisation
from quorate.chapters.calendar import DAY, HOUR
from quorate.store.letters_owed import OWED
from support import secret_place
from support.secret_poll import voting
from support.secret_year import (
    claim,
    claimed,
    come_to_keys,
    devices,
    in_secret,
    mix,
    name_all,
    register_of,
    three,
    trustees,
)
from support.small import Small
from support.year import assembly, called, convention, delegates, delegates_elected


def owed(small: Small, act: str, *, now: bool = True) -> list[str]:
    """The members to whom the last entry of this act owes a letter; ``now``: that still tells
    them something."""
    occasion, last = next(
        (occasion, done)
        for occasion, done in reversed(small.pure.entries)
        if organisation.clause_of(done).name == act
    )
    of = OWED[act]
    to = of.to(small.state, last, occasion)
    return sorted(m for m in to if not now or of.still(small.state, last, m, small.pure.time))


def test_whoever_is_to_be_a_trustee_until_they_have_a_key() -> None:
    small = called(in_secret())
    small.pure.let_fall_due()
    name_all(small)
    first, named, _ = trustees(small)
    assert owed(small, "lots.open_numbers") == [first]
    small.pure.do(first, "secret.decline", register=1)
    second = trustees(small)[0]
    assert owed(small, "secret.decline") == [second]
    small.pure.go_to(small.pure.time + 48 * HOUR)
    third = trustees(small)[0]
    assert owed(small, "secret.pass_over") == [third]
    assert owed(small, "lots.open_numbers") == [third], "it goes to whoever is the trustee now"
    by = small.holder("steering-committee")
    small.pure.do(by, "secret.name_trustee", register=1, side="leadership", member=named)
    assert owed(small, "secret.name_trustee") == [named]
    small.pure.do(named, "secret.certify", register=1, certificate=three().certs[1].decode())
    assert owed(small, "secret.name_trustee") == []


def test_whoever_names_a_trustee_when_a_register_is_opened() -> None:
    small = called(in_secret())
    small.pure.let_fall_due()
    steering, credentials = (
        small.holders(office) for office in ("steering-committee", "credentials-committee")
    )
    assert owed(small, "secret.open") == sorted({*steering, *credentials})
    name_all(small)
    assert owed(small, "secret.open") == []
    branches = secret_place.in_places()
    secret_place.call(branches)
    namers = {*branches.holders("steering-committee"), *branches.holders("credentials-committee")}
    assert owed(branches, "elections.open_poll") == sorted(namers)
    secret_place.call(branches, office=secret_place.TREASURER)
    assert owed(branches, "elections.open_poll") == [], "by the same register"
    secret_place.call(branches, "C2", paper=True)
    assert owed(branches, "elections.open_poll") == [], "it has no register"


def test_those_who_vote_where_a_register_is_void() -> None:
    small = secret_place.in_places()
    secret_place.call(small)
    own = secret_place.keyed(small)
    assert owed(small, "secret.confirm") == sorted(small.members["A1"])
    secret_place.closed(small, own, claims=9)
    assert owed(small, "secret.close") == sorted(small.members["A1"])
    at_convention = called(in_secret())
    at_convention.pure.go_to(convention(at_convention).dates.opens - 14 * DAY)
    assert register_of(at_convention).void == "keys"
    assert owed(at_convention, "secret.void") == sorted(assembly(at_convention).seated)


def test_nobody_is_told_that_they_named_themselves_nor_an_outside_trustee() -> None:
    small = called(in_secret())
    small.pure.let_fall_due()
    by = small.holder("steering-committee")
    small.pure.do(by, "secret.name_trustee", register=1, side="leadership", member=by)
    assert owed(small, "secret.name_trustee", now=False) == []
    name_all(small)
    assert owed(small, "secret.name_trustee", now=False) == []


def test_those_who_vote_once_they_can_claim_a_key() -> None:
    small = delegates_elected(in_secret())
    name_all(small)
    come_to_keys(small)
    assert owed(small, "secret.confirm") == sorted(delegates(small))
    earlier = small.pure.entries[-2]
    assert list(OWED["secret.confirm"].to(small.state, earlier[1], earlier[0])) == []
    held = devices(small)
    claim(small, held, delegates(small)[0])
    assert owed(small, "secret.confirm") == sorted(delegates(small)[1:])


def test_trustees_who_are_members_once_they_can_mix() -> None:
    small = delegates_elected(in_secret())
    name_all(small)
    come_to_keys(small)
    held = devices(small)
    claimed(small, held)
    small.pure.go_to(register_of(small).closes or 0)
    small.pure.let_fall_due()
    held.close()
    assert owed(small, "secret.close") == sorted(trustees(small)[:2])
    mix(small, held, 1)
    assert len(owed(small, "secret.close")) == 2, "they have to decrypt it, too"


def test_trustees_who_are_members_once_voting_is_over() -> None:
    made = voting()
    for member in delegates(made.small):
        made.cast(member, 1)
    made.close()
    first, second = trustees(made.small)[:2]
    assert owed(made.small, "secret.box_closed") == sorted([first, second])
    for owner in (1, 2):
        made.shuffle(owner)
    made.decrypt(2)
    assert owed(made.small, "secret.box_closed") == [first]
    made.decrypt(3)
    assert owed(made.small, "secret.box_closed") == [], "enough have decrypted it"


def test_nobody_is_to_open_a_box_that_is_void() -> None:
    made = voting()
    made.close()
    assert owed(made.small, "secret.box_closed", now=False) == []
