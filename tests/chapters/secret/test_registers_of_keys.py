"""A register of voting keys: who its trustees are, how they come to their keys, who claims one, and
how the roll comes about. The cryptography itself is tested in tests/ballots."""

from __future__ import annotations

from typing import Any

import pytest

from quorate.ballots import register
from quorate.ballots.register import GROUP
from quorate.ballots.roll_of_keys import hash_of
from quorate.chapters.calendar import DAY, HOUR, MINUTE
from quorate.chapters.secret.trustee_id import trustee_id
from quorate.organisation import BadAct, replay
from support.caught import VERIFY, caught_by
from support.device import device
from support.key_register import KeyRegister, fresh_trustees
from support.secret_year import (
    SIDES,
    claim,
    claimed,
    come_to_keys,
    decrypt,
    in_secret,
    keyed,
    mix,
    name_all,
    register_of,
    rolled,
    signing_key,
    state_roll,
    three,
    trustees,
)
from support.small import Small, founded
from support.year import (
    assembly,
    called,
    convention,
    delegates,
    delegates_elected,
    drawn,
    poll,
    sitting,
)

SIDES_RULE, KEYS, CLAIMS, MIX = (
    "secret.sides",
    "secret.keys_days",
    "secret.claims_minutes",
    "secret.mix_minutes",
)
VOID = "secret.without_trustees"


def opened(**changed: str) -> Small:
    small = called(in_secret(**changed))
    small.pure.let_fall_due()
    return small


@pytest.fixture
def small() -> Small:
    return opened()


@pytest.fixture
def sat() -> tuple[Small, KeyRegister]:
    """The convention sits, the trustees have their keys and the delegates have claimed theirs."""
    small = delegates_elected(in_secret())
    held = keyed(small)
    claimed(small, held)
    return small, held


def test_without_a_secret_office_no_register_is_opened() -> None:
    plain = called(founded())
    plain.pure.let_fall_due()
    assert not plain.state.secret.registers


def test_a_register_is_opened_at_the_call(small: Small) -> None:
    found = register_of(small)
    assert (found.convention, found.opened) == (1, convention(small).called)
    assert tuple(trustee.side for trustee in found.trustees) == SIDES
    assert [draw.purpose for draw in small.state.lots.draws.values()] == ["trustee"]


def test_from_the_call_to_the_roll(sat: tuple[Small, KeyRegister]) -> None:
    small, held = sat
    found = register_of(small)
    assert found.closes == small.pure.time + 60 * MINUTE
    small.pure.go_to(found.closes)
    small.pure.let_fall_due()
    held.close()
    found = register_of(small)
    assert found.phi == held.phi
    assert len(found.counted) == 12
    assert found.listed == held.last
    rolled(small, held)
    found = register_of(small)
    assert (found.size, found.without, found.void) == (12, 0, "")
    assert not [d for d in small.state.calendar.deadlines if d.act.startswith("secret.")]
    assert replay(small.pure.entries) == small.state


