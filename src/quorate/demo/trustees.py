"""The demo's trustees, from three sides: their keys, the roll of voting keys, the ballot boxes that
they open."""

from __future__ import annotations

from quorate.ballots import pki
from quorate.chapters.calendar import HOUR, MINUTE
from quorate.chapters.secret.remembers import Box, Register
from quorate.demo import devices
from quorate.demo.devices import Step
from quorate.demo.lots import drawn
from quorate.demo.telling import Telling
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
        key=devices.signing_key(telling.seeds["outside"]),
    )
    drawn(telling, [telling.somebody(branch, "trustee") for branch in ("TA", "OR", "ML", "BR")])
    telling.clock.time += 5 * HOUR
    telling.do(register(telling).drawn[0], "secret.decline", register=NUMBER)


def make_keys(telling: Telling) -> None:
    """They come to their keys in three rounds, each in their own time."""
    for _ in range(3):
        for owner in range(1, len(register(telling).trustees) + 1):
            telling.clock.time += 2 * HOUR
            _do(telling, owner, devices.key_round(register(telling), owner, _seed(telling, owner)))


def make_the_roll(telling: Telling) -> None:
    """When no key can be claimed any more, as many as have to mix the claims, all decrypt them, and
    the roll is stated."""
    closes = register(telling).closes
    if closes is not None:
        telling.go_to(closes)
    found = register(telling)
    for owner in range(1, found.rules.needed + 1):
        telling.clock.time += 4 * MINUTE
        seed = _seed(telling, owner)
        _do(telling, owner, devices.mix(register(telling), owner, seed, beside))
    for owner in range(1, len(found.trustees) + 1):
        telling.clock.time += MINUTE
        seed = _seed(telling, owner)
        _do(telling, owner, devices.decrypt_roll(register(telling), owner, seed, beside))
    telling.do(found.trustees[0].who, "secret.roll", **roll_to_state(register(telling)))


def open_box(telling: Telling, number: int) -> None:
    """As many as have to shuffle the box, and decrypt it; the chair states what was in it."""
    found = register(telling)
    sides = len(found.trustees)
    for owner in range(1, found.rules.needed + 1):
        telling.clock.time += 3 * MINUTE
        seed = _seed(telling, owner)
        _do(telling, owner, devices.shuffle_box(found, _box(telling, number), owner, seed, beside))
    for owner in range(sides, sides - found.rules.needed, -1):
        telling.clock.time += MINUTE
        seed = _seed(telling, owner)
        _do(telling, owner, devices.decrypt_box(found, _box(telling, number), owner, seed, beside))
    act, fields = devices.state_rankings(found, _box(telling, number), beside)
    telling.do(telling.holder("chair"), act, **fields)
    telling.lane.let_fall_due()


def _box(telling: Telling, number: int) -> Box:
    return telling.state.secret.boxes[number]


def _seed(telling: Telling, owner: int) -> str:
    return telling.seeds[register(telling).trustees[owner - 1].side]


def _do(telling: Telling, owner: int, step: Step) -> None:
    act, fields = step
    telling.do(register(telling).trustees[owner - 1].who, act, **fields)
