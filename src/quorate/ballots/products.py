"""Commitments as a verifier recomputes them: products of powers, by the group's own powers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, NamedTuple

from quorate.ballots.elgamal import ElGamal
from quorate.ballots.groups.group import E


class Wanted(NamedTuple, Generic[E]):
    """(g or y)^response (element / g^shift)^challenge. ``of_y``: whether it is y's power."""

    of_y: bool
    response: int
    element: E
    shift: int
    challenge: int


def by_powers(key: ElGamal[E], wanted: Sequence[Wanted[E]]) -> list[E]:
    """The products, in their order. Raises NotAnElement where an element is none of the group and
    its powers find that out (``Group.power_checks``)."""
    group = key.group
    products = []
    for of_y, response, element, shift, challenge in wanted:
        # Of 0 and 1, which are nearly all there is, no power is made.
        by = group.g if shift == 1 else key.g_to(shift)
        shifted = element if shift == 0 else group.divide(element, by)
        power = key.y_to(response) if of_y else key.g_to(response)
        products.append(group.multiply(power, group.power(shifted, challenge)))
    return products
