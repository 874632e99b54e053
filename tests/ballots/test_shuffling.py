"""Shuffles: the same votes in another order, and proofs of just that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.ballots.common import Ciphertext
from quorate.ballots.elgamal import elgamal, encrypt, random_scalar
from quorate.ballots.groups.named import ED25519
from quorate.ballots.shuffle_proof import (
    Shuffled,
    ShuffleProof,
    check_shuffle_proof,
    gen_permutation,
    gen_shuffle,
    gen_shuffle_proof,
)

X = 987654321
KEY = elgamal(ED25519, ED25519.power(ED25519.g, X))

Many = tuple[Ciphertext[bytes], ...]


def encrypted(plain: list[int]) -> Many:
    return tuple(encrypt(KEY, random_scalar(ED25519), ED25519.of_ints([m])) for m in plain)


def decrypted(many: Many) -> list[int]:
    return [
        ED25519.to_ints(1, ED25519.divide(one.beta, ED25519.power(one.alpha, X)))[0] for one in many
    ]


@settings(max_examples=15)
@given(st.lists(st.integers(0, 255), max_size=7))
def test_a_shuffle_holds_and_keeps_the_votes(plain: list[int]) -> None:
    e = encrypted(plain)
    shuffled = gen_shuffle(KEY, e)
    proof = gen_shuffle_proof(KEY, "φ", e, shuffled)
    assert check_shuffle_proof(KEY, "φ", e, shuffled.e_prime, proof)
    assert decrypted(shuffled.e_prime) == [plain[j] for j in shuffled.psi]
    assert not set(e) & set(shuffled.e_prime)
    assert not plain or not check_shuffle_proof(KEY, "ψ", e, shuffled.e_prime, proof)


E = encrypted([3, 1, 4, 1])
SHUFFLED = gen_shuffle(KEY, E)
PROOF = gen_shuffle_proof(KEY, "φ", E, SHUFFLED)
ONE_MORE = encrypted([9])[0]

CHANGED: dict[str, Callable[[ShuffleProof[bytes]], ShuffleProof[bytes]]] = {
    "t1": lambda p: p._replace(t=p.t._replace(t1=ED25519.g)),
    "t2": lambda p: p._replace(t=p.t._replace(t2=ED25519.g)),
    "t3": lambda p: p._replace(t=p.t._replace(t3=ED25519.g)),
    "t41": lambda p: p._replace(t=p.t._replace(t4=(ED25519.g, p.t.t4[1]))),
    "t42": lambda p: p._replace(t=p.t._replace(t4=(p.t.t4[0], ED25519.g))),
    "t hat": lambda p: p._replace(t=p.t._replace(t_hat=p.t.t_hat[::-1])),
    "s1": lambda p: p._replace(s=p.s._replace(s1=p.s.s1 + 1)),
    "s2": lambda p: p._replace(s=p.s._replace(s2=p.s.s2 + 1)),
    "s3": lambda p: p._replace(s=p.s._replace(s3=p.s.s3 + 1)),
    "s4": lambda p: p._replace(s=p.s._replace(s4=p.s.s4 + 1)),
    "s hat": lambda p: p._replace(s=p.s._replace(s_hat=p.s.s_hat[::-1])),
    "s prime": lambda p: p._replace(s=p.s._replace(s_prime=p.s.s_prime[::-1])),
    "c": lambda p: p._replace(c=p.c[::-1]),
    "c hat": lambda p: p._replace(c_hat=p.c_hat[::-1]),
    "c cut": lambda p: p._replace(c=p.c[1:]),
    "s hat cut": lambda p: p._replace(s=p.s._replace(s_hat=p.s.s_hat[1:])),
    "c with torsion": lambda p: p._replace(c=(bytes(32), *p.c[1:])),
}


@pytest.mark.parametrize("change", CHANGED)
def test_a_proof_that_was_changed(change: str) -> None:
    assert check_shuffle_proof(KEY, "φ", E, SHUFFLED.e_prime, PROOF)
    assert not check_shuffle_proof(KEY, "φ", E, SHUFFLED.e_prime, CHANGED[change](PROOF))


def test_ballots_exchanged_added_and_dropped() -> None:
    after = SHUFFLED.e_prime
    for changed in (
        (ONE_MORE, *after[1:]),
        (after[1], after[0], *after[2:]),
        (after[0], after[0], *after[2:]),
        after[1:],
        (*after, ONE_MORE),
    ):
        assert not check_shuffle_proof(KEY, "φ", E, changed, PROOF)
        assert not check_shuffle_proof(KEY, "φ", changed, after, PROOF)


def test_a_shuffler_who_exchanges_a_ballot_cannot_prove_it() -> None:
    for place in range(len(E)):
        after = list(SHUFFLED.e_prime)
        after[place] = ONE_MORE
        lying = Shuffled(tuple(after), SHUFFLED.r_prime, SHUFFLED.psi)
        proof = gen_shuffle_proof(KEY, "φ", E, lying)
        assert not check_shuffle_proof(KEY, "φ", E, lying.e_prime, proof)


def test_a_shuffler_who_counts_one_ballot_twice_cannot_prove_it() -> None:
    psi = (0, 0, *SHUFFLED.psi[2:])
    again = [SHUFFLED.e_prime[SHUFFLED.psi.index(j)] for j in psi]
    lying = Shuffled(tuple(again), SHUFFLED.r_prime, psi)
    with pytest.raises(KeyError):
        gen_shuffle_proof(KEY, "φ", E, lying)


def test_permutations() -> None:
    seen = {gen_permutation(3) for _ in range(300)}
    assert len(seen) == 6  # one is missing once in 10^23 runs
    assert all(sorted(psi) == [0, 1, 2] for psi in seen)
    assert gen_permutation(0) == ()
