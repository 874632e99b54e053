"""Non-homomorphic answers (section 4.11.2): one ciphertext of all the numbers that were given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

from quorate.ballots import schnorr
from quorate.ballots.common import (
    Ciphertext,
    Proof,
    ciphertext,
    ciphertext_json,
    proof,
    proof_json,
)
from quorate.ballots.elgamal import ElGamal, encrypt, random_scalar
from quorate.ballots.groups.group import E, Group
from quorate.ballots.homomorphic import Invalid
from quorate.ballots.json_form import Json, field, fields
from quorate.ballots.questions import NonHomomorphic


@dataclass(frozen=True, slots=True)
class NonHomomorphicAnswer(Generic[E]):
    """``proof``: whoever made the ciphertext knows its randomness, so it is no copy."""

    choices: Ciphertext[E]
    proof: Proof


def answer_reader(group: Group[E]) -> Callable[[Json], NonHomomorphicAnswer[E]]:
    read_ciphertext, read_proof = ciphertext(group), proof(group)

    def read(value: Json) -> NonHomomorphicAnswer[E]:
        record = fields(value, ("choices", "proof"))
        return NonHomomorphicAnswer(
            field(record, "choices", read_ciphertext), field(record, "proof", read_proof)
        )

    return read


def answer_json(group: Group[E], answer: NonHomomorphicAnswer[E]) -> Json:
    return {
        "choices": ciphertext_json(group, answer.choices),
        "proof": proof_json(answer.proof),
    }


def verify(key: ElGamal[E], S0: str, answer: NonHomomorphicAnswer[E]) -> None:
    """Raises Invalid unless the ciphertext is of the group and its proof holds."""
    alpha, beta = answer.choices
    if not key.group.check(beta):
        raise Invalid(f"the answer is no element of {key.group.name}")
    if not schnorr.verify(key.group, alpha, _prefix(key, S0, answer.choices), answer.proof):
        raise Invalid("the proof that the answer was encrypted for this ballot does not hold")


def encrypt_answer(
    key: ElGamal[E], S0: str, question: NonHomomorphic, numbers: Sequence[int]
) -> NonHomomorphicAnswer[E]:
    """Encrypts a number of 0..255 for each answer. Raises ValueError, CannotEncode."""
    if len(numbers) != len(question.answers):
        raise ValueError(f"{len(numbers)} numbers for {len(question.answers)} answers")
    return encrypt_element(key, S0, key.group.of_ints(numbers))


def encrypt_element(key: ElGamal[E], S0: str, plain: E) -> NonHomomorphicAnswer[E]:
    """An element of the group, encrypted, with the proof."""
    r = random_scalar(key.group)
    choices = encrypt(key, r, plain)
    return NonHomomorphicAnswer(choices, schnorr.prove(key.group, r, _prefix(key, S0, choices)))


def _prefix(key: ElGamal[E], S0: str, choices: Ciphertext[E]) -> str:
    write = key.group.write
    return f"raweg|{S0}|{write(key.y)},{write(choices.alpha)},{write(choices.beta)}|"
