"""The demo's trustees, from three sides: their keys, the roll of voting keys, the ballot boxes that
they open. What they would do in their browsers is done here with the same parts."""

from __future__ import annotations

from typing import Any

from quorate.ballots import key_generation, key_messages, key_rounds, pki, shuffles, trustee
from quorate.ballots import register as registers
from quorate.ballots.box import to_decrypt
from quorate.ballots.elections import read_election
from quorate.ballots.register import GROUP
from quorate.ballots.register_file import Part
from quorate.ballots.result import grouped
from quorate.ballots.roll_of_keys import Listed
from quorate.ballots.trustee import TrusteeKey
from quorate.chapters.calendar import HOUR, MINUTE
from quorate.chapters.secret import whole
from quorate.chapters.secret.registers import certificates, polynomials
from quorate.chapters.secret.remembers import Box, Register
from quorate.demo.lots import drawn
from quorate.demo.telling import Telling
from quorate.store.box_door import result_of
from quorate.web.secret.files import beside, roll_to_state

OUTSIDE = "Seafarers' Mission Council"
NUMBER = 1
"""Of the register of the demo's convention."""


def register(telling: Telling) -> Register:
    return telling.state.secret.registers[NUMBER]


def name_them(telling: Telling) -> None:
    """The leadership and an outside organisation name theirs, and one is drawn: the first of them
    declines."""
    telling.lane.let_fall_due()
    telling.seeds = {one.side: pki.new_seed() for one in register(telling).trustees}
    committee = telling.state.offices.now["steering-committee", ""]
    telling.do(
        committee[0].member,
        "secret.name_trustee",
        register=NUMBER,
        side="leadership",
        member=committee[1].member,
    )
    telling.do(
        telling.holder("credentials-committee"),
        "secret.name_trustee",
        register=NUMBER,
        side="outside",
        organisation=OUTSIDE,
        key=GROUP.write(pki.keys(GROUP, telling.seeds["outside"]).verification),
    )
    drawn(telling, [telling.somebody(branch, "trustee") for branch in ("TA", "OR", "ML", "BR")])
    telling.clock.time += 5 * HOUR
    telling.do(register(telling).drawn[0], "secret.decline", register=NUMBER)


def make_keys(telling: Telling) -> None:
    """They come to their keys in three rounds, each in their own time."""
    rules = register(telling).rules
    size, needed = len(register(telling).trustees), rules.needed
    for act, field in (
        ("secret.certify", "certificate"),
        ("secret.share", "polynomial"),
        ("secret.confirm", "voutput"),
    ):
        for owner, one in enumerate(register(telling).trustees, 1):
            telling.clock.time += 2 * HOUR
            seed = telling.seeds[one.side]
            if field == "certificate":
                made = key_generation.certificate(GROUP, size, needed, owner, seed)
                message = key_rounds.write_certificate(made)
            else:
                message = _message(register(telling), field, owner, seed)
            telling.do(one.who, act, register=NUMBER, **{field: message.decode()})


def _message(found: Register, field: str, owner: int, seed: str) -> bytes:
    """What the trustee sends in the second or third round."""
    certs = tuple(key_rounds.read_certificate(GROUP, one) for one in certificates(found))
    if field == "polynomial":
        return key_messages.write_polynomial(key_generation.polynomial(GROUP, certs, seed))
    sent = key_rounds.read_polynomials(GROUP, polynomials(found))
    given = key_generation.vinput(sent, owner)
    return key_messages.write_voutput(GROUP, key_generation.voutput(GROUP, certs, given, seed))


def make_the_roll(telling: Telling) -> None:
    """When no key can be claimed any more, as many as have to mix the claims, all decrypt them, and
    the roll is stated."""
    closes = register(telling).closes
    if closes is not None:
        telling.go_to(closes)
    found = register(telling)
    keyed = whole.keyed(found)
    for owner in range(1, found.rules.needed + 1):
        telling.clock.time += 4 * MINUTE
        now = register(telling)
        part = trustee.mix(_key(telling, owner), keyed.key, keyed.phi, now.last, _claims(now))
        _hand_in(telling, owner, "secret.mix", register=NUMBER, **_fields("shuffle", part))
    for owner in range(1, len(found.trustees) + 1):
        telling.clock.time += MINUTE
        now = register(telling)
        part = trustee.decrypt_roll(_key(telling, owner), keyed.phi, now.last, _claims(now))
        fields = _fields("decryption", part)
        _hand_in(telling, owner, "secret.decrypt_roll", register=NUMBER, **fields)
    telling.do(found.trustees[0].who, "secret.roll", **roll_to_state(register(telling)))


def open_box(telling: Telling, number: int) -> None:
    """As many as have to shuffle the box and decrypt it; the chair states what was in it."""
    needed = register(telling).rules.needed
    sides = len(register(telling).trustees)
    election = read_election(_box(telling, number).asked.encode())
    for owner in range(1, needed + 1):
        telling.clock.time += 3 * MINUTE
        box = _box(telling, number)
        own, tally = _key(telling, owner), _tally(box)
        part = trustee.shuffle_box(own, election, box.phi, box.last, tally)
        fields = _fields("shuffle", part)
        _hand_in(telling, owner, "secret.shuffle_box", election=number, **fields)
    for owner in range(sides, sides - needed, -1):
        telling.clock.time += MINUTE
        box = _box(telling, number)
        part = trustee.decrypt_box(_key(telling, owner), box.phi, box.last, _tally(box))
        fields = _fields("decryption", part)
        _hand_in(telling, owner, "secret.decrypt_box", election=number, **fields)
    (found,) = result_of(_box(telling, number), register(telling), beside)
    every = (one for one in found if isinstance(one, tuple))
    rankings = [{"weight": many, "numbers": one} for many, one in grouped(every)]
    telling.do(telling.holder("chair"), "secret.result", election=number, rankings=rankings)
    telling.lane.let_fall_due()


def _box(telling: Telling, number: int) -> Box:
    return telling.state.secret.boxes[number]


def _claims(found: Register) -> Listed:
    """What is mixed or decrypted next."""
    if not found.mixes:
        return whole.listed(found)
    (last,) = shuffles.read_shuffle(GROUP, beside(found.last)).ciphertexts
    return last


def _tally(box: Box) -> Any:
    """What is shuffled or decrypted next."""
    last = beside(box.last) if box.shuffles else None
    return to_decrypt(read_election(box.asked.encode()), beside(box.tally), last)


def _key(telling: Telling, owner: int) -> TrusteeKey:
    own = register(telling).trustees[owner - 1]
    return trustee.key_of(owner, telling.seeds[own.side], own.voutput.encode())


def _fields(made: str, part: Part) -> dict[str, Any]:
    return {
        "before": part.before,
        made: part.data.decode(),
        "signature": registers.write_signature(part.signature).decode(),
    }


def _hand_in(telling: Telling, owner: int, act: str, **fields: Any) -> None:
    telling.do(register(telling).trustees[owner - 1].who, act, **fields)
