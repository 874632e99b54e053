"""Common structures (section 4.3): proofs and ciphertexts, and what they are written as."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple

from quorate.ballots.groups.group import E, Group, NotAnElement
from quorate.ballots.json_form import Json, Malformed, field, fields, number, string


class Proof(NamedTuple):
    """A challenge and a response of a proof of knowledge, both in 0..q-1."""

    challenge: int
    response: int


class Ciphertext(NamedTuple, Generic[E]):
    """An ElGamal encryption: alpha = g^r, beta = y^r times what is encrypted."""

    alpha: E
    beta: E


def element(group: Group[E]) -> Callable[[Json], E]:
    """A reader of elements. Whether they are of the group is checked where they are used."""

    def read(value: Json) -> E:
        try:
            return group.read(string(value))
        except NotAnElement:
            raise Malformed(f"not written as an element of {group.name} is") from None

    return read


def scalar(group: Group[E]) -> Callable[[Json], int]:
    """A reader of integers modulo q. Those of q and above are refused, not reduced."""

    def read(value: Json) -> int:
        found = number(value)
        if found >= group.q:
            raise Malformed("not below the group's order q")
        return found

    return read


def proof(group: Group[E]) -> Callable[[Json], Proof]:
    read_scalar = scalar(group)

    def read(value: Json) -> Proof:
        record = fields(value, ("challenge", "response"))
        return Proof(
            field(record, "challenge", read_scalar), field(record, "response", read_scalar)
        )

    return read


def proof_json(proof: Proof) -> Json:
    return {"challenge": str(proof.challenge), "response": str(proof.response)}


def ciphertext(group: Group[E]) -> Callable[[Json], Ciphertext[E]]:
    read_element = element(group)

    def read(value: Json) -> Ciphertext[E]:
        record = fields(value, ("alpha", "beta"))
        return Ciphertext(field(record, "alpha", read_element), field(record, "beta", read_element))

    return read


def ciphertext_json(group: Group[E], ciphertext: Ciphertext[E]) -> Json:
    return {"alpha": group.write(ciphertext.alpha), "beta": group.write(ciphertext.beta)}


def joined(group: Group[E], ciphertexts: tuple[Ciphertext[E], ...]) -> str:
    """alpha,beta,alpha,beta,…: what the string S of section 4.11.1 holds of the choices."""
    return ",".join(f"{group.write(alpha)},{group.write(beta)}" for alpha, beta in ciphertexts)


def multiplied(group: Group[E], left: Ciphertext[E], right: Ciphertext[E]) -> Ciphertext[E]:
    """The product of two ciphertexts, which encrypts the sum."""
    return Ciphertext(
        group.multiply(left.alpha, right.alpha), group.multiply(left.beta, right.beta)
    )


def nothing(group: Group[E]) -> Ciphertext[E]:
    """The neutral ciphertext."""
    return Ciphertext(group.one, group.one)
