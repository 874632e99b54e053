"""Partial decryptions (section 4.20), and how they are combined (section 4.21)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic

from quorate.ballots.common import Ciphertext, Proof, element, proof, proof_json
from quorate.ballots.elgamal import random_scalar
from quorate.ballots.groups.group import (
    E,
    Group,
    NotAnElement,
    hash_to_scalar,
    product,
    require,
)
from quorate.ballots.json_form import Json, canonical, dump, each, field, fields
from quorate.ballots.tally import EncryptedTally
from quorate.ballots.trustees import Trustees

Factors = tuple[tuple[E, ...], ...]
"""For each question, for each ciphertext, alpha^x."""


class BadDecryption(Exception):
    """A factor or a proof does not hold; says which."""


@dataclass(frozen=True, slots=True)
class PartialDecryption(Generic[E]):
    decryption_factors: Factors[E]
    decryption_proofs: tuple[tuple[Proof, ...], ...]


def read_partial_decryption(group: Group[E], data: bytes) -> PartialDecryption[E]:
    """Raises Malformed, NotCanonical."""
    return canonical(data, _reader(group), lambda partial: _json(group, partial))


def write_partial_decryption(group: Group[E], partial: PartialDecryption[E]) -> bytes:
    return dump(_json(group, partial))


def decrypt(group: Group[E], phi: str, x: int, tally: EncryptedTally[E]) -> PartialDecryption[E]:
    """A trustee's factors of the tally, with the private key x. ``phi``: the election's
    fingerprint. Raises NotAnElement for a tally that a key must not be used on."""
    X = group.secret_power(group.g, x)
    made = [[_factor(group, phi, x, X, one) for one in inner] for inner in tally]
    return PartialDecryption(
        tuple(tuple(factor for factor, _proof in inner) for inner in made),
        tuple(tuple(proof for _factor, proof in inner) for inner in made),
    )


def verify(
    group: Group[E],
    phi: str,
    X: E,
    tally: EncryptedTally[E],
    partial: PartialDecryption[E],
) -> None:
    """Raises BadDecryption unless every factor is alpha^x for the x of X = g^x.

    ``tally``: its elements are known to be of the group.
    """
    lengths = [len(inner) for inner in tally]
    if lengths != [len(inner) for inner in partial.decryption_factors]:
        raise BadDecryption("not one factor for each ciphertext of the tally")
    if lengths != [len(inner) for inner in partial.decryption_proofs]:
        raise BadDecryption("not one proof for each ciphertext of the tally")
    for i, ciphertexts in enumerate(tally):
        for j, (alpha, _beta) in enumerate(ciphertexts):
            factor = partial.decryption_factors[i][j]
            try:
                holds = _holds(group, phi, X, alpha, factor, partial.decryption_proofs[i][j])
            except NotAnElement:
                holds = False
            if not holds:
                raise BadDecryption(
                    f"question {i + 1}, ciphertext {j + 1}: the proof that it was decrypted with "
                    "the trustee's key does not hold"
                )


def combined(
    group: Group[E], trustees: Trustees[E], partials: Mapping[int, PartialDecryption[E]]
) -> Factors[E]:
    """F: alpha to the power of the election's private key, which nobody ever holds.

    ``partials``: by owner; enough of every part of the trustees.
    """
    weighted = []
    for owners, needed in trustees.parts:
        present = [owner for owner in owners if owner in partials][:needed]
        indices = [owner - owners.start + 1 for owner in present]
        for owner, index in zip(present, indices, strict=True):
            exponent = lagrange(group.q, indices, index)
            weighted.append((partials[owner].decryption_factors, exponent))
    shape = weighted[0][0]
    return tuple(
        tuple(
            product(group, (group.power(factors[i][j], exponent) for factors, exponent in weighted))
            for j in range(len(inner))
        )
        for i, inner in enumerate(shape)
    )


def lagrange(q: int, indices: Iterable[int], delta: int) -> int:
    """λ_δ: the product of k / (k - δ) modulo q over the other indices k."""
    result = 1
    for k in indices:
        if k != delta:
            result = result * k * pow(k - delta, -1, q) % q
    return result


def _factor(group: Group[E], phi: str, x: int, X: E, one: Ciphertext[E]) -> tuple[E, Proof]:
    require(group, one.alpha, one.beta)
    w = random_scalar(group)
    A, B = group.secret_power(group.g, w), group.secret_power(one.alpha, w)
    challenge = hash_to_scalar(group, _prefix(group, phi, X), [A, B])
    return group.secret_power(one.alpha, x), Proof(challenge, group.answer(w, x, challenge))


def _holds(group: Group[E], phi: str, X: E, alpha: E, factor: E, proof: Proof) -> bool:
    if not group.power_checks:
        require(group, factor)
    A = group.multiply(group.power(group.g, proof.response), group.power(X, proof.challenge))
    B = group.multiply(group.power(alpha, proof.response), group.power(factor, proof.challenge))
    return hash_to_scalar(group, _prefix(group, phi, X), [A, B]) == proof.challenge


def _prefix(group: Group[E], phi: str, X: E) -> str:
    return f"decrypt|{phi}|{group.write(X)}|"


def _reader(group: Group[E]) -> Callable[[Json], PartialDecryption[E]]:
    read_element, read_proof = element(group), proof(group)

    def read(value: Json) -> PartialDecryption[E]:
        record = fields(value, ("decryption_factors", "decryption_proofs"))
        return PartialDecryption(
            field(
                record,
                "decryption_factors",
                lambda value: each(value, lambda inner: each(inner, read_element)),
            ),
            field(
                record,
                "decryption_proofs",
                lambda value: each(value, lambda inner: each(inner, read_proof)),
            ),
        )

    return read


def _json(group: Group[E], partial: PartialDecryption[E]) -> Json:
    return {
        "decryption_factors": [
            [group.write(factor) for factor in inner] for inner in partial.decryption_factors
        ],
        "decryption_proofs": [
            [proof_json(proof) for proof in inner] for inner in partial.decryption_proofs
        ],
    }
