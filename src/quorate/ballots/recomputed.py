"""Commitments as verifiers recompute them, by the dozen: products of powers, of public values only.

A group's own powers make them one by one. On Ed25519 compiled code makes those of an element
together, in a quarter of the time, where numba is installed. ``load_kernel`` loads it beside
everything else, for that takes a second, and a minute or two where it was never compiled before;
until then the powers do.

A mistake in the products could let something wrong in: who knew of two challenges that give the
same product could choose between them once they have the hash. So the compiled code reckons with no
point that others have chosen, what it makes has to be on the curve, and a process uses it only when
it has made there what libsodium makes (``groups/edwards_products``). Else libsodium makes them.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, Generic, NamedTuple

from quorate.ballots.elgamal import ElGamal
from quorate.ballots.groups.group import E


class Wanted(NamedTuple, Generic[E]):
    """(g or y)^response (element / g^shift)^challenge. ``of_y``: whether it is y's power."""

    of_y: bool
    response: int
    element: E
    shift: int
    challenge: int


_kernel: Any = None
_loading = threading.Lock()


def load_kernel(*, wait: bool = False) -> None:
    """Has it loaded, once: by a thread of its own, or at once. Where it cannot be, everything goes
    on without."""
    if not _loading.acquire(blocking=False):
        return
    if wait:
        _load()
    else:
        threading.Thread(target=_load, name="kernel", daemon=True).start()


def made(key: ElGamal[E], wanted: Sequence[Wanted[E]]) -> list[E]:
    """The products, in their order. Raises NotAnElement where an element is none of the group and
    its powers find that out (``Group.power_checks``)."""
    if _kernel is None or key.group.name != _kernel.GROUP.name:
        return by_powers(key, wanted)
    try:
        products: list[E] = _kernel.made(key.y, wanted)
    except _kernel.Mistaken:
        return by_powers(key, wanted)
    return products


def by_powers(key: ElGamal[E], wanted: Sequence[Wanted[E]]) -> list[E]:
    """The same, by the group's own powers only."""
    group = key.group
    products = []
    for of_y, response, element, shift, challenge in wanted:
        # Of 0 and 1, which are nearly all there is, no power is made.
        by = group.g if shift == 1 else key.g_to(shift)
        shifted = element if shift == 0 else group.divide(element, by)
        power = key.y_to(response) if of_y else key.g_to(response)
        products.append(group.multiply(power, group.power(shifted, challenge)))
    return products


def _load() -> None:
    global _kernel
    try:
        from quorate.ballots.groups import edwards_products

        edwards_products.try_out()
    except Exception:  # numba fails in its own ways: no place for its cache, no LLVM, an old NumPy
        return
    _kernel = edwards_products
