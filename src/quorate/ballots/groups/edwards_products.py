"""Products of powers on Ed25519's curve by the compiled code, as verifiers want them.

No point that somebody else chose is reckoned with: to each element, once it is read, g^t is added,
where t is this process's own and drawn by chance, and what that is too much of is taken away with
g's exponent. So nobody can look for an element with which the code would go wrong. All that is made
has to be on the curve, as what a mistake makes is not. And before a process uses the code, it makes
what libsodium makes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from secrets import randbelow
from typing import Any, NamedTuple

import numpy as np
from numba import config
from numpy.typing import NDArray

from quorate.ballots.elgamal import elgamal
from quorate.ballots.groups import edwards_kernel
from quorate.ballots.groups.ed25519 import Ed25519
from quorate.ballots.groups.group import NotAnElement
from quorate.ballots.products import Wanted, by_powers

GROUP = Ed25519()


class Mistaken(Exception):
    """What was made is not what libsodium makes."""


class _Blind(NamedTuple):
    """``t``: secret. ``added``: what is to be added of g^t."""

    t: int
    added: NDArray[np.uint64]


def made(y: bytes, wanted: Sequence[Wanted[bytes]]) -> list[bytes]:
    """The products, in their order (``recomputed.made``). ``y``: known to be an element. Raises
    NotAnElement, Mistaken."""
    places: dict[bytes, int] = {}
    for one in wanted:
        places.setdefault(one.element, len(places))
    order = sorted(range(len(wanted)), key=lambda n: places[wanted[n].element])
    blind = _blind()
    fixed, exponents, powers, of = bytearray(), bytearray(), bytearray(), bytearray()
    for of_y, response, element, shift, challenge in (wanted[n] for n in order):
        of_g = ((0 if of_y else response) - (shift + blind.t) * challenge) % GROUP.q
        fixed += bytes((bool(of_g), of_y))
        exponents += of_g.to_bytes(32, "little") + response.to_bytes(32, "little")
        powers += challenge.to_bytes(32, "little")
        of.append(places[element])
    many = len(wanted)
    out = np.zeros((many, 32), np.uint8)
    none = edwards_kernel.products(
        blind.added,
        _tables(y),
        _bytes(fixed, many, 2),
        _bytes(exponents, many, 2, 32),
        _bytes(b"".join(places), len(places), 32),
        _bytes(powers, many, 32),
        _bytes(of, many),
        _Q,
        out,
    )
    if none >= 0:
        raise NotAnElement
    if none < -1:
        raise Mistaken("no points of the curve")
    text = out.tobytes()
    products = [b""] * many
    for row, n in enumerate(order):
        products[n] = text[32 * row : 32 * row + 32]
    return products


def try_out() -> None:
    """Compiles what is not compiled yet, and holds what it makes against libsodium. Raises
    Mistaken.

    LLVM's first level of optimising takes a third of the time that its third does, and makes it as
    quick.
    """
    settings: Any = config
    level = settings.OPT
    settings.OPT = type(level)(1)
    try:
        made(GROUP.g, [Wanted(True, 1, GROUP.g, 1, 1)])
    finally:
        settings.OPT = level
    key = elgamal(GROUP, GROUP.power(GROUP.g, randbelow(GROUP.q)))
    last = GROUP.q - 1
    elements = [GROUP.one, key.y, *(GROUP.power(GROUP.g, randbelow(GROUP.q)) for _ in range(6))]
    some = [(0, 0, 0), (1, 1, 1), (last, 0, last), (0, 2, last), (last, 1, 1)]
    some += [(randbelow(GROUP.q), shift, randbelow(GROUP.q)) for shift in range(3)]
    for of_y in (False, True):
        for element in elements:
            wanted = [Wanted(of_y, w, element, shift, c) for w, shift, c in some]
            if made(key.y, wanted) != by_powers(key, wanted):
                raise Mistaken("another product")


def _bytes(text: bytes | bytearray, *shape: int) -> NDArray[np.uint8]:
    return np.frombuffer(bytes(text), np.uint8).reshape(shape)


_Q = _bytes(GROUP.q.to_bytes(32, "little"), 32)


@lru_cache(maxsize=1)
def _blind() -> _Blind:
    """This process's."""
    return _blinding(randbelow(GROUP.q))


def _blinding(t: int) -> _Blind:
    added = np.zeros((4, 5), np.uint64)
    if not edwards_kernel.added(_bytes(GROUP.power(GROUP.g, t), 32), added):
        raise Mistaken("no point of the curve")
    return _Blind(t, added)


@lru_cache(maxsize=16)
def _tables(y: bytes) -> NDArray[np.uint64]:
    """Those of g and y: 2.6 MB."""
    tables = np.zeros((2, 32, 256, 4, 5), np.uint64)
    for table, element in zip(tables, (GROUP.g, y), strict=True):
        if not edwards_kernel.tabled(_bytes(element, 32), table):
            raise NotAnElement
    return tables
