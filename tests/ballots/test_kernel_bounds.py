"""That no limb of the compiled code overflows, or is taken below zero, whatever it reckons with.

The code is run as Python, on limbs of which the bounds are known beside the value. Each operation
works the bounds out anew, and fails where 64 bits, or 128 within a product, would not hold them.
What is done to points over and over is given points at the bounds, and has to give points within
them: so it holds for any number of times.
"""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from support import edwards

WORD = 1 << 64
P = edwards.P
PRODUCT = (1 << 51) + (1 << 14)
"""Limbs of what was multiplied are below it."""

SOURCE = Path(__file__).parents[2] / "src/quorate/ballots/groups/edwards_kernel.py"


class Limb:
    """``value`` is in ``least``..``most``."""

    __array_ufunc__ = None

    def __init__(self, value: Any, least: int | None = None, most: int | None = None) -> None:
        self.value = int(value)
        self.least = self.value if least is None else least
        self.most = self.value if most is None else most
        assert 0 <= self.least <= self.value <= self.most < WORD

    def __add__(self, other: Any) -> Limb:
        b = limb(other)
        return Limb(self.value + b.value, self.least + b.least, self.most + b.most)

    def __sub__(self, other: Any) -> Limb:
        b = limb(other)
        return Limb(self.value - b.value, self.least - b.most, self.most - b.least)

    def __mul__(self, other: Any) -> Limb:
        b = limb(other)
        return Limb(self.value * b.value, self.least * b.least, self.most * b.most)

    def __rshift__(self, by: Any) -> Limb:
        by = int(by)
        return Limb(self.value >> by, self.least >> by, self.most >> by)

    def __lshift__(self, by: Any) -> Limb:
        """What is shifted out of 64 bits is meant to be."""
        value = self.value << int(by)
        return Limb(value % WORD, 0, min(self.most << int(by), WORD - 1))

    def __and__(self, mask: Any) -> Limb:
        mask = int(mask)
        return Limb(self.value & mask, 0, min(self.most, mask))

    def __or__(self, other: Any) -> Limb:
        b = limb(other)
        bits = max(self.most.bit_length(), b.most.bit_length())
        return Limb(self.value | b.value, 0, (1 << bits) - 1)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other: Any) -> Limb:
        return limb(other) - self

    def __eq__(self, other: object) -> bool:
        return self.value == limb(other).value

    __hash__ = None  # type: ignore[assignment]

    def __int__(self) -> int:
        return self.value


def limb(number: Any) -> Limb:
    return number if isinstance(number, Limb) else Limb(number)


def dot(*given: Any) -> tuple[Limb, Limb]:
    *factors, more = map(limb, given)
    pairs = list(zip(factors[::2], factors[1::2], strict=True))
    total = sum(a.value * b.value for a, b in pairs) + more.value
    most = sum(a.most * b.most for a, b in pairs) + more.most
    assert most < 1 << 128
    return Limb(total % WORD, 0, WORD - 1), Limb(total >> 51, 0, most >> 51)


@pytest.fixture(scope="module")
def code() -> ModuleType:
    """The module, of which nothing is compiled."""
    numba = ModuleType("numba")
    numba.njit = lambda *given, **more: given[0] if given else lambda function: function  # type: ignore[attr-defined]
    numba.config = SimpleNamespace(OPT=3)  # type: ignore[attr-defined]
    numba.types = SimpleNamespace()  # type: ignore[attr-defined]
    extending = ModuleType("numba.extending")
    extending.intrinsic = lambda function: dot  # type: ignore[attr-defined]
    llvmlite = ModuleType("llvmlite")
    llvmlite.ir = SimpleNamespace()  # type: ignore[attr-defined]
    stubs = {"numba": numba, "numba.extending": extending, "llvmlite": llvmlite}
    before = {name: sys.modules.get(name) for name in stubs}
    sys.modules.update(stubs)
    try:
        spec = importlib.util.spec_from_file_location("uncompiled_kernel", SOURCE)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.U = limb  # type: ignore[attr-defined]
    finally:
        for name, old in before.items():
            if old is None:
                del sys.modules[name]
            else:
                sys.modules[name] = old
    return module


chance = random.Random(2026)


