"""BELENIOS-2048 (sections 5.1 and 5.1.1): a subgroup of the integers modulo a prime, by GMP.

An element is an integer; its text is decimal. The group has no embedding, so it carries no ranked
ballots and is never shuffled. Powers to secret exponents are GMP's constant-time ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

import gmpy2

from quorate.ballots.groups.group import CannotEncode, NotAnElement

_P_IN_HEX = (
    "a3ef2d011fefb1b6e39e568fccdffb0fb7dc7ef3a791b6862791811d21fc35f21e6d36856b428030"
    "421f514ed40bfd4c06e092a495af8d79a2f85e0fb11c0ede07dd973f9c53e50930c6e82ac36de1ae"
    "3fb8c3aabfff12ce27a5022ddd8912d107435012768a2cdd0a4091d8fa447f6c7ebc15a349fa318a"
    "6b4fe17d8d47e843a3e14dfa9b2162f4d7229abe93a188b46b006517d6f6747ebbb29c9ec3099b60"
    "7f18fb1a8bc858279aa8599411d998d3e3fada9e010840d082d8c31911acdd4a0e7992d0f18cc759"
    "cb5de0acf66a3882555bc810941e021b6a4ccfa04ee4008f878affa2375e2999b44f6cef17d70730"
    "1e59e0e6351e051ed9cec4157646e64f"
)
_G_IN_HEX = (
    "1307c1ab5f295885d7caa3a78a42415e31fd1c5807b61fb1e781878a52230a51988b98c259597f9c"
    "5a9dfd001d26ba31d9d8976f01d95a1c8262ee68a0e92cea541e5219e0d0d094301b894236823fe1"
    "d4bc04e29f3748aefd4f10d5b1a356a8643e673fd9d215fc8fe5fb9cf9fdb8ea88fdb1a3381a697f"
    "df9c2458570b06d26aef1be365fdd90165f397c6b870df8c1b9e519edcee8bb0f74b7a1615a274ba"
    "60a7ea574a61f552d2dde0ce514e0927c4ff49b1964c4a913731ae4268d60d7f22127b6cbba44d45"
    "3ac8b72fd04e0991b7aeff04867d8724ac638f5f34100d2d47aa680d43771902743d663f42d853c0"
    "41e1c91fe3823f4bcf284308f1d7e653"
)
_P = gmpy2.mpz(_P_IN_HEX, 16)
_G = gmpy2.mpz(_G_IN_HEX, 16)
_Q = 0xADB6066A73522565F4DAA0F2579DB7F2F0FA90C2168BC709E20263387D55C491
_MOST_DIGITS = 617
_WINDOW = 8
_ROWS = (_Q.bit_length() + _WINDOW - 1) // _WINDOW


class Belenios2048:
    """The elements x of 1..p-1 with x^q = 1 modulo p."""

    name = "BELENIOS-2048"
    q = _Q
    g: int = _G
    one: int = gmpy2.mpz(1)
    power_checks = False

    def read(self, text: str) -> int:
        if len(text) > _MOST_DIGITS or not (text.isascii() and text.isdigit()) or text[0] == "0":
            raise NotAnElement
        element: int = gmpy2.mpz(text)
        return element

    def write(self, element: int) -> str:
        return str(element)

    def check(self, element: int) -> bool:
        return bool(0 < element < _P and gmpy2.powmod(element, _Q, _P) == 1)

    def multiply(self, left: int, right: int) -> int:
        result: int = left * right % _P
        return result

    def divide(self, left: int, right: int) -> int:
        quotient: int = left * gmpy2.invert(right, _P) % _P
        return quotient

    def power(self, element: int, exponent: int) -> int:
        result: int = gmpy2.powmod(element, exponent % _Q, _P)
        return result

    def secret_power(self, element: int, exponent: int) -> int:
        # GMP's constant-time power wants more than 0; q more changes nothing in the group.
        result: int = gmpy2.powmod_sec(element, exponent % _Q + _Q, _P)
        return result

    def fixed_base(self, element: int) -> Callable[[int], int]:
        return _powers(element).power

    def answer(self, nonce: int, secret: int, challenge: int) -> int:
        return (nonce - secret * challenge) % _Q

    def sort_key(self, element: int) -> bytes:
        return int(element).to_bytes(256, "big")

    def of_ints(self, values: Iterable[int]) -> int:
        raise CannotEncode("BELENIOS-2048 carries no ranked ballots: use Ed25519")

    def to_ints(self, count: int, element: int) -> tuple[int, ...]:
        raise CannotEncode("BELENIOS-2048 carries no ranked ballots: use Ed25519")

    def get_generator(self, i: int) -> int:
        raise CannotEncode("BELENIOS-2048 is never shuffled: use Ed25519")


class _Powers:
    """A table of element^(digit * 256^row): a power is then a product of 32 entries."""

    def __init__(self, element: int) -> None:
        self._table = []
        base = gmpy2.mpz(element)
        for _row in range(_ROWS):
            row = [gmpy2.mpz(1)]
            for _digit in range((1 << _WINDOW) - 1):
                row.append(row[-1] * base % _P)
            self._table.append(row)
            base = row[-1] * base % _P

    def power(self, exponent: int) -> int:
        digits = (exponent % _Q).to_bytes(_ROWS, "little")
        result = gmpy2.mpz(1)
        for row, digit in zip(self._table, digits, strict=True):
            result = result * row[digit] % _P
        number: int = result
        return number


@lru_cache(maxsize=4)
def _powers(element: int) -> _Powers:
    return _Powers(element)
