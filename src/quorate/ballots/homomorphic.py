"""Homomorphic answers (section 4.11.1): a ciphertext of 0 or 1 for each choice, and proofs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Generic

from quorate.ballots import blank, interval
from quorate.ballots.blank import Opened
from quorate.ballots.common import (
    Ciphertext,
    ciphertext,
    ciphertext_json,
    joined,
    multiplied,
    nothing,
    proof,
    proof_json,
)
from quorate.ballots.disjunction import Proofs
from quorate.ballots.elgamal import ElGamal, encrypt, random_scalar
from quorate.ballots.groups.group import E, Group, NotAnElement, require
from quorate.ballots.json_form import Json, each, field, fields, optional_field, present
from quorate.ballots.questions import Homomorphic

_BIT = range(2)


class Invalid(Exception):
    """An answer or a proof does not hold; says which, in plain words."""


@dataclass(frozen=True, slots=True)
class HomomorphicAnswer(Generic[E]):
    """``choices``: where blank is allowed, the first says whether the vote is blank."""

    choices: tuple[Ciphertext[E], ...]
    individual_proofs: tuple[Proofs, ...]
    overall_proof: Proofs
    blank_proof: Proofs | None


def answer_reader(group: Group[E]) -> Callable[[Json], HomomorphicAnswer[E]]:
    read_proof = proof(group)
    read_ciphertext = ciphertext(group)

    def read_proofs(value: Json) -> Proofs:
        return each(value, read_proof)

    def read(value: Json) -> HomomorphicAnswer[E]:
        record = fields(value, ("choices", "individual_proofs", "overall_proof"), ("blank_proof",))
        return HomomorphicAnswer(
            choices=field(record, "choices", lambda value: each(value, read_ciphertext)),
            individual_proofs=field(
                record, "individual_proofs", lambda value: each(value, read_proofs)
            ),
            overall_proof=field(record, "overall_proof", read_proofs),
            blank_proof=optional_field(record, "blank_proof", read_proofs),
        )

    return read


def answer_json(group: Group[E], answer: HomomorphicAnswer[E]) -> Json:
    return present(
        choices=[ciphertext_json(group, choice) for choice in answer.choices],
        individual_proofs=[_proofs_json(proofs) for proofs in answer.individual_proofs],
        overall_proof=_proofs_json(answer.overall_proof),
        blank_proof=None if answer.blank_proof is None else _proofs_json(answer.blank_proof),
    )


def verify(key: ElGamal[E], S0: str, question: Homomorphic, answer: HomomorphicAnswer[E]) -> None:
    """Raises Invalid unless the answer is one that the question allows. ``S0``: φ|credential."""
    _verify_lengths(question, answer)
    for place, (choice, proofs) in enumerate(
        zip(answer.choices, answer.individual_proofs, strict=True), 1
    ):
        try:
            if not key.group.power_checks:
                require(key.group, *choice)
            holds = interval.verify(key, S0, choice, _BIT, proofs)
        except NotAnElement:
            raise Invalid(f"choice {place} is no element of {key.group.name}") from None
        if not holds:
            raise Invalid(f"the proof that choice {place} is 0 or 1 does not hold")
    _verify_sum(key, f"{S0}|{joined(key.group, answer.choices)}", question, answer)


def encrypt_answer(
    key: ElGamal[E], S0: str, question: Homomorphic, votes: Sequence[int]
) -> HomomorphicAnswer[E]:
    """Encrypts 0 or 1 for each answer, with a leading one for blank where it is allowed.

    Raises ValueError for votes that the question does not allow.
    """
    if len(votes) != question.length:
        raise ValueError(f"{len(votes)} votes for {question.length} choices")
    group = key.group
    opened: list[Opened[E]] = []
    for vote in votes:
        r = random_scalar(group)
        one_or_g = {0: group.one, 1: group.g}
        if vote not in one_or_g:
            raise ValueError("a vote is 0 or 1")
        opened.append(Opened(encrypt(key, r, one_or_g[vote]), vote, r))
    choices = tuple(choice.ciphertext for choice in opened)
    individual = tuple(
        interval.prove(key, S0, choice.ciphertext, _BIT, choice.m, choice.r) for choice in opened
    )
    S = f"{S0}|{joined(group, choices)}"
    if not question.allows_blank:
        total = _summed(group, opened)
        overall = interval.prove(key, S, total.ciphertext, question.values, total.m, total.r)
        return HomomorphicAnswer(choices, individual, overall, None)
    leading, total = opened[0], _summed(group, opened[1:])
    if leading.m and total.m:
        raise ValueError("a blank vote chooses nothing")
    return HomomorphicAnswer(
        choices,
        individual,
        blank.prove_overall_proof(key, S, leading, total, question.values),
        blank.prove_blank_proof(key, S, leading, total),
    )


def _verify_lengths(question: Homomorphic, answer: HomomorphicAnswer[E]) -> None:
    if len(answer.choices) != question.length:
        raise Invalid(f"{len(answer.choices)} choices, where the question has {question.length}")
    if len(answer.individual_proofs) != len(answer.choices):
        raise Invalid("not one individual proof for each choice")
    if question.allows_blank != (answer.blank_proof is not None):
        raise Invalid(
            "the proof about a blank vote is missing"
            if question.allows_blank
            else "a proof about a blank vote, which the question does not allow"
        )


def _verify_sum(
    key: ElGamal[E], S: str, question: Homomorphic, answer: HomomorphicAnswer[E]
) -> None:
    """All choices are elements by now, so their products are."""
    values = question.values
    bounds = f"{question.min} to {question.max} are chosen"
    if answer.blank_proof is None:
        total = _product(key.group, answer.choices)
        if not interval.verify(key, S, total, values, answer.overall_proof):
            raise Invalid(f"the proof that {bounds} does not hold")
        return
    leading, total = answer.choices[0], _product(key.group, answer.choices[1:])
    if not blank.verify_blank_proof(key, S, leading, total, answer.blank_proof):
        raise Invalid("the proof that a blank vote chooses nothing does not hold")
    if not blank.verify_overall_proof(key, S, leading, total, values, answer.overall_proof):
        raise Invalid(f"the proof that the vote is blank or {bounds} does not hold")


def _product(group: Group[E], ciphertexts: Sequence[Ciphertext[E]]) -> Ciphertext[E]:
    return reduce(lambda left, right: multiplied(group, left, right), ciphertexts, nothing(group))


def _summed(group: Group[E], opened: Sequence[Opened[E]]) -> Opened[E]:
    return Opened(
        _product(group, [choice.ciphertext for choice in opened]),
        sum(choice.m for choice in opened),
        sum(choice.r for choice in opened) % group.q,
    )


def _proofs_json(proofs: Proofs) -> Json:
    return [proof_json(one) for one in proofs]