def test_deciding_and_replaying_needs_no_chance(
    sat: tuple[Small, KeyRegister], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What proves is in the same modules as what verifies; the democracy calls only the latter."""
    small, held = sat
    closed_now(small, held)
    rolled(small, held)

    def no_chance(_: int) -> int:
        raise AssertionError("a decision drew a random number")

    monkeypatch.setattr("quorate.ballots.elgamal.randbelow", no_chance)
    monkeypatch.setattr("quorate.ballots.shuffle_proof.randbelow", no_chance)
    monkeypatch.setattr("quorate.ballots.base58.choice", no_chance)
    assert replay(small.pure.entries) == small.state


def closed_now(small: Small, held: KeyRegister) -> None:
    small.pure.go_to(register_of(small).closes or 0)
    small.pure.let_fall_due()
    held.close()


# Who the trustees are.


def test_each_side_is_named_by_its_own(small: Small) -> None:
    member = small.members["A1"][-1]
    for office in ("credentials-committee", "chair", "branch-secretary"):
        by = small.holder(office, "A1" if office == "branch-secretary" else "")
        small.refused(
            by, "secret.name_trustee", SIDES_RULE, register=1, side="leadership", member=member
        )
    by = small.holder("steering-committee")
    small.pure.do(by, "secret.name_trustee", register=1, side="leadership", member=member)
    assert trustees(small)[1] == member
    other = small.members["A1"][-2]
    small.pure.do(by, "secret.name_trustee", register=1, side="leadership", member=other)
    assert trustees(small)[1] == other


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"register": 2}, "record.subject"),
        ({"side": "other"}, SIDES_RULE),
        ({"side": "drawn"}, SIDES_RULE),
        ({"organisation": "A union", "key": signing_key("a" * 22)}, SIDES_RULE),
        ({"member": "m-" + "a" * 16}, "membership.admission"),
        ({"side": "outside"}, SIDES_RULE),
    ],
)
def test_who_cannot_be_named(small: Small, fields: dict[str, Any], rule: str) -> None:
    good: dict[str, Any] = {"register": 1, "side": "leadership"}
    good["member"] = small.members["A1"][-1]
    by = small.holder("steering-committee")
    small.refused(by, "secret.name_trustee", rule, **good | fields)


@pytest.mark.parametrize("key", ["", GROUP.write(GROUP.one), "f" * 64, "00" * 32])
def test_an_outside_trustee_has_a_key(small: Small, key: str) -> None:
    by = small.holder("credentials-committee")
    fields = {"register": 1, "side": "outside", "organisation": "A union"}
    small.refused(by, "secret.name_trustee", SIDES_RULE, key=key, **fields)
    small.refused(by, "secret.name_trustee", SIDES_RULE, **fields | {"organisation": " "})


def test_nobody_is_the_trustee_of_two_sides(small: Small) -> None:
    drawn(small, "trustee", 1)
    who = trustees(small)[0]
    said = small.refused(
        small.holder("steering-committee"),
        "secret.name_trustee",
        SIDES_RULE,
        register=1,
        side="leadership",
        member=who,
    )
    assert "side drawn" in said


@caught_by(VERIFY)
def test_those_of_one_body_do_not_hold_two_keys(small: Small) -> None:
    """The committee that names the outside trustee is at home there, and is not the leadership's
    too; one's own side may be one's own."""
    leader = small.holder("steering-committee")
    fields = {"register": 1, "side": "leadership"}
    other = small.holder("credentials-committee")
    said = small.refused(leader, "secret.name_trustee", SIDES_RULE, member=other, **fields)
    assert "two keys" in said
    small.pure.do(leader, "secret.name_trustee", member=leader, **fields)


def test_whoever_is_drawn_is_not_of_those_who_name(small: Small) -> None:
    drawn(small, "trustee", 1)
    found = register_of(small)
    namers = {*small.holders("steering-committee"), *small.holders("credentials-committee")}
    assert trustees(small)[0] == found.drawn[0]
    assert not namers & set(found.drawn)
    assert set(found.drawn) | namers == set(small.everyone)
    assert found.drawn != tuple(sorted(found.drawn))


def test_whoever_is_drawn_can_decline_or_is_passed_over(small: Small) -> None:
    drawn(small, "trustee", 1)
    first, second, third = register_of(small).drawn[:3]
    small.refused(second, "secret.decline", SIDES_RULE, register=1)
    small.pure.do(first, "secret.decline", register=1)
    assert trustees(small)[0] == second
    since = small.pure.time
    small.pure.go_to(since + 48 * HOUR - 1)
    assert trustees(small)[0] == second
    small.pure.go_to(since + 48 * HOUR)
    assert trustees(small)[0] == third
    small.suspend(register_of(small).drawn[3])
    small.pure.do(third, "secret.decline", register=1)
    assert trustees(small)[0] == register_of(small).drawn[4]


def test_whoever_has_made_their_key_is_not_passed_over(small: Small) -> None:
    name_all(small)
    who = trustees(small)
    small.pure.do(who[0], "secret.certify", register=1, certificate=three().certs[0].decode())
    small.refused(who[0], "secret.decline", SIDES_RULE, register=1)
    small.pure.go_to(small.pure.time + 72 * HOUR)
    assert trustees(small) == who
    small.pure.do(who[1], "secret.certify", register=1, certificate=three().certs[1].decode())
    by = small.holder("steering-committee")
    fields = {"register": 1, "side": "leadership", "member": small.members["A1"][-2]}
    small.refused(by, "secret.name_trustee", SIDES_RULE, **fields)


def test_a_lot_that_came_to_nothing_is_called_again(small: Small) -> None:
    draw = small.state.lots.draws[1]
    member = small.members["C2"][-1]
    fields = {"purpose": "trustee", "of": 1}
    small.refused(member, "lots.call", "lots.source", **fields)
    small.pure.go_to(draw.reveal_until)
    small.pure.let_fall_due()
    assert trustees(small)[0] == ""
    small.pure.do(member, "lots.call", **fields)
    drawn(small, "trustee", 1)
    assert trustees(small)[0]
    small.refused(member, "lots.call", SIDES_RULE, **fields)
    small.refused(member, "lots.call", SIDES_RULE, **fields | {"of": 2})


# How they come to their keys.


def test_outside_trustees_act_under_their_own_key(small: Small) -> None:
    name_all(small)
    who = trustees(small)[2]
    assert who == trustee_id(signing_key(three().seeds[2]))
    small.refused(who, "secret.claim", "membership.admission", register=1, claim="{}")
    small.refused(who, "floor.arrive", "membership.admission")
    small.refused(
        "t-" + "a" * 16, "secret.certify", "membership.admission", register=1, certificate="{}"
    )
    other = fresh_trustees(2, ("x" * 22, "y" * 22, "z" * 22)).certs[2].decode()
    small.refused(who, "secret.certify", SIDES_RULE, register=1, certificate=other)
    small.pure.do(who, "secret.certify", register=1, certificate=three().certs[2].decode())


def test_each_round_waits_for_the_one_before(small: Small) -> None:
    name_all(small)
    who = trustees(small)
    certs, shares, confirmed = (
        [message.decode() for message in messages]
        for messages in (three().certs, three().polynomials, three().voutputs)
    )
    small.refused(who[0], "secret.share", KEYS, register=1, polynomial=shares[0])
    small.refused(who[0], "secret.confirm", KEYS, register=1, voutput=confirmed[0])
    small.refused(who[0], "secret.certify", SIDES_RULE, register=1, certificate=certs[1])
    small.refused(who[0], "secret.certify", SIDES_RULE, register=1, certificate="{}")
    outsider = small.members["B1"][-1]
    small.refused(outsider, "secret.certify", SIDES_RULE, register=1, certificate=certs[0])
    for place in (0, 1, 2):
        small.pure.do(who[place], "secret.certify", register=1, certificate=certs[place])
    small.refused(who[0], "secret.certify", KEYS, register=1, certificate=certs[0])
    small.refused(who[0], "secret.share", SIDES_RULE, register=1, polynomial=shares[1])
    for place in (0, 1, 2):
        small.pure.do(who[place], "secret.share", register=1, polynomial=shares[place])
    small.refused(who[0], "secret.share", KEYS, register=1, polynomial=shares[0])
    small.refused(who[0], "secret.confirm", SIDES_RULE, register=1, voutput=confirmed[1])
    member = small.members["C2"][-1]
    for place in (0, 1, 2):
        assert not register_of(small).description
        small.pure.do(who[place], "secret.confirm", register=1, voutput=confirmed[place])
        if place < 2:
            small.refused(who[place], "secret.confirm", KEYS, register=1, voutput=confirmed[place])
    small.refused(who[0], "secret.confirm", KEYS, register=1, voutput=confirmed[0])
    described = register.read_description(register_of(small).description.encode())
    assert described == register.described("small.example", 1, three().keys)
    small.refused(member, "secret.claim", CLAIMS, register=1, claim="{}")


def test_whoever_lost_the_file_makes_another_key_in_time(small: Small) -> None:
    name_all(small)
    who = trustees(small)
    small.pure.do(who[0], "secret.certify", register=1, certificate=three().certs[0].decode())
    small.refused(
        who[0],
        "secret.certify",
        "record.names",
        register=1,
        certificate=three().certs[0].decode(),
    )
    again = fresh_trustees(2, ("x" * 22, *three().seeds[1:]))
    small.pure.do(who[0], "secret.certify", register=1, certificate=again.certs[0].decode())
    for place in (1, 2):
        cert = again.certs[place].decode()
        small.pure.do(who[place], "secret.certify", register=1, certificate=cert)
    for place in (0, 1, 2):
        share = again.polynomials[place].decode()
        small.pure.do(who[place], "secret.share", register=1, polynomial=share)
        old = three().polynomials[place].decode()
        assert old != share


def test_trustees_who_do_not_come_to_their_keys_in_time_void_the_register(small: Small) -> None:
    name_all(small)
    due = convention(small).dates.opens - 14 * DAY
    small.pure.go_to(due - 1)
    assert register_of(small).void == ""
    small.pure.go_to(due)
    assert register_of(small).void == "keys"
    who = trustees(small)[1]
    said = small.refused(
        who, "secret.certify", VOID, register=1, certificate=three().certs[1].decode()
    )
    assert "void" in said
    assert not [d for d in small.state.calendar.deadlines if d.act.startswith("secret.")]


# Who claims a key.


def test_delegates_claim_keys_from_the_trustees_keys_to_the_close() -> None:
    small = delegates_elected(in_secret())
    member = delegates(small)[0]
    small.refused(member, "secret.claim", KEYS, register=1, claim="{}")
    held = keyed(small)
    claim(small, held, member)
    assert [one.by for one in register_of(small).claims.values()] == [member]
    first = register_of(small).claims["A1-1"].claim
    claim(small, held, member)
    assert register_of(small).claims["A1-1"].claim != first
    small.refused(small.members["C2"][-1], "secret.claim", CLAIMS, register=1, claim=first)


def test_a_claim_is_ones_own() -> None:
    small = delegates_elected(in_secret())
    held = keyed(small)
    one, two = delegates(small)[:2]
    claim(small, held, one)
    copied = register_of(small).claims["A1-1"].claim
    said = small.refused(two, "secret.claim", CLAIMS, register=1, claim=copied)
    assert "does not hold" in said
    elsewhere = KeyRegister(three(), 2, "small.example").claim(two).decode()
    small.refused(two, "secret.claim", CLAIMS, register=1, claim=elsewhere)
    for claim_ in ("{}", '{"choices":1}', copied.replace(":", ": ")):
        small.refused(two, "secret.claim", CLAIMS, register=1, claim=claim_)
    for claim_ in ("[]", copied + " ", copied + "\n"):
        with pytest.raises(BadAct):
            small.refused(two, "secret.claim", CLAIMS, register=1, claim=claim_)


def test_a_claim_is_signed_by_whoever_has_a_device() -> None:
    small = delegates_elected(in_secret())
    held = keyed(small)
    member = delegates(small)[0]
    own = device(1)
    small.pure.do(member, "devices.add", public=own.public)
    small.pure.go_to(small.pure.time + 48 * HOUR)
    fields = {"register": 1, "claim": held.claim(member).decode()}
    small.refused(member, "secret.claim", "signing.acts", **fields)
    assert small.pure.tried_signed(own, member, "secret.claim", **fields) is None


def test_the_close_is_so_long_after_the_opening(sat: tuple[Small, KeyRegister]) -> None:
    small, held = sat
    opened = convention(small).opened or 0
    late = delegates(small)[3]
    small.pure.go_to(opened + 60 * MINUTE - 1)
    claim(small, held, late)
    small.pure.go_to(opened + 60 * MINUTE)
    fields = {"register": 1, "claim": held.claim(late).decode()}
    small.refused(late, "secret.claim", CLAIMS, **fields)


def test_a_claim_counts_for_whoever_sits_in_the_seat_at_the_close(
    sat: tuple[Small, KeyRegister],
) -> None:
    small, _ = sat
    gone, stayed = delegates(small)[:2]
    small.pure.do(gone, "delegates.give_way")
    small.pure.go_to(register_of(small).closes or 0)
    small.pure.let_fall_due()
    assert "A1-1" not in register_of(small).counted
    assert len(register_of(small).counted) == 11
    # Afterwards nothing that becomes of seats moves a key.
    small.pure.do(stayed, "delegates.give_way")
    assert len(register_of(small).counted) == 11


def test_a_claim_goes_with_whoever_made_it(sat: tuple[Small, KeyRegister]) -> None:
    """Not for whoever stepped into the seat, nor for whoever was suspended meanwhile."""
    small, _ = sat
    first, second = (assembly(small).seats[seat].holder or "" for seat in ("A1-1", "A1-2"))
    alternates = assembly(small).delegations["A1"].alternates
    small.pure.do(first, "delegates.give_way")
    small.pure.do(alternates[0], "delegates.step_in", seat="A1-1")
    small.suspend(second)
    small.pure.go_to(register_of(small).closes or 0)
    small.pure.let_fall_due()
    counted = register_of(small).counted
    assert {"A1-1", "A1-2"}.isdisjoint(counted)
    assert len(counted) == 10


def test_too_few_claims_hide_nobody() -> None:
    small = delegates_elected(in_secret())
    held = keyed(small)
    for member in delegates(small)[:9]:
        claim(small, held, member)
    sitting(small)
    small.pure.go_to(register_of(small).closes or 0)
    small.pure.let_fall_due()
    assert register_of(small).void == "claims"


def test_a_convention_that_never_opens_leaves_no_register() -> None:
    small = delegates_elected(in_secret())
    keyed(small)
    small.pure.go_to(convention(small).dates.opens + 14 * DAY)
    small.pure.let_fall_due()
    assert register_of(small).void == "claims"


# How the roll comes about.


@pytest.fixture
def over(sat: tuple[Small, KeyRegister]) -> tuple[Small, KeyRegister]:
    small, held = sat
    closed_now(small, held)
    return small, held


def signed_mix(small: Small, held: KeyRegister, owner: int) -> dict[str, Any]:
    part = held.mix(owner)
    signature = register.write_signature(part.signature).decode()
    return {
        "register": 1,
        "before": part.before,
        "shuffle": hash_of(part.data),
        "signature": signature,
    }


def test_nothing_is_mixed_while_keys_are_claimed(sat: tuple[Small, KeyRegister]) -> None:
    small, held = sat
    held.close()
    fields = signed_mix(small, held, 1)
    small.refused(trustees(small)[0], "secret.mix", CLAIMS, **fields)


def test_trustees_mix_one_after_the_other(over: tuple[Small, KeyRegister]) -> None:
    small, held = over
    who = trustees(small)
    fields = signed_mix(small, held, 1)
    small.refused(small.members["C2"][-1], "secret.mix", SIDES_RULE, **fields)
    small.refused(who[1], "secret.mix", SIDES_RULE, **fields)  # it is not signed by them
    small.refused(who[0], "secret.mix", SIDES_RULE, **fields | {"shuffle": "ab" * 32})
    small.refused(who[0], "secret.mix", SIDES_RULE, **fields | {"signature": "{}"})
    small.refused(who[0], "secret.mix", MIX, **fields | {"before": "ab" * 32})
    small.pure.do(who[0], "secret.mix", **fields)
    small.refused(who[0], "secret.mix", MIX, **fields)
    second = signed_mix(small, held, 2)
    small.pure.do(who[1], "secret.mix", **second)
    assert register_of(small).last == second["shuffle"]


def test_nobody_decrypts_before_enough_have_mixed(over: tuple[Small, KeyRegister]) -> None:
    small, held = over
    mix(small, held, 1)
    with pytest.raises(AssertionError, match=r"secret\.needed"):
        decrypt(small, held, 1)
    held.decryptions.clear()
    mix(small, held, 3)
    decrypt(small, held, 1)
    with pytest.raises(AssertionError, match="mix is over"):
        mix(small, held, 2)


def test_all_trustees_decrypt_before_there_is_a_roll(over: tuple[Small, KeyRegister]) -> None:
    small, held = over
    for owner in (1, 2):
        mix(small, held, owner)
    for owner in (1, 2):
        decrypt(small, held, owner)
    member = small.members["C2"][-1]
    fields = {"register": 1, "roll": "ab" * 32, "size": 12, "without": 0}
    small.refused(member, "secret.roll", MIX, **fields)
    decrypt(small, held, 3)
    small.refused(member, "secret.roll", "record.ballots", **fields | {"size": 13})
    state_roll(small, held)
    small.refused(member, "secret.roll", MIX, **fields)
    part = held.decryptions[0]
    small.refused(
        trustees(small)[0],
        "secret.decrypt_roll",
        MIX,
        register=1,
        before=part.before,
        decryption=hash_of(part.data),
        signature=register.write_signature(part.signature).decode(),
    )


def test_a_roll_that_is_not_made_in_time_is_none(over: tuple[Small, KeyRegister]) -> None:
    small, held = over
    mix(small, held, 1)
    due = (register_of(small).closed or 0) + 60 * MINUTE
    small.pure.go_to(due - 1)
    mix(small, held, 2)
    small.pure.go_to(due)
    assert register_of(small).void == "mix"


def test_a_secret_office_is_not_filled_by_ballots_that_are_opened_with_names(
    sat: tuple[Small, KeyRegister],
) -> None:
    small, _ = sat
    with pytest.raises(AssertionError, match="secret ballot"):
        poll(small, "steering-committee")
    with pytest.raises(AssertionError, match="paper only takes its place where that has failed"):
        poll(small, "steering-committee", paper=True)
    assert not poll(small, "credentials-committee").paper


def test_no_trustees_key_comes_back_in_another_register(small: Small) -> None:
    """So nobody can play a register's messages again in the next one."""
    name_all(small)
    come_to_keys(small)
    small.pure.go_to(convention(small).dates.opens + 14 * DAY)
    called(small)
    small.pure.let_fall_due()
    assert register_of(small).void
    assert register_of(small, 2).trustees[0].certificate == ""
    by = small.holder("credentials-committee")
    key = signing_key(three().seeds[2])
    fields = {"register": 2, "side": "outside", "organisation": "A union", "key": key}
    small.refused(by, "secret.name_trustee", "record.names", **fields)
    member = small.members["A1"][-1]
    by = small.holder("steering-committee")
    small.pure.do(by, "secret.name_trustee", register=2, side="leadership", member=member)
    cert = three().certs[1].decode()
    small.refused(member, "secret.certify", "record.names", register=2, certificate=cert)
