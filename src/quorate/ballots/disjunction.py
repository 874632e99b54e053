"""The proof that one of several ciphertexts encrypts what is said of it, and not which.

Sections 4.12 and 4.13 are this proof, with prefixes of their own. A disjunct (α, β), M claims that
(α, β) = (g^r, y^r g^M).
"""

from __future__ import annotations

from collections.abc import Sequence

from quorate.ballots.common import Ciphertext, Proof
from quorate.ballots.elgamal import ElGamal, random_scalar
from quorate.ballots.groups.group import E, hash_to_scalar

Disjunct = tuple[Ciphertext[E], int]

Proofs = tuple[Proof, ...]
"""One for each disjunct; only the sum of their challenges is bound."""


def verify(key: ElGamal[E], prefix: str, disjuncts: Sequence[Disjunct[E]], proofs: Proofs) -> bool:
    """Whether the proofs show that one of the disjuncts is true.

    Raises NotAnElement where the group's powers find one out (``Group.power_checks``).
    """
    if len(proofs) != len(disjuncts):
        return False
    commitments: list[E] = []
    for disjunct, proof in zip(disjuncts, proofs, strict=True):
        commitments += _commitments(key, disjunct, proof)
    expected = hash_to_scalar(key.group, prefix, commitments)
    return expected == sum(proof.challenge for proof in proofs) % key.group.q


def prove(
    key: ElGamal[E], prefix: str, disjuncts: Sequence[Disjunct[E]], true: int, r: int
) -> Proofs:
    """Proves the disjunct at ``true``, whose randomness is r.

    Of the others, challenge and response are chosen before the commitments, which then hold
    whatever is encrypted.
    """
    group = key.group
    w = random_scalar(group)
    proofs: list[Proof] = []
    commitments: list[E] = []
    for place, disjunct in enumerate(disjuncts):
        if place == true:
            proofs.append(Proof(0, 0))
            commitments += group.secret_power(group.g, w), group.secret_power(key.y, w)
        else:
            proofs.append(Proof(random_scalar(group), random_scalar(group)))
            commitments += _commitments(key, disjunct, proofs[place])
    total = hash_to_scalar(group, prefix, commitments)
    challenge = (total - sum(proof.challenge for proof in proofs)) % group.q
    proofs[true] = Proof(challenge, group.answer(w, r, challenge))
    return tuple(proofs)


def _commitments(key: ElGamal[E], disjunct: Disjunct[E], proof: Proof) -> tuple[E, E]:
    """A = g^response α^challenge and B = y^response (β / g^M)^challenge."""
    (alpha, beta), M = disjunct
    group = key.group
    # Of 0 and 1, which are nearly all there is, no power is made.
    shifted = beta if M == 0 else group.divide(beta, group.g if M == 1 else key.g_to(M))
    return (
        group.multiply(key.g_to(proof.response), group.power(alpha, proof.challenge)),
        group.multiply(key.y_to(proof.response), group.power(shifted, proof.challenge)),
    )
