"""From claims to the roll: listed, shuffled by the trustees in turn, decrypted by all of them.

The list is that of a ranked question with a claim in the place of each ballot; the shuffles and
decryptions are those of sections 4.19 and 4.20 for one question. What comes out are the keys that
were claimed, and nobody knows whose is whose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

from quorate.ballots import credentials, decryption, shuffles, tally
from quorate.ballots.claims import Claim
from quorate.ballots.common import Ciphertext
from quorate.ballots.credentials import PublicCredential
from quorate.ballots.decryption import PartialDecryption
from quorate.ballots.elgamal import ElGamal
from quorate.ballots.register import GROUP
from quorate.ballots.shuffles import Shuffle
from quorate.ballots.trustees import Trustees

Listed = tuple[Ciphertext[bytes], ...]
"""The encrypted keys, in an order that tells nothing."""


class RollOfKeys(NamedTuple):
    """``keys``: sorted, each once. ``repeated``: those that came out more than once, each as often
    as it came out too often. ``empty``: how many claims gave the neutral element, for which nobody
    signs."""

    keys: tuple[bytes, ...]
    repeated: tuple[bytes, ...]
    empty: int


def listed(claims: Iterable[Claim[bytes]]) -> Listed:
    """The list before the mix."""
    return tally.in_order(GROUP, (claim.choices for claim in claims))


def hash_of(what: bytes) -> str:
    """The SHA-256 by which the record names a list, a shuffle, a decryption or a roll."""
    return sha256(what).hexdigest()


def write_listed(before: Listed) -> bytes:
    return tally.write_tally(GROUP, (before,))


def mix(key: ElGamal[bytes], phi: str, before: Listed) -> Shuffle[bytes]:
    """A trustee's shuffle of the list, or of the shuffle before."""
    return shuffles.shuffle(key, phi, (before,))


def is_mix(key: ElGamal[bytes], phi: str, before: Listed, after: Shuffle[bytes]) -> bool:
    """Whether it holds what stood before, in another order, and nothing else."""
    return shuffles.verify(key, phi, (before,), after)


def decrypt(phi: str, x: int, mixed: Listed) -> PartialDecryption[bytes]:
    """A trustee's part of decrypting the last shuffle, with the private key x. Raises
    NotAnElement."""
    return decryption.decrypt(GROUP, phi, x, (mixed,))


def verify_decryption(phi: str, X: bytes, mixed: Listed, partial: PartialDecryption[bytes]) -> None:
    """Raises BadDecryption unless it was made with the key of X."""
    decryption.verify(GROUP, phi, X, (mixed,), partial)


def roll(
    keys: Trustees[bytes], mixed: Listed, partials: Mapping[int, PartialDecryption[bytes]]
) -> RollOfKeys:
    """The roll that the trustees' decryptions give. ``partials``: by owner, as many as needed."""
    (factors,) = decryption.combined(GROUP, keys, partials)
    plain = [GROUP.divide(one.beta, factor) for one, factor in zip(mixed, factors, strict=True)]
    own = sorted((key for key in plain if key != GROUP.one), key=GROUP.sort_key)
    repeated = tuple(key for place, key in enumerate(own) if place and own[place - 1] == key)
    return RollOfKeys(tuple(dict.fromkeys(own)), repeated, len(plain) - len(own))


def write_roll(roll: RollOfKeys) -> bytes:
    """The keys, as an archive's roll (section 4.8)."""
    return credentials.write_roll(GROUP, tuple(PublicCredential(key, None) for key in roll.keys))
