"""What a group must be able to do (section 5): the only thing that the other modules know of it.

Elements are bytes in one group and integers in the other; E stands for either. Scalars are Python
integers below q. The operation is written multiplicatively, as in the specification.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Protocol, TypeVar

E = TypeVar("E")


class NotAnElement(Exception):
    """It is no element of the group, or not written as one is."""


class CannotEncode(Exception):
    """The group cannot carry these integers in an element."""


class Group(Protocol[E]):
    """A cyclic group of prime order.

    ``name``: as in the election. ``q``: its order. ``g``: its generator. ``one``: its neutral
    element. ``power_checks``: whether ``power`` by anything but 0 refuses what is no element, so
    that a check before it would be the same work twice.
    """

    @property
    def name(self) -> str: ...
    @property
    def q(self) -> int: ...
    @property
    def g(self) -> E: ...
    @property
    def one(self) -> E: ...
    @property
    def power_checks(self) -> bool: ...

    def read(self, text: str) -> E:
        """An element from its text. Whether it is one of the group, ``check`` says. Raises
        NotAnElement for what is not written as elements are."""

    def write(self, element: E) -> str:
        """An element as text, in JSON and in hashes."""

    def check(self, element: E) -> bool:
        """Whether it is an element of the group; the neutral one is."""

    def multiply(self, left: E, right: E) -> E: ...

    def divide(self, left: E, right: E) -> E: ...

    def power(self, element: E, exponent: int) -> E:
        """element^exponent, in time that may depend on the exponent: for what is public."""

    def secret_power(self, element: E, exponent: int) -> E:
        """element^exponent, in time that does not depend on the exponent."""

    def fixed_base(self, element: E) -> Callable[[int], E]:
        """Powers of one element that is raised many times, to exponents that are public."""

    def answer(self, nonce: int, secret: int, challenge: int) -> int:
        """nonce - secret * challenge modulo q: the response of a proof."""

    def sort_key(self, element: E) -> bytes:
        """By what the ciphertexts of a ranked question are sorted before they are shuffled."""

    def of_ints(self, values: Iterable[int]) -> E:
        """The element that carries these integers of 0..255. Raises CannotEncode."""

    def to_ints(self, count: int, element: E) -> tuple[int, ...]:
        """The integers that an element carries. Raises CannotEncode where groups carry none."""

    def get_generator(self, i: int) -> E:
        """A generator of which nobody knows the logarithm (GetGenerator, section 6). ``i``: from
        -1. Raises CannotEncode in a group that carries no integers: it is never shuffled."""


def hash_to_scalar(group: Group[E], prefix: str, elements: Iterable[E]) -> int:
    """H: SHA-256 of the prefix and the elements, joined by commas, modulo q."""
    text = prefix + ",".join(map(group.write, elements))
    return int.from_bytes(sha256(text.encode()).digest(), "big") % group.q


def require(group: Group[E], *elements: E) -> None:
    """Raises NotAnElement unless all are elements of the group, which others then rely on."""
    for element in elements:
        if not group.check(element):
            raise NotAnElement


def product(group: Group[E], elements: Iterable[E]) -> E:
    """The product of all of them; of none, the neutral element."""
    total = group.one
    for element in elements:
        total = group.multiply(total, element)
    return total
