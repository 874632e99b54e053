"""Shuffles of the ciphertexts of ranked questions (section 4.19)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from quorate.ballots.common import Ciphertext, element, scalar
from quorate.ballots.elections import Election
from quorate.ballots.elgamal import ElGamal
from quorate.ballots.groups.group import E, Group
from quorate.ballots.json_form import Json, array, canonical, dump, each, field, fields
from quorate.ballots.shuffle_proof import (
    Commitment,
    Response,
    ShuffleProof,
    check_shuffle_proof,
    gen_shuffle,
    gen_shuffle_proof,
)
from quorate.ballots.tally import EncryptedTally, ciphertext_lists, lists_json

RankedCiphertexts = tuple[tuple[Ciphertext[E], ...], ...]
"""For each ranked question its ciphertexts, one for each ballot."""


@dataclass(frozen=True, slots=True)
class Shuffle(Generic[E]):
    """For each ranked question the shuffled ciphertexts and the proof."""

    ciphertexts: RankedCiphertexts[E]
    proofs: tuple[ShuffleProof[E], ...]


def nh_ciphertexts(election: Election[E], tally: EncryptedTally[E]) -> RankedCiphertexts[E]:
    """What of the tally is shuffled."""
    return tuple(tally[place] for place in election.ranked)


def merged(
    election: Election[E], tally: EncryptedTally[E], shuffled: RankedCiphertexts[E]
) -> EncryptedTally[E]:
    """The tally with the shuffled ciphertexts in their places."""
    ranked = dict(zip(election.ranked, shuffled, strict=True))
    return tuple(ranked.get(place, inner) for place, inner in enumerate(tally))


def shuffle(key: ElGamal[E], phi: str, before: RankedCiphertexts[E]) -> Shuffle[E]:
    """Re-encrypts and permutes, and proves it; the permutation is forgotten."""
    made = []
    for e in before:
        shuffled = gen_shuffle(key, e)
        made.append((shuffled.e_prime, gen_shuffle_proof(key, phi, e, shuffled)))
    return Shuffle(tuple(e for e, _pi in made), tuple(pi for _e, pi in made))


def verify(key: ElGamal[E], phi: str, before: RankedCiphertexts[E], after: Shuffle[E]) -> bool:
    """Whether it is a shuffle of what stood before."""
    return len(before) == len(after.ciphertexts) == len(after.proofs) and all(
        check_shuffle_proof(key, phi, e, e_prime, pi)
        for e, e_prime, pi in zip(before, after.ciphertexts, after.proofs, strict=True)
    )


def read_shuffle(group: Group[E], data: bytes) -> Shuffle[E]:
    """Raises Malformed, NotCanonical."""
    return canonical(data, _reader(group), lambda shuffle: _json(group, shuffle))


def write_shuffle(group: Group[E], shuffle: Shuffle[E]) -> bytes:
    return dump(_json(group, shuffle))


def _reader(group: Group[E]) -> Callable[[Json], Shuffle[E]]:
    read_element, read_scalar = element(group), scalar(group)

    def elements(value: Json) -> tuple[E, ...]:
        return each(value, read_element)

    def scalars(value: Json) -> tuple[int, ...]:
        return each(value, read_scalar)

    def read_commitment(value: Json) -> Commitment[E]:
        t1, t2, t3, t4, t_hat = array(value, 5)
        t41, t42 = array(t4, 2)
        return Commitment(
            read_element(t1),
            read_element(t2),
            read_element(t3),
            (read_element(t41), read_element(t42)),
            elements(t_hat),
        )

    def read_response(value: Json) -> Response:
        s1, s2, s3, s4, s_hat, s_prime = array(value, 6)
        return Response(
            read_scalar(s1),
            read_scalar(s2),
            read_scalar(s3),
            read_scalar(s4),
            scalars(s_hat),
            scalars(s_prime),
        )

    def read_proof(value: Json) -> ShuffleProof[E]:
        t, s, c, c_hat = array(value, 4)
        return ShuffleProof(read_commitment(t), read_response(s), elements(c), elements(c_hat))

    def read(value: Json) -> Shuffle[E]:
        record = fields(value, ("ciphertexts", "proofs"))
        return Shuffle(
            field(record, "ciphertexts", ciphertext_lists(group)),
            field(record, "proofs", lambda value: each(value, read_proof)),
        )

    return read


def _json(group: Group[E], shuffle: Shuffle[E]) -> Json:
    return {
        "ciphertexts": lists_json(group, shuffle.ciphertexts),
        "proofs": [_proof_json(group, proof) for proof in shuffle.proofs],
    }


def _proof_json(group: Group[E], proof: ShuffleProof[E]) -> Json:
    def elements(given: tuple[E, ...]) -> Json:
        return [group.write(one) for one in given]

    t, s = proof.t, proof.s
    return [
        [*elements((t.t1, t.t2, t.t3)), elements(t.t4), elements(t.t_hat)],
        [
            *map(str, (s.s1, s.s2, s.s3, s.s4)),
            list(map(str, s.s_hat)),
            list(map(str, s.s_prime)),
        ],
        elements(proof.c),
        elements(proof.c_hat),
    ]
