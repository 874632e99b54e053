"""Claims: a voter's public key, encrypted for the trustees, so that nobody knows whose it is.

A claim has the form of a non-homomorphic answer (section 4.11.2). Its proof is bound to the
register and to the voter: whoever made it knew the randomness, and so the key, and nobody can hand
in another's claim, or one that was made from it, as their own. The key is that of a credential:
``credentials.secret``, with the register's fingerprint in the place of an election's uuid.
"""

from __future__ import annotations

from quorate.ballots import non_homomorphic
from quorate.ballots.elgamal import ElGamal
from quorate.ballots.groups.group import E, Group
from quorate.ballots.json_form import canonical, dump
from quorate.ballots.non_homomorphic import NonHomomorphicAnswer, answer_json, answer_reader

Claim = NonHomomorphicAnswer[E]


def claim(key: ElGamal[E], phi: str, voter: str, x: int) -> Claim[E]:
    """The voter's claim for the key g^x. ``key``: the register's. Raises ValueError for x = 0."""
    if x % key.group.q == 0:
        raise ValueError("nobody signs with the neutral element")
    return non_homomorphic.encrypt_element(
        key, _label(phi, voter), key.group.secret_power(key.group.g, x)
    )


def verify(key: ElGamal[E], phi: str, voter: str, claim: Claim[E]) -> None:
    """Raises homomorphic.Invalid unless the claim is this voter's in this register."""
    non_homomorphic.verify(key, _label(phi, voter), claim)


def read_claim(group: Group[E], data: bytes) -> Claim[E]:
    """Raises Malformed, NotCanonical."""
    return canonical(data, answer_reader(group), lambda claim: answer_json(group, claim))


def write_claim(group: Group[E], claim: Claim[E]) -> bytes:
    return dump(answer_json(group, claim))


def _label(phi: str, voter: str) -> str:
    return f"claim|{phi}|{voter}"
