"""Ballots (section 4.17) and their signatures (section 4.16)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic

from quorate.ballots import homomorphic, non_homomorphic, schnorr
from quorate.ballots.common import Ciphertext, Proof, element, proof, proof_json
from quorate.ballots.elections import Election, fingerprint
from quorate.ballots.elgamal import ElGamal
from quorate.ballots.groups.group import E, Group
from quorate.ballots.homomorphic import HomomorphicAnswer, Invalid
from quorate.ballots.json_form import (
    Json,
    Malformed,
    array,
    canonical,
    dump,
    field,
    fields,
    present,
    string,
    uuid,
)
from quorate.ballots.non_homomorphic import NonHomomorphicAnswer
from quorate.ballots.questions import Homomorphic, Question

Answer = HomomorphicAnswer[E] | NonHomomorphicAnswer[E]


@dataclass(frozen=True, slots=True)
class Signature:
    """``hash``: of the ballot without its signature, in base 64."""

    hash: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class Ballot(Generic[E]):
    """``credential``: the public key on the roll that signs it."""

    election_uuid: str
    election_hash: str
    credential: E
    answers: tuple[Answer[E], ...]
    signature: Signature | None


def read_ballot(election: Election[E], data: bytes) -> Ballot[E]:
    """A ballot for this election, in form; nothing is verified. Raises Malformed, NotCanonical."""
    return canonical(data, _reader(election), lambda ballot: ballot_json(election.group, ballot))


def read_unsigned(election: Election[E], data: bytes) -> Ballot[E]:
    """The same of a ballot that is not signed yet. Raises Malformed, NotCanonical."""
    return canonical(
        data, _unsigned_reader(election), lambda ballot: ballot_json(election.group, ballot)
    )


def write_ballot(election: Election[E], ballot: Ballot[E]) -> bytes:
    return dump(ballot_json(election.group, ballot))


def verify(key: ElGamal[E], election: Election[E], phi: str, ballot: Ballot[E]) -> None:
    """Raises Invalid unless the ballot is for this election, signed by its credential, and every
    proof in it holds. ``phi``: the election's fingerprint. Whether the credential is on the roll is
    for whoever holds the roll."""
    _verify_election(election, phi, ballot)
    verify_signature(key.group, ballot)
    verify_answers(key, election, phi, ballot)


def verify_unsigned(key: ElGamal[E], election: Election[E], phi: str, ballot: Ballot[E]) -> None:
    """The same of a ballot that is not signed."""
    _verify_election(election, phi, ballot)
    verify_answers(key, election, phi, ballot)


def verify_answers(key: ElGamal[E], election: Election[E], phi: str, ballot: Ballot[E]) -> None:
    """Raises Invalid unless every proof in the ballot holds."""
    S0 = f"{phi}|{key.group.write(ballot.credential)}"
    for place, (question, answer) in enumerate(
        zip(election.questions, ballot.answers, strict=True), 1
    ):
        try:
            _verify_answer(key, S0, question, answer)
        except Invalid as error:
            raise Invalid(f"question {place}: {error}") from None


def verify_signature(group: Group[E], ballot: Ballot[E]) -> None:
    """Raises Invalid unless the ballot's credential signed it."""
    if ballot.signature is None:
        raise Invalid("it is not signed")
    unsigned = replace(ballot, signature=None)
    if ballot.signature.hash != fingerprint(dump(ballot_json(group, unsigned))):
        raise Invalid("the hash that is signed is not the ballot's")
    challenged = _signed(ballot.signature.hash)
    if not schnorr.verify(group, ballot.credential, challenged, ballot.signature.proof):
        raise Invalid("its signature does not hold")


def cast(
    key: ElGamal[E],
    election: Election[E],
    phi: str,
    secret: int,
    votes: Sequence[Sequence[int]],
) -> Ballot[E]:
    """A ballot with these votes, one sequence for each question, signed with the secret of a
    credential. Raises ValueError or CannotEncode for votes that a question does not allow."""
    group = key.group
    credential = group.secret_power(group.g, secret)
    S0 = f"{phi}|{group.write(credential)}"
    answers = tuple(
        homomorphic.encrypt_answer(key, S0, question, vote)
        if isinstance(question, Homomorphic)
        else non_homomorphic.encrypt_answer(key, S0, question, vote)
        for question, vote in zip(election.questions, votes, strict=True)
    )
    return signed(group, secret, Ballot(election.uuid, phi, credential, answers, None))


