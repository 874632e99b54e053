"""The proof that somebody knows the x of X = g^x.

Sections 4.5, 4.6.1, 4.11.2 and 4.16 are this proof with different prefixes.
"""

from __future__ import annotations

from quorate.ballots.common import Proof
from quorate.ballots.elgamal import random_scalar
from quorate.ballots.groups.group import E, Group, NotAnElement, hash_to_scalar, require


def prove(group: Group[E], x: int, prefix: str) -> Proof:
    w = random_scalar(group)
    challenge = hash_to_scalar(group, prefix, [group.secret_power(group.g, w)])
    return Proof(challenge, group.answer(w, x, challenge))


def verify(group: Group[E], X: E, prefix: str, proof: Proof) -> bool:
    """Whether the proof holds, and X is an element of the group."""
    try:
        if not group.power_checks:
            require(group, X)
        A = group.multiply(group.power(group.g, proof.response), group.power(X, proof.challenge))
    except NotAnElement:
        return False
    return hash_to_scalar(group, prefix, [A]) == proof.challenge
