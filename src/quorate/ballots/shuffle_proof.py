"""Shuffle algorithms (section 6): GenShuffle, GenShuffleProof, CheckShuffleProof and what they use.

Names are the tables'. Lists count from 0 where the tables count from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from secrets import randbelow
from typing import Any, Generic, NamedTuple

from quorate.ballots.common import Ciphertext
from quorate.ballots.elgamal import ElGamal, random_scalar
from quorate.ballots.groups.group import E, Group, NotAnElement, product, require
from quorate.ballots.groups.named import NAMED

Ciphertexts = Sequence[Ciphertext[E]]


class Commitment(NamedTuple, Generic[E]):
    """t of the tables. ``t4``: the pair t_{4,1}, t_{4,2}."""

    t1: E
    t2: E
    t3: E
    t4: tuple[E, E]
    t_hat: tuple[E, ...]


class Response(NamedTuple):
    """s of the tables."""

    s1: int
    s2: int
    s3: int
    s4: int
    s_hat: tuple[int, ...]
    s_prime: tuple[int, ...]


class ShuffleProof(NamedTuple, Generic[E]):
    """π: t, s, the commitments c to the permutation, and their chain ĉ."""

    t: Commitment[E]
    s: Response
    c: tuple[E, ...]
    c_hat: tuple[E, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Shuffled(Generic[E]):
    """What GenShuffle gives: ``r_prime`` and ``psi`` are secret and to be forgotten, so it has no
    text."""

    e_prime: tuple[Ciphertext[E], ...]
    r_prime: tuple[int, ...]
    psi: tuple[int, ...]


def check_shuffle_proof(
    key: ElGamal[E], phi: str, e: Ciphertexts[E], e_prime: Ciphertexts[E], pi: ShuffleProof[E]
) -> bool:
    """CheckShuffleProof: whether e_prime is e, re-encrypted in another order."""
    try:
        return _check(key, phi, e, e_prime, pi)
    except NotAnElement:
        return False


def gen_shuffle(key: ElGamal[E], e: Ciphertexts[E]) -> Shuffled[E]:
    """GenShuffle: e re-encrypted and put in a random order."""
    psi = gen_permutation(len(e))
    r_prime = tuple(random_scalar(key.group) for _ in e)
    again = [_re_encrypted(key, one, r) for one, r in zip(e, r_prime, strict=True)]
    return Shuffled(tuple(again[j] for j in psi), r_prime, psi)


def gen_permutation(N: int) -> tuple[int, ...]:
    """GenPermutation, by the operating system's generator."""
    left = list(range(N))
    psi = []
    for i in range(N):
        k = i + randbelow(N - i)
        psi.append(left[k])
        left[k] = left[i]
    return tuple(psi)


def gen_shuffle_proof(
    key: ElGamal[E], phi: str, e: Ciphertexts[E], shuffled: Shuffled[E]
) -> ShuffleProof[E]:
    """GenShuffleProof. Raises NotAnElement for ciphertexts that are not of the group."""
    group, g = key.group, key.group.g
    q, power, multiply = group.q, group.secret_power, group.multiply
    e_prime, r_prime, psi = shuffled.e_prime, shuffled.r_prime, shuffled.psi
    N = len(e)
    indices = range(N)
    h, hs = _generators(group.name, N)
    c, r = _permutation_commitment(group, psi, hs)
    str_c = _str_c(group, e, e_prime, c)
    u = _challenges(group, N, f"shuffle-challenges|{phi}|{str_c}")
    u_prime = [u[j] for j in psi]
    c_hat, r_hat = _commitment_chain(group, h, u_prime)
    w1, w2, w3, w4 = (random_scalar(group) for _ in range(4))
    w_hat = [random_scalar(group) for _ in indices]
    w_prime = [random_scalar(group) for _ in indices]
    before = (h, *c_hat)
    t = Commitment(
        power(g, w1),
        power(g, w2),
        multiply(power(g, w3), _secret_powers(group, hs, w_prime)),
        (
            group.divide(
                _secret_powers(group, [one.beta for one in e_prime], w_prime), power(key.y, w4)
            ),
            group.divide(
                _secret_powers(group, [one.alpha for one in e_prime], w_prime), power(g, w4)
            ),
        ),
        tuple(multiply(power(g, w_hat[i]), power(before[i], w_prime[i])) for i in indices),
    )
    challenge = _challenge(key, phi, t, str_c, c_hat)
    v = [1] * N
    for i in range(N - 2, -1, -1):
        v[i] = u_prime[i + 1] * v[i + 1] % q

    def opened(nonce: int, secrets: Sequence[int], factors: Sequence[int]) -> int:
        return (nonce + challenge * sum(map(int.__mul__, secrets, factors))) % q

    s = Response(
        opened(w1, r, [1] * N),
        opened(w2, r_hat, v),
        opened(w3, r, u),
        opened(w4, r_prime, u),
        tuple((w_hat[i] + challenge * r_hat[i]) % q for i in indices),
        tuple((w_prime[i] + challenge * u_prime[i]) % q for i in indices),
    )
    return ShuffleProof(t, s, c, c_hat)