def signed(group: Group[E], secret: int, ballot: Ballot[E]) -> Ballot[E]:
    """The ballot with a signature, in the place of one that it may have."""
    unsigned = replace(ballot, signature=None)
    hash = fingerprint(dump(ballot_json(group, unsigned)))
    return replace(unsigned, signature=Signature(hash, schnorr.prove(group, secret, _signed(hash))))


def ciphertexts(answer: Answer[E]) -> tuple[Ciphertext[E], ...]:
    """An answer's ciphertexts: one for each choice, or the one of a ranked answer."""
    if isinstance(answer, HomomorphicAnswer):
        return answer.choices
    return (answer.choices,)


def ballot_json(group: Group[E], ballot: Ballot[E]) -> Json:
    signature = ballot.signature
    return present(
        election_uuid=ballot.election_uuid,
        election_hash=ballot.election_hash,
        credential=group.write(ballot.credential),
        answers=[
            homomorphic.answer_json(group, answer)
            if isinstance(answer, HomomorphicAnswer)
            else non_homomorphic.answer_json(group, answer)
            for answer in ballot.answers
        ],
        signature=None
        if signature is None
        else {"hash": signature.hash, "proof": proof_json(signature.proof)},
    )


def _verify_election(election: Election[E], phi: str, ballot: Ballot[E]) -> None:
    if ballot.election_uuid != election.uuid or ballot.election_hash != phi:
        raise Invalid("it is for another election")


def _signed(hash: str) -> str:
    return f"sig|{hash}|"


def _verify_answer(key: ElGamal[E], S0: str, question: Question, answer: Answer[E]) -> None:
    if isinstance(question, Homomorphic) and isinstance(answer, HomomorphicAnswer):
        homomorphic.verify(key, S0, question, answer)
    elif isinstance(answer, NonHomomorphicAnswer):
        non_homomorphic.verify(key, S0, answer)


_UNSIGNED = ("election_uuid", "election_hash", "credential", "answers")


def _reader(election: Election[E]) -> Callable[[Json], Ballot[E]]:
    read_fields, read_proof = _fields_reader(election), proof(election.group)

    def read_signature(value: Json) -> Signature:
        record = fields(value, ("hash", "proof"))
        return Signature(field(record, "hash", string), field(record, "proof", read_proof))

    def read(value: Json) -> Ballot[E]:
        record = fields(value, (*_UNSIGNED, "signature"))
        return replace(read_fields(record), signature=field(record, "signature", read_signature))

    return read


def _unsigned_reader(election: Election[E]) -> Callable[[Json], Ballot[E]]:
    read_fields = _fields_reader(election)
    return lambda value: read_fields(fields(value, _UNSIGNED))


def _fields_reader(election: Election[E]) -> Callable[[Mapping[str, Json]], Ballot[E]]:
    """What reads all but the signature."""
    group = election.group
    readers: list[Callable[[Json], Answer[E]]] = [
        homomorphic.answer_reader(group)
        if isinstance(question, Homomorphic)
        else non_homomorphic.answer_reader(group)
        for question in election.questions
    ]

    def read_answers(value: Json) -> tuple[Answer[E], ...]:
        answers: list[Answer[E]] = []
        for place, item in enumerate(array(value, len(readers))):
            try:
                answers.append(readers[place](item))
            except Malformed as error:
                raise error.within(f"[{place}]") from None
        return tuple(answers)

    def read(record: Mapping[str, Json]) -> Ballot[E]:
        return Ballot(
            election_uuid=field(record, "election_uuid", uuid),
            election_hash=field(record, "election_hash", string),
            credential=field(record, "credential", element(group)),
            answers=field(record, "answers", read_answers),
            signature=None,
        )

    return read
