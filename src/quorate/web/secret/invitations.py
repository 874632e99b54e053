"""The addresses under which trustees of other organisations reach their page without an account.

What is behind one is what a trustee needs of a register, and nobody else reads it. It cannot be
guessed; whoever names the trustee sees it and passes it on. It lets nobody do anything: what a
trustee hands in is authenticated by the signature of their own key.
"""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from quorate.chapters.secret.remembers import Register
from quorate.chapters.state import State

LENGTH = 26
"""Hexadecimal digits: 104 bits."""


def pass_of(register: int, side: str) -> str:
    """What the address of this side's trustee ends with."""
    said = f"quorate/trustee/{register}/{side}".encode()
    key = str(settings.SECRET_KEY).encode()
    return hmac.new(key, said, hashlib.sha256).hexdigest()[:LENGTH]


def path_of(register: int, side: str) -> str:
    return f"/trustee/{register}/{side}/{pass_of(register, side)}"


def invited(state: State, number: int, side: str, given: str) -> tuple[Register, int] | None:
    """The register, and the place of the side for which the address is; None for a wrong one."""
    register = state.secret.registers.get(number)
    if register is None or not hmac.compare_digest(
        pass_of(number, side).encode(), given.encode("utf-8", "surrogatepass")
    ):
        return None
    for owner, trustee in enumerate(register.trustees, 1):
        if trustee.side == side and trustee.way == "outside":
            return register, owner
    return None
