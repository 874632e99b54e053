"""The proof that one of several ciphertexts encrypts what is said of it, and not which.

Sections 4.12 and 4.13 are this proof, with prefixes of their own. A disjunct (α, β), M claims that
(α, β) = (g^r, y^r g^M).
"""

from __future__ import annotations

from collections.abc import Sequence

from quorate.ballots import recomputed
from quorate.ballots.common import Ciphertext, Proof
from quorate.ballots.elgamal import ElGamal, random_scalar
from quorate.ballots.groups.group import E, hash_to_scalar
from quorate.ballots.products import Wanted, by_powers

Disjunct = tuple[Ciphertext[E], int]

Proofs = tuple[Proof, ...]
"""One for each disjunct; only the sum of their challenges is bound."""


def verify(key: ElGamal[E], prefix: str, disjuncts: Sequence[Disjunct[E]], proofs: Proofs) -> bool:
    """Whether the proofs show that one of the disjuncts is true.

    Raises NotAnElement where the group's powers find one out (``Group.power_checks``).
    """
    if len(proofs) != len(disjuncts):
        return False
    wanted: list[Wanted[E]] = []
    for disjunct, proof in zip(disjuncts, proofs, strict=True):
        wanted += _wanted(disjunct, proof)
    commitments = recomputed.made(key, wanted)
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
            # Not compiled: which disjunct is the true one is not told by the time that it takes.
            commitments += by_powers(key, _wanted(disjunct, proofs[place]))
    total = hash_to_scalar(group, prefix, commitments)
    challenge = (total - sum(proof.challenge for proof in proofs)) % group.q
    proofs[true] = Proof(challenge, group.answer(w, r, challenge))
    return tuple(proofs)


def _wanted(disjunct: Disjunct[E], proof: Proof) -> tuple[Wanted[E], Wanted[E]]:
    """A = g^response α^challenge and B = y^response (β / g^M)^challenge."""
    (alpha, beta), M = disjunct
    return (
        Wanted(False, proof.response, alpha, 0, proof.challenge),
        Wanted(True, proof.response, beta, M, proof.challenge),
    )
