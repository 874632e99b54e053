"""Ed25519 (section 5.2.1), by libsodium.

An element is the 32 bytes of RFC 8032; its text is their hexadecimal in reverse, since the
specification writes the number that they stand for in little-endian order. libsodium refuses the
neutral element and the scalar 0, which Belenios allows: they are answered here. Whatever is
multiplied by libsodium is checked by it: canonical bytes, on the curve, in the subgroup of order q.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from hashlib import sha256

from nacl.bindings import (
    crypto_core_ed25519_add,
    crypto_core_ed25519_is_valid_point,
    crypto_core_ed25519_scalar_mul,
    crypto_core_ed25519_scalar_sub,
    crypto_core_ed25519_sub,
    crypto_scalarmult_ed25519_base_noclamp,
    crypto_scalarmult_ed25519_noclamp,
)
from nacl.exceptions import CryptoError

from quorate.ballots.groups.group import CannotEncode, NotAnElement

_BYTES = 32
_HEX = frozenset("0123456789abcdef")
_PADDING = 14
_BITS_PER_INT = 8
_MOST_INTS = (255 - _PADDING) // _BITS_PER_INT
_ONE = (1).to_bytes(_BYTES, "little")
_G = crypto_scalarmult_ed25519_base_noclamp((1).to_bytes(_BYTES, "little"))


class Ed25519:
    """The group of points of order q."""

    name = "Ed25519"
    q = 2**252 + 27742317777372353535851937790883648493
    g = _G
    one = _ONE
    power_checks = True

    def read(self, text: str) -> bytes:
        if len(text) != 2 * _BYTES or not _HEX.issuperset(text):
            raise NotAnElement
        return bytes.fromhex(text)[::-1]

    def write(self, element: bytes) -> str:
        return element[::-1].hex()

    def check(self, element: bytes) -> bool:
        return element == _ONE or crypto_core_ed25519_is_valid_point(element)

    def multiply(self, left: bytes, right: bytes) -> bytes:
        try:
            return crypto_core_ed25519_add(left, right)
        except CryptoError:
            raise NotAnElement from None

    def divide(self, left: bytes, right: bytes) -> bytes:
        try:
            return crypto_core_ed25519_sub(left, right)
        except CryptoError:
            raise NotAnElement from None

    def power(self, element: bytes, exponent: int) -> bytes:
        if element == _ONE:
            return _ONE
        scalar = exponent % self.q
        if scalar == 0:
            if not self.check(element):
                raise NotAnElement
            return _ONE
        try:
            if element == _G:
                return crypto_scalarmult_ed25519_base_noclamp(_encoded(scalar))
            return crypto_scalarmult_ed25519_noclamp(_encoded(scalar), element)
        except CryptoError:
            raise NotAnElement from None

    def secret_power(self, element: bytes, exponent: int) -> bytes:
        return self.power(element, exponent)  # libsodium's time never depends on the scalar

    def fixed_base(self, element: bytes) -> Callable[[int], bytes]:
        return partial(self.power, element)

    def answer(self, nonce: int, secret: int, challenge: int) -> int:
        product = crypto_core_ed25519_scalar_mul(_encoded(secret), _encoded(challenge))
        return int.from_bytes(crypto_core_ed25519_scalar_sub(_encoded(nonce), product), "little")

    def sort_key(self, element: bytes) -> bytes:
        return element

    def of_ints(self, values: Iterable[int]) -> bytes:
        packed = _packed(tuple(values)) << _PADDING
        for epsilon in range(1 << _PADDING):
            element = (packed + epsilon).to_bytes(_BYTES, "little")
            if self.check(element):
                return element
        raise CannotEncode("no element of the group is near enough")  # never yet, by chance

    def to_ints(self, count: int, element: bytes) -> tuple[int, ...]:
        carried = int.from_bytes(element, "little") >> _PADDING
        last = range(count - 1, -1, -1)
        return tuple(carried >> (_BITS_PER_INT * place) & 255 for place in last)

    def get_generator(self, i: int) -> bytes:
        """Table 9: the hash, counted up to a point of the curve, times the cofactor 8."""
        candidate = int.from_bytes(sha256(f"ggen|{i}".encode()).digest(), "big") >> 2
        while True:
            try:
                generator = candidate.to_bytes(_BYTES, "little")
                for _doubling in range(3):
                    generator = self.multiply(generator, generator)
                break
            except NotAnElement:
                candidate += 1
        if generator in (_ONE, _G):
            raise CannotEncode(f"generator {i} is the neutral element or g")  # never, by chance
        return generator


def _encoded(scalar: int) -> bytes:
    return scalar.to_bytes(_BYTES, "little")


def _packed(values: tuple[int, ...]) -> int:
    if len(values) > _MOST_INTS:
        raise CannotEncode(f"{len(values)} integers; an element carries {_MOST_INTS}")
    if not all(0 <= value <= 255 for value in values):
        raise CannotEncode("an integer is not in 0..255")
    return int.from_bytes(bytes(values), "big")
