"""ElGamal as sections 4.11 to 4.13 use it: a group, the election's public key y, powers of both."""

from __future__ import annotations

from collections.abc import Callable
from secrets import randbelow
from typing import Generic, NamedTuple

from quorate.ballots.common import Ciphertext
from quorate.ballots.groups.group import E, Group


class ElGamal(NamedTuple, Generic[E]):
    """``y``: the election's public key. ``g_to``, ``y_to``: g and y to a public exponent."""

    group: Group[E]
    y: E
    g_to: Callable[[int], E]
    y_to: Callable[[int], E]


def elgamal(group: Group[E], y: E) -> ElGamal[E]:
    return ElGamal(group, y, group.fixed_base(group.g), group.fixed_base(y))


def random_scalar(group: Group[E]) -> int:
    """A secret integer modulo q, from the operating system's generator."""
    return randbelow(group.q)


def encrypt(key: ElGamal[E], r: int, plain: E) -> Ciphertext[E]:
    """(g^r, y^r times what is encrypted). ``r``: secret."""
    group = key.group
    return Ciphertext(
        group.secret_power(group.g, r), group.multiply(group.secret_power(key.y, r), plain)
    )
