"""What a trustee makes with their key: shuffles and decryptions, each signed, of a register's
claims and of a box's tally. ``before`` is the SHA-256 of what it is made from."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from quorate.ballots import (
    box,
    decryption,
    key_generation,
    key_messages,
    pki,
    register,
    roll_of_keys,
    shuffles,
)
from quorate.ballots.elections import Election
from quorate.ballots.elgamal import ElGamal, elgamal
from quorate.ballots.register import GROUP
from quorate.ballots.register_file import Part
from quorate.ballots.roll_of_keys import Listed, hash_of
from quorate.ballots.tally import EncryptedTally


@dataclass(frozen=True, slots=True)
class TrusteeKey:
    """``owner``: the trustee's place, from 1. ``sk``: signs. ``x``: decrypts."""

    owner: int
    sk: int = dataclasses.field(repr=False)
    x: int = dataclasses.field(repr=False)


def key_of(owner: int, seed: str, voutput: bytes) -> TrusteeKey:
    """The key of whoever keeps this seed. ``voutput``: what they sent in the third round. Raises
    Malformed, NotForUs."""
    sent = key_messages.read_voutput(GROUP, voutput).private_key
    x = key_generation.private_key(GROUP, seed, sent)
    return TrusteeKey(owner, pki.keys(GROUP, seed).sk, x)


def mix(own: TrusteeKey, key: ElGamal[bytes], phi: str, before: str, claims: Listed) -> Part:
    """A shuffle of the claims. ``key``: of the register, whose fingerprint is φ."""
    data = shuffles.write_shuffle(GROUP, roll_of_keys.mix(key, phi, claims))
    said = register.mix_statement(phi, own.owner, before, hash_of(data))
    return Part(own.owner, before, data, register.sign(own.sk, said))


def decrypt_roll(own: TrusteeKey, phi: str, before: str, mixed: Listed) -> Part:
    """A decryption of the last shuffle of the claims."""
    made = roll_of_keys.decrypt(phi, own.x, mixed)
    data = decryption.write_partial_decryption(GROUP, made)
    said = register.decryption_statement(phi, own.owner, before, hash_of(data))
    return Part(own.owner, before, data, register.sign(own.sk, said))


def shuffle_box(
    own: TrusteeKey, election: Election[Any], phi: str, before: str, tally: EncryptedTally[Any]
) -> Part:
    """A shuffle of the ranked ballots. φ: the election's."""
    key = elgamal(GROUP, election.public_key)
    made = shuffles.shuffle(key, phi, shuffles.nh_ciphertexts(election, tally))
    data = shuffles.write_shuffle(GROUP, made)
    said = box.shuffle_statement(phi, own.owner, before, hash_of(data))
    return Part(own.owner, before, data, register.sign(own.sk, said))


def decrypt_box(own: TrusteeKey, phi: str, before: str, tally: EncryptedTally[Any]) -> Part:
    """A decryption of the tally, or of what was shuffled last."""
    made = decryption.decrypt(GROUP, phi, own.x, tally)
    data = decryption.write_partial_decryption(GROUP, made)
    said = box.decryption_statement(phi, own.owner, before, hash_of(data))
    return Part(own.owner, before, data, register.sign(own.sk, said))
