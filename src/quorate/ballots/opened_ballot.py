"""A ballot that is opened instead of cast: did the device encrypt what the voter chose?

A device shows the hash of what it encrypted before it knows whether the voter will cast or open it.
Opened, the ballot goes with its votes and its randomness into a file:

    {"ballot":{…},"votes":[[0,1],…],"randomness":[["…","…"],…]}

The ballot is not signed, so whoever gets the file cannot cast it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quorate.ballots import ballot
from quorate.ballots.ballot import ciphertexts
from quorate.ballots.common import Ciphertext, scalar
from quorate.ballots.elections import Election, fingerprint
from quorate.ballots.elgamal import ElGamal, encrypt
from quorate.ballots.groups.group import CannotEncode, E, Group, NotAnElement
from quorate.ballots.homomorphic import Invalid
from quorate.ballots.json_form import Malformed, array, dump, each, field, fields, parse, small
from quorate.ballots.questions import Homomorphic, Question


class OpenedBallot(NamedTuple):
    """``hash``: what the device showed. ``votes``: for each question what was encrypted: 0 or 1 for
    each choice, or a number for each answer."""

    hash: str
    votes: tuple[tuple[int, ...], ...]


class OpenedOtherwise(Exception):
    """The ballot is not what encrypting these votes with this randomness gives; says where."""


def check(key: ElGamal[E], election: Election[E], phi: str, data: bytes) -> OpenedBallot:
    """Encrypts again what the file says, and holds it against its ballot. ``phi``: the election's
    fingerprint. Raises Malformed, Invalid (a proof in the ballot), OpenedOtherwise."""
    count = len(election.questions)
    record = fields(parse(data), ("ballot", "votes", "randomness"))
    unsigned = dump(record["ballot"])
    try:
        made = ballot.read_unsigned(election, unsigned)
    except Malformed as error:
        raise error.within("ballot") from None
    votes = field(
        record, "votes", lambda value: each(array(value, count), lambda one: each(one, small))
    )
    randomness = field(
        record,
        "randomness",
        lambda value: each(array(value, count), lambda one: each(one, scalar(key.group))),
    )
    try:
        ballot.verify_unsigned(key, election, phi, made)
    except NotAnElement:
        raise Invalid(f"something in it is no element of {key.group.name}") from None
    for place, question in enumerate(election.questions):
        again = _encrypted(key, question, votes[place], randomness[place])
        if again != ciphertexts(made.answers[place]):
            raise OpenedOtherwise(f"question {place + 1}: the ballot encrypts something else")
    return OpenedBallot(fingerprint(unsigned), votes)


def _encrypted(
    key: ElGamal[E], question: Question, votes: Sequence[int], randomness: Sequence[int]
) -> tuple[Ciphertext[E], ...]:
    """What the votes give; of votes that cannot be encrypted, nothing."""
    try:
        plain = _plain(key.group, question, votes)
    except CannotEncode:
        return ()
    if len(plain) != len(randomness):
        return ()
    return tuple(encrypt(key, r, one) for one, r in zip(plain, randomness, strict=True))


def _plain(group: Group[E], question: Question, votes: Sequence[int]) -> list[E]:
    if isinstance(question, Homomorphic):
        return [group.power(group.g, vote) for vote in votes]
    return [group.of_ints(votes)]
