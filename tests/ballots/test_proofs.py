"""Proofs: what is true can be proved; nothing else passes, nor a proof that was changed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.ballots import blank, decryption, interval, pki, schnorr, trustee_keys
from quorate.ballots.blank import Opened
from quorate.ballots.common import Ciphertext, Proof
from quorate.ballots.decryption import BadDecryption, PartialDecryption
from quorate.ballots.elgamal import ElGamal, elgamal, encrypt, random_scalar
from quorate.ballots.groups.group import Group
from quorate.ballots.groups.named import BELENIOS_2048, ED25519
from quorate.ballots.shuffle_proof import gen_shuffle

KEYS = {group: elgamal(group, group.power(group.g, 12345)) for group in (ED25519, BELENIOS_2048)}
GROUPS = st.sampled_from([ED25519, ED25519, ED25519, BELENIOS_2048])
VALUES = st.integers(0, 5).flatmap(
    lambda least: st.integers(1, 4).map(lambda n: range(least, least + n))
)
TEXTS = st.text(max_size=8)


def opened(key: ElGamal[Any], m: int) -> Opened[Any]:
    r = random_scalar(key.group)
    return Opened(encrypt(key, r, key.group.power(key.group.g, m)), m, r)


def summed(key: ElGamal[Any], parts: list[Opened[Any]]) -> Opened[Any]:
    group = key.group
    alpha, beta = group.one, group.one
    for part in parts:
        alpha = group.multiply(alpha, part.ciphertext.alpha)
        beta = group.multiply(beta, part.ciphertext.beta)
    return Opened(
        Ciphertext(alpha, beta),
        sum(part.m for part in parts),
        sum(part.r for part in parts) % group.q,
    )


def one_changed(proofs: tuple[Proof, ...], place: int, q: int) -> tuple[Proof, ...]:
    """One number of one proof changed by one."""
    at, name = divmod(place % (2 * len(proofs)), 2)
    field = ("challenge", "response")[name]
    changed = proofs[at]._replace(**{field: (getattr(proofs[at], field) + 1) % q})
    return (*proofs[:at], changed, *proofs[at + 1 :])


@settings(max_examples=20)
@given(GROUPS, VALUES, st.data(), TEXTS)
def test_interval(group: Group[Any], values: range, data: st.DataObject, S: str) -> None:
    key = KEYS[group]
    m = data.draw(st.sampled_from(values))
    one = opened(key, m)
    proofs = interval.prove(key, S, one.ciphertext, values, m, one.r)
    assert interval.verify(key, S, one.ciphertext, values, proofs)
    assert not interval.verify(key, S + "x", one.ciphertext, values, proofs)
    assert not interval.verify(key, S, opened(key, m).ciphertext, values, proofs)
    assert not interval.verify(key, S, one.ciphertext, values[1:] or range(9, 10), proofs)
    place = data.draw(st.integers(0, 9))
    assert not interval.verify(key, S, one.ciphertext, values, one_changed(proofs, place, group.q))
    assert not interval.verify(key, S, one.ciphertext, values, proofs[1:])
    if len(proofs) > 1:
        assert not interval.verify(key, S, one.ciphertext, values, proofs[::-1])


@settings(max_examples=20)
@given(VALUES, st.integers(0, 12), st.data())
def test_nothing_outside_the_interval_is_proved(values: range, m: int, data: st.DataObject) -> None:
    """The honest prover refuses; with a false witness what comes out does not hold."""
    key = KEYS[ED25519]
    one = opened(key, m)
    if m in values:
        return
    with pytest.raises(ValueError, match="not in range"):
        interval.prove(key, "S", one.ciphertext, values, m, one.r)
    said = data.draw(st.sampled_from(values))
    proofs = interval.prove(key, "S", one.ciphertext, values, said, one.r)
    assert not interval.verify(key, "S", one.ciphertext, values, proofs)


def test_which_value_it_is_cannot_be_told_from_the_form() -> None:
    """Every disjunct has a challenge and a response in 0..q-1, none of them 0."""
    key = KEYS[ED25519]
    for m in range(3):
        one = opened(key, m)
        proofs = interval.prove(key, "S", one.ciphertext, range(3), m, one.r)
        assert all(0 < number < ED25519.q for proof in proofs for number in proof)


@settings(max_examples=15)
@given(GROUPS, st.booleans(), st.lists(st.booleans(), min_size=1, max_size=4), st.data())
def test_blank(group: Group[Any], is_blank: bool, votes: list[bool], data: st.DataObject) -> None:
    key = KEYS[group]
    leading = opened(key, int(is_blank))
    total = summed(key, [opened(key, int(vote and not is_blank)) for vote in votes])
    values = range(min(1, total.m), len(votes) + 1)
    proofs = blank.prove_blank_proof(key, "S", leading, total)
    overall = blank.prove_overall_proof(key, "S", leading, total, values)
    m0, sigma = leading.ciphertext, total.ciphertext
    assert blank.verify_blank_proof(key, "S", m0, sigma, proofs)
    assert blank.verify_overall_proof(key, "S", m0, sigma, values, overall)
    place = data.draw(st.integers(0, 9))
    changed = one_changed(proofs, place, group.q)
    assert not blank.verify_blank_proof(key, "S", m0, sigma, changed)
    changed = one_changed(overall, place, group.q)
    assert not blank.verify_overall_proof(key, "S", m0, sigma, values, changed)
    assert not blank.verify_blank_proof(key, "S", sigma, m0, proofs)
    assert not blank.verify_blank_proof(key, "T", m0, sigma, proofs)
    assert not blank.verify_overall_proof(key, "S", m0, sigma, range(7, 9), overall)


def test_neither_blank_nor_enough_is_proved() -> None:
    key = KEYS[ED25519]
    with pytest.raises(ValueError, match="not in range"):
        blank.prove_overall_proof(key, "S", opened(key, 0), opened(key, 0), range(1, 3))
    for leading, total in ((opened(key, 1), opened(key, 1)), (opened(key, 1), opened(key, 3))):
        proofs = blank.prove_blank_proof(key, "S", leading, total)
        assert not blank.verify_blank_proof(key, "S", leading.ciphertext, total.ciphertext, proofs)


@settings(max_examples=15)
@given(GROUPS, st.integers(1, 10**60), TEXTS)
def test_knowledge(group: Group[Any], x: int, prefix: str) -> None:
    x %= group.q
    X = group.power(group.g, x)
    proof = schnorr.prove(group, x, prefix)
    assert schnorr.verify(group, X, prefix, proof)
    assert not schnorr.verify(group, X, prefix + "x", proof)
    assert not schnorr.verify(group, group.multiply(X, group.g), prefix, proof)
    for place in (0, 1):
        (changed,) = one_changed((proof,), place, group.q)
        assert not schnorr.verify(group, X, prefix, changed)
    key = trustee_keys.prove(group, x)
    assert trustee_keys.verify(group, key)


def test_a_key_that_is_none() -> None:
    """The neutral element is g^0: whoever proves that encrypts nothing."""
    assert not trustee_keys.verify(ED25519, trustee_keys.prove(ED25519, 0))
    assert not schnorr.verify(ED25519, bytes(32), "", Proof(0, 1))
    assert not schnorr.verify(BELENIOS_2048, 2, "", Proof(0, 1))


@settings(max_examples=10)
@given(GROUPS, st.integers(1, 10**60), st.lists(st.integers(0, 3), min_size=1, max_size=3))
def test_decryption(group: Group[Any], x: int, plain: list[int]) -> None:
    key = elgamal(group, group.power(group.g, x))
    tally = (tuple(opened(key, m).ciphertext for m in plain),)
    partial = decryption.decrypt(group, "φ", x, tally)
    decryption.verify(group, "φ", key.y, tally, partial)
    for m, ciphertext, factor in zip(plain, tally[0], partial.decryption_factors[0], strict=True):
        assert group.divide(ciphertext.beta, factor) == group.power(group.g, m)
    other = decryption.decrypt(group, "φ", x + 1, tally)
    for bad in (
        other,
        PartialDecryption(other.decryption_factors, partial.decryption_proofs),
        PartialDecryption(partial.decryption_factors, other.decryption_proofs),
        PartialDecryption(((group.one,) * len(plain),), partial.decryption_proofs),
    ):
        with pytest.raises(BadDecryption):
            decryption.verify(group, "φ", key.y, tally, bad)
    with pytest.raises(BadDecryption):
        decryption.verify(group, "ψ", key.y, tally, partial)


@given(
    st.sets(st.integers(1, 30), min_size=1, max_size=6),
    st.lists(st.integers(0, 10**60), min_size=6, max_size=6),
)
def test_lagrange(indices: set[int], coefficients: list[int]) -> None:
    """Any t points of a polynomial of degree t - 1 give its value at 0."""
    q = ED25519.q
    polynomial = coefficients[: len(indices)]
    at = {k: sum(a * k**power for power, a in enumerate(polynomial)) for k in indices}
    found = sum(at[k] * decryption.lagrange(q, indices, k) for k in indices)
    assert found % q == polynomial[0] % q


def test_secrets_have_no_text() -> None:
    """So that they stand in no log and no traceback."""
    key = KEYS[ED25519]
    one = opened(key, 1)
    keys = pki.keys(ED25519, pki.new_seed())
    shuffled = gen_shuffle(key, [one.ciphertext])
    for value, secrets in (
        (one, [one.r]),
        (keys, [keys.sk, keys.dk]),
        (shuffled, shuffled.r_prime),
    ):
        assert not any(str(secret) in f"{value!r} {value}" for secret in secrets)