def number(value: int, most: int = PRODUCT) -> tuple[Limb, ...]:
    """The number modulo p, its limbs spread, of which only the bound is known."""
    limbs = [value % P >> 51 * place & (1 << 51) - 1 for place in range(5)]
    return tuple(Limb(one, 0, most) for one in limbs)


def value(limbs: Any) -> int:
    return sum(limb(one).value << 51 * place for place, one in enumerate(limbs)) % P


def point(times: int) -> tuple[Any, ...]:
    x, y = edwards.times(edwards.G, times)
    z = chance.randrange(1, P)
    return tuple(number(one * z) for one in (x, y, 1, x * y))


def within(limbs: Any, most: int = PRODUCT) -> bool:
    return all(limb(one).most <= most for one in limbs)


def affine(made: Any) -> tuple[int, int]:
    X, Y, Z, T = map(value, made)
    inverse = pow(Z, -1, P)
    assert X * Y % P == Z * T % P
    return X * inverse % P, Y * inverse % P


def test_products_of_the_largest_limbs(code: ModuleType) -> None:
    for _ in range(20):
        a, b = (number(chance.randrange(P), (1 << 54) - 1) for _ in range(2))
        made, square = code._mul(a, b), code._square(a)
        assert value(made) == value(a) * value(b) % P
        assert value(square) == value(a) ** 2 % P
        assert within(made)
        assert within(square)


def test_whatever_is_done_to_points_again_and_again(code: ModuleType) -> None:
    for _ in range(5):
        n, m = chance.randrange(1, 1 << 64), chance.randrange(1, 1 << 64)
        first, second = point(n), point(m)
        added = code._to_add(second)
        doubled, plus = code._double(first), code._plus(first, added)
        minus = code._plus(first, code._negative(added))
        for made, times in ((doubled, 2 * n), (plus, n + m), (minus, n - m)):
            assert all(map(within, made))
            assert affine(made) == edwards.times(edwards.G, times % edwards.Q)
        again = code._negative(code._negative(added))
        assert [value(one) for one in again] == [value(one) for one in added]
        # What is to be added lies in tables, and comes back from them, within the same bounds.
        for kept in (added, code._negative(added), again):
            assert all(within(one, (1 << 52) + (1 << 15)) for one in kept)
        at_the_bounds = tuple(
            tuple(Limb(limb(one).value, 0, (1 << 52) + (1 << 15)) for one in part) for part in added
        )
        assert all(map(within, code._plus(first, at_the_bounds)))
        assert all(map(within, code._plus(first, code._negative(at_the_bounds))))
        assert code._is_point(first)


def test_reading_and_writing(code: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    words = SimpleNamespace(zeros=lambda many, of: [Limb(0)] * many, uint64=None)
    monkeypatch.setattr(code, "np", words)
    elements = [edwards.compress(edwards.times(edwards.G, n)) for n in (1, 2, 5, 10**30)]
    for element in [*elements, 1, P - 1, 0, 3, P, P + 1, 1 | 1 << 255, 2**256 - 1]:
        text = [Limb(one, 0, 255) for one in element.to_bytes(32, "little")]
        holds, read = code._read(text)
        known = edwards.uncompress(element)
        there = known is not None and edwards.compress(known) == element
        assert holds == there
        if there:
            assert all(map(within, read))
            assert affine(read) == known
            out: list[Any] = [None] * 32
            code._write(read, code._inverse(read[2]), out)
            assert [one.value for one in out] == list(element.to_bytes(32, "little"))


def test_a_number_is_brought_below_p(code: ModuleType) -> None:
    """Whatever a sum or a difference gives."""
    tight = [
        0,
        1,
        18,
        19,
        P - 1,
        P,
        P + 1,
        P + 18,
        2 * P - 1,
        2 * P,
        4 * P,
        2**255 - 1,
        2**255 + 18,
    ]
    for start in tight:
        limbs = [start >> 51 * place & (1 << 51) - 1 for place in range(4)] + [start >> 204]
        spread = tuple(Limb(one, 0, (1 << 54) - 1) for one in limbs)
        made = code._carried(spread)
        assert sum(one.value << 51 * place for place, one in enumerate(made)) == start % P
        assert within(made, (1 << 51) - 1)
    most = tuple(Limb(one, 0, one) for one in [(1 << 54) - 1] * 5)
    made = code._carried(most)
    assert sum(one.value << 51 * n for n, one in enumerate(made)) == value(most)
