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
from typing import Any

from quorate.ballots.elgamal import ElGamal
from quorate.ballots.groups.group import E
from quorate.ballots.products import Wanted, by_powers

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
    """The products, in their order. Raises NotAnElement (``by_powers``)."""
    if _kernel is None or key.group.name != _kernel.GROUP.name:
        return by_powers(key, wanted)
    try:
        products: list[E] = _kernel.made(key.y, wanted)
    except _kernel.Mistaken:
        return by_powers(key, wanted)
    return products


def _load() -> None:
    global _kernel
    try:
        from quorate.ballots.groups import edwards_products

        edwards_products.try_out()
    except Exception:  # numba fails in its own ways: no place for its cache, no LLVM, an old NumPy
        return
    _kernel = edwards_products
