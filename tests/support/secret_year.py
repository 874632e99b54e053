"""A register of voting keys in the small organisation's year, carried as far as a test needs it."""

from __future__ import annotations

from quorate.ballots import pki, register, roll_of_keys
from quorate.ballots.register import GROUP
from quorate.chapters.secret.remembers import Register
from support.key_register import KeyRegister, Trusted, trusted
from support.pure import Pure
from support.small import Small, founded_with, rules_text
from support.year import called, delegates, drawn, sitting

SIDES = ("drawn", "leadership", "outside")
"""In the order of their places."""


def in_secret(pure: Pure | None = None, **changed: str) -> Small:
    """The small organisation, which elects its steering committee by secret ballot."""
    return founded_with(rules_text("open-convention", secret="true", **changed), pure)


def register_of(small: Small, number: int = 1) -> Register:
    return small.state.secret.registers[number]


def three() -> Trusted:
    return trusted(2, 3)


def signing_key(seed: str) -> str:
    return GROUP.write(pki.keys(GROUP, seed).verification)


def name_all(small: Small, keys: Trusted | None = None) -> None:
    """Every side has its trustee: two are named, one is drawn."""
    keys = keys or three()
    number = len(small.state.secret.registers)
    small.pure.do(
        small.holder("steering-committee"),
        "secret.name_trustee",
        register=number,
        side="leadership",
        member=small.members["A1"][-1],
    )
    small.pure.do(
        small.holder("credentials-committee"),
        "secret.name_trustee",
        register=number,
        side="outside",
        organisation="The neighbours' union",
        key=signing_key(keys.seeds[2]),
    )
    drawn(small, "trustee", number)


def trustees(small: Small, number: int = 1) -> list[str]:
    """Who they are, in their places."""
    return [trustee.who for trustee in register_of(small, number).trustees]


def come_to_keys(small: Small, keys: Trusted | None = None) -> None:
    """The three rounds, everybody in turn."""
    keys = keys or three()
    number = len(small.state.secret.registers)
    for act, field, messages in (
        ("secret.certify", "certificate", keys.certs),
        ("secret.share", "polynomial", keys.polynomials),
        ("secret.confirm", "voutput", keys.voutputs),
    ):
        for who, message in zip(trustees(small, number), messages, strict=True):
            small.pure.do(who, act, register=number, **{field: message.decode()})


def keyed(small: Small) -> KeyRegister:
    """Called, with trustees who have their keys: the register as their devices know it."""
    if not small.state.secret.registers:
        called(small)
        small.pure.let_fall_due()
    name_all(small)
    come_to_keys(small)
    return devices(small)


def devices(small: Small, number: int = 1) -> KeyRegister:
    return KeyRegister(three(), number, small.state.founding.origin)


def claim(small: Small, held: KeyRegister, member: str) -> None:
    data = held.claim(member).decode()
    small.pure.do(member, "secret.claim", register=held.number, claim=data)


def claimed(small: Small, held: KeyRegister, without: int = 0) -> None:
    """Every delegate has claimed a key but so many, the last, and the convention sits."""
    every = delegates(small)
    for member in every[: len(every) - without]:
        claim(small, held, member)
    sitting(small)


def closed(small: Small, held: KeyRegister, without: int = 0) -> None:
    claimed(small, held, without)
    closes = register_of(small, held.number).closes
    assert closes is not None
    small.pure.go_to(closes)
    small.pure.let_fall_due()
    held.close()


def mix(small: Small, held: KeyRegister, owner: int) -> None:
    part = held.mix(owner)
    small.pure.do(
        trustees(small)[owner - 1],
        "secret.mix",
        register=held.number,
        before=part.before,
        shuffle=small.pure.beside(part.data),
        signature=register.write_signature(part.signature).decode(),
    )


def decrypt(small: Small, held: KeyRegister, owner: int) -> None:
    part = held.decrypt(owner)
    small.pure.do(
        trustees(small)[owner - 1],
        "secret.decrypt_roll",
        register=held.number,
        before=part.before,
        decryption=small.pure.beside(part.data),
        signature=register.write_signature(part.signature).decode(),
    )


def rolled(small: Small, held: KeyRegister) -> None:
    """Mixed by two, decrypted by three, and the roll is stated."""
    for owner in (1, 2):
        mix(small, held, owner)
    for owner in (3, 1, 2):
        decrypt(small, held, owner)
    state_roll(small, held)


def state_roll(small: Small, held: KeyRegister) -> None:
    roll = held.make_roll()
    small.pure.do(
        small.members["C2"][-1],
        "secret.roll",
        register=held.number,
        roll=small.pure.beside(roll_of_keys.write_roll(roll)),
        size=len(roll.keys),
        without=len(held.claimed) - len(roll.keys),
    )
