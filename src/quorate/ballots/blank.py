"""Proofs of possibly-blank votes (section 4.13).

m_0 says whether the vote is blank, m_Σ is the sum of the other choices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic

from quorate.ballots import disjunction
from quorate.ballots.common import Ciphertext
from quorate.ballots.disjunction import Disjunct, Proofs
from quorate.ballots.elgamal import ElGamal
from quorate.ballots.groups.group import E


@dataclass(frozen=True, slots=True, repr=False)
class Opened(Generic[E]):
    """A ciphertext as whoever proves knows it: what it encrypts, with which randomness. Both are
    secret, so it has no text."""

    ciphertext: Ciphertext[E]
    m: int
    r: int


def verify_blank_proof(
    key: ElGamal[E], S: str, blank: Ciphertext[E], total: Ciphertext[E], proofs: Proofs
) -> bool:
    """Whether the proofs show m_0 = 0 or m_Σ = 0."""
    return disjunction.verify(key, f"bproof0|{S}|", [(blank, 0), (total, 0)], proofs)


def verify_overall_proof(
    key: ElGamal[E],
    S: str,
    blank: Ciphertext[E],
    total: Ciphertext[E],
    values: range,
    proofs: Proofs,
) -> bool:
    """Whether the proofs show m_0 = 1 or m_Σ one of the values."""
    if len(proofs) != 1 + len(values):
        return False
    return disjunction.verify(key, f"bproof1|{S}|", _overall(blank, total, values), proofs)


def prove_blank_proof(key: ElGamal[E], S: str, blank: Opened[E], total: Opened[E]) -> Proofs:
    """m_0 = 0 or m_Σ = 0."""
    true, r = (0, blank.r) if blank.m == 0 else (1, total.r)
    disjuncts = [(blank.ciphertext, 0), (total.ciphertext, 0)]
    return disjunction.prove(key, f"bproof0|{S}|", disjuncts, true, r)


def prove_overall_proof(
    key: ElGamal[E], S: str, blank: Opened[E], total: Opened[E], values: range
) -> Proofs:
    """m_0 = 1 or m_Σ one of the values. Raises ValueError if neither is so."""
    true, r = (0, blank.r) if blank.m == 1 else (1 + values.index(total.m), total.r)
    disjuncts = _overall(blank.ciphertext, total.ciphertext, values)
    return disjunction.prove(key, f"bproof1|{S}|", disjuncts, true, r)


def _overall(blank: Ciphertext[E], total: Ciphertext[E], values: range) -> list[Disjunct[E]]:
    return [(blank, 1), *((total, M) for M in values)]