def _check(
    key: ElGamal[E], phi: str, e: Ciphertexts[E], e_prime: Ciphertexts[E], pi: ShuffleProof[E]
) -> bool:
    t, s, c, c_hat = pi
    N = len(e)
    lists: list[Sequence[object]] = [e_prime, t.t_hat, s.s_hat, s.s_prime, c, c_hat]
    if any(len(one) != N for one in lists):
        return False
    group, g, q = key.group, key.group.g, key.group.q
    power, multiply, divide = group.power, group.multiply, group.divide
    if not group.power_checks:
        for one in (*e, *e_prime):
            require(group, *one)
        require(group, *c, *c_hat)
    h, hs = _generators(group.name, N)
    str_c = _str_c(group, e, e_prime, c)
    u = _challenges(group, N, f"shuffle-challenges|{phi}|{str_c}")
    challenge = _challenge(key, phi, t, str_c, c_hat)

    def without(base: E, of_g: E) -> E:
        """base^-challenge times of_g."""
        return divide(of_g, power(base, challenge))

    c_bar = divide(product(group, c), product(group, hs))
    u_product = 1
    for u_i in u:
        u_product = u_product * u_i % q
    before = (h, *c_hat)
    chain = divide(before[N], power(h, u_product))
    c_tilde = _powers(group, c, u)
    alpha = _powers(group, [one.alpha for one in e], u)
    beta = _powers(group, [one.beta for one in e], u)
    alpha_prime = _powers(group, [one.alpha for one in e_prime], s.s_prime)
    beta_prime = _powers(group, [one.beta for one in e_prime], s.s_prime)
    return (
        t.t1 == without(c_bar, key.g_to(s.s1))
        and t.t2 == without(chain, key.g_to(s.s2))
        and t.t3 == without(c_tilde, multiply(key.g_to(s.s3), _powers(group, hs, s.s_prime)))
        and t.t4[0] == without(beta, divide(beta_prime, key.y_to(s.s4)))
        and t.t4[1] == without(alpha, divide(alpha_prime, power(g, s.s4)))
        and all(
            t.t_hat[i]
            == without(c_hat[i], multiply(key.g_to(s.s_hat[i]), power(before[i], s.s_prime[i])))
            for i in range(N)
        )
    )


def _re_encrypted(key: ElGamal[E], one: Ciphertext[E], r: int) -> Ciphertext[E]:
    """GenReEncryption."""
    group = key.group
    return Ciphertext(
        group.multiply(one.alpha, group.secret_power(group.g, r)),
        group.multiply(one.beta, group.secret_power(key.y, r)),
    )


def _permutation_commitment(
    group: Group[E], psi: Sequence[int], hs: Sequence[E]
) -> tuple[tuple[E, ...], list[int]]:
    """GenPermutationCommitment."""
    r = [random_scalar(group) for _ in psi]
    c = {j: group.multiply(group.secret_power(group.g, r[j]), hs[i]) for i, j in enumerate(psi)}
    return tuple(c[j] for j in range(len(psi))), r


def _commitment_chain(group: Group[E], c0: E, u: Sequence[int]) -> tuple[tuple[E, ...], list[int]]:
    """GenCommitmentChain."""
    r = [random_scalar(group) for _ in u]
    chain = [c0]
    for r_i, u_i in zip(r, u, strict=True):
        linked = group.secret_power(chain[-1], u_i)
        chain.append(group.multiply(group.secret_power(group.g, r_i), linked))
    return tuple(chain[1:]), r


@lru_cache(maxsize=2)
def _generators(group: str, N: int) -> tuple[Any, tuple[Any, ...]]:
    """GetSecondaryGenerator, GetGenerators. Raises NotAnElement if two are the same: never yet."""
    h, *hs = (NAMED[group].get_generator(i) for i in range(-1, N))
    if len({h, *hs}) != N + 1:
        raise NotAnElement
    return h, tuple(hs)


def _challenges(group: Group[E], N: int, S: str) -> list[int]:
    """GetNIZKPChallenges."""
    H = sha256(S.encode()).hexdigest()
    return [_modulo(group, H + sha256(str(i).encode()).hexdigest()) for i in range(N)]


def _challenge(key: ElGamal[E], phi: str, t: Commitment[E], str_c: str, c_hat: Sequence[E]) -> int:
    """GetNIZKPChallenge of str_t and str_y."""
    str_t = _listed(key.group, [t.t1, t.t2, t.t3, *t.t4]) + _listed(key.group, t.t_hat)
    str_y = str_c + _listed(key.group, c_hat) + key.group.write(key.y)
    return _modulo(key.group, f"shuffle-challenge|{phi}|{str_t}{str_y}")


def _modulo(group: Group[E], text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest(), "big") % group.q


def _str_c(group: Group[E], e: Ciphertexts[E], e_prime: Ciphertexts[E], c: Sequence[E]) -> str:
    pairs = [element for one in (*e, *e_prime) for element in one]
    return _listed(group, pairs) + _listed(group, c)


def _listed(group: Group[E], elements: Sequence[E]) -> str:
    """⟦e⟧ and ⟦c⟧ (table 11): each element followed by a comma."""
    return "".join(f"{group.write(element)}," for element in elements)


def _powers(group: Group[E], bases: Sequence[E], exponents: Sequence[int]) -> E:
    return product(group, map(group.power, bases, exponents))


def _secret_powers(group: Group[E], bases: Sequence[E], exponents: Sequence[int]) -> E:
    return product(group, map(group.secret_power, bases, exponents))
