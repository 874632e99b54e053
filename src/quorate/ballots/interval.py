"""Proofs of interval membership (section 4.12): what is encrypted is one of M_0 … M_k."""

from __future__ import annotations

from quorate.ballots import disjunction
from quorate.ballots.common import Ciphertext
from quorate.ballots.disjunction import Proofs
from quorate.ballots.elgamal import ElGamal
from quorate.ballots.groups.group import E


def verify(
    key: ElGamal[E], S: str, ciphertext: Ciphertext[E], values: range, proofs: Proofs
) -> bool:
    """Whether the proofs show that the ciphertext encrypts one of the values."""
    if len(proofs) != len(values):
        return False
    disjuncts = [(ciphertext, M) for M in values]
    return disjunction.verify(key, _prefix(key, S, ciphertext), disjuncts, proofs)


def prove(
    key: ElGamal[E], S: str, ciphertext: Ciphertext[E], values: range, m: int, r: int
) -> Proofs:
    """iprove: the ciphertext encrypts m with randomness r. Raises ValueError if m is not among the
    values."""
    disjuncts = [(ciphertext, M) for M in values]
    true = values.index(m)
    return disjunction.prove(key, _prefix(key, S, ciphertext), disjuncts, true, r)


def _prefix(key: ElGamal[E], S: str, ciphertext: Ciphertext[E]) -> str:
    write = key.group.write
    return f"prove|{S}|{write(ciphertext.alpha)},{write(ciphertext.beta)}|"
