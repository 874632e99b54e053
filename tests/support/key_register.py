"""Registers of voting keys, held from the first key to the roll, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from quorate.ballots import (
    claims,
    credentials,
    decryption,
    key_generation,
    key_messages,
    key_rounds,
    pki,
    register,
    roll_of_keys,
    shuffles,
    trustee,
    trustees,
)
from quorate.ballots.elgamal import ElGamal, elgamal
from quorate.ballots.register import GROUP
from quorate.ballots.register_file import Claimed, Part, RegisterFile, write
from quorate.ballots.roll_of_keys import Listed, RollOfKeys, hash_of
from quorate.ballots.trustee import TrusteeKey
from quorate.ballots.trustees import Trustees

RECORD = "record.example.org/test"


@dataclass(frozen=True)
class Trusted:
    """Trustees who have been through the three rounds. ``seeds``: what each of them keeps."""

    needed: int
    seeds: tuple[str, ...]
    certs: tuple[bytes, ...]
    polynomials: tuple[bytes, ...]
    voutputs: tuple[bytes, ...]

    @cached_property
    def keys(self) -> Trustees[bytes]:
        return register.trustees_of(self.certs, self.polynomials, self.voutputs)

    def key(self, owner: int) -> TrusteeKey:
        return trustee.key_of(owner, self.seeds[owner - 1], self.voutputs[owner - 1])

    def signing(self, owner: int) -> int:
        return self.key(owner).sk

    def decrypting(self, owner: int) -> int:
        return self.key(owner).x


@cache
def trusted(needed: int, size: int) -> Trusted:
    """The same trustees for every register of so many: making them takes a while."""
    return fresh_trustees(needed, tuple(pki.new_seed() for _ in range(size)))


def fresh_trustees(needed: int, seeds: tuple[str, ...]) -> Trusted:
    certs = tuple(
        key_generation.certificate(GROUP, len(seeds), needed, index, seed)
        for index, seed in enumerate(seeds, 1)
    )
    polynomials = [key_generation.polynomial(GROUP, certs, seed) for seed in seeds]
    voutputs = [
        key_generation.voutput(GROUP, certs, key_generation.vinput(polynomials, index), seed)
        for index, seed in enumerate(seeds, 1)
    ]
    return Trusted(
        needed,
        seeds,
        tuple(map(key_rounds.write_certificate, certs)),
        tuple(map(key_messages.write_polynomial, polynomials)),
        tuple(key_messages.write_voutput(GROUP, one) for one in voutputs),
    )


@dataclass
class KeyRegister:
    """A register under way. ``voters``: voter → the secret of their key; ``codes``: what their
    device keeps of it."""

    trusted: Trusted
    number: int = 1
    record: str = RECORD
    voters: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    claimed: dict[str, bytes] = field(default_factory=dict)
    shuffles: list[Part] = field(default_factory=list)
    decryptions: list[Part] = field(default_factory=list)
    roll: RollOfKeys | None = None
    mixed: Listed = ()

    @cached_property
    def description(self) -> register.Description:
        return register.described(self.record, self.number, self.trusted.keys)

    @property
    def phi(self) -> str:
        return register.phi(self.description)

    @property
    def key(self) -> ElGamal[bytes]:
        return elgamal(GROUP, self.description.public_key)

    def claim(self, voter: str) -> bytes:
        """The voter's device makes a credential and claims its key."""
        self.codes[voter] = credentials.new_credential()
        self.voters[voter] = credentials.secret(GROUP, self.phi, self.codes[voter])
        made = claims.claim(self.key, self.phi, voter, self.voters[voter])
        self.claimed[voter] = claims.write_claim(GROUP, made)
        return self.claimed[voter]

    def close(self) -> None:
        self.mixed = roll_of_keys.listed(
            claims.read_claim(GROUP, data) for data in self.claimed.values()
        )

    @property
    def last(self) -> str:
        """The hash of what is shuffled or decrypted next."""
        if self.shuffles:
            return hash_of(self.shuffles[-1].data)
        return hash_of(roll_of_keys.write_listed(self.mixed))

    def mix(self, owner: int) -> Part:
        own = self.trusted.key(owner)
        part = trustee.mix(own, self.key, self.phi, self.last, self.mixed)
        self.shuffles.append(part)
        (self.mixed,) = shuffles.read_shuffle(GROUP, part.data).ciphertexts
        return part

    def decrypt(self, owner: int) -> Part:
        part = trustee.decrypt_roll(self.trusted.key(owner), self.phi, self.last, self.mixed)
        self.decryptions.append(part)
        return part

    def make_roll(self) -> RollOfKeys:
        partials = {
            part.owner: decryption.read_partial_decryption(GROUP, part.data)
            for part in self.decryptions
        }
        self.roll = roll_of_keys.roll(self.trusted.keys, self.mixed, partials)
        return self.roll

    @property
    def file(self) -> RegisterFile:
        return RegisterFile(
            register.write_description(self.description),
            trustees.write_trustees(GROUP, self.trusted.keys),
            tuple(Claimed(voter, self.claimed[voter]) for voter in sorted(self.claimed)),
            tuple(self.shuffles),
            tuple(self.decryptions),
            None if self.roll is None else roll_of_keys.write_roll(self.roll),
        )

    @property
    def content(self) -> bytes:
        return write(self.file)


def voter(number: int) -> str:
    return f"m-{'abcdefghijklmnopqrstuvwxyz234567'[number % 32] * 16}"


def held(
    voters: int, needed: int = 2, size: int = 3, mixers: Sequence[int] = (1, 2)
) -> KeyRegister:
    """A register that has come to its roll."""
    made = KeyRegister(trusted(needed, size))
    for number in range(voters):
        made.claim(voter(number))
    made.close()
    for owner in mixers:
        made.mix(owner)
    for owner in range(1, size + 1):
        made.decrypt(owner)
    made.make_roll()
    return made
