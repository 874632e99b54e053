"""What the chapter on devices remembers: the keys of each member's devices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from immutables import Map

from quorate.chapters.copies import copied_quickly

Kind = Literal["device", "recovery-code"]


@dataclass(frozen=True, slots=True)
class Device:
    """A key that signs for a member. ``public``: Ed25519, 32 bytes in base64.

    ``added``: ms; ``signed_for``: another device of theirs, in force then, signed that it is
    theirs; ``first``: they had none in force. ``wait``: ms, and ``vouchers``, how many have to
    vouch, as the rulebook had them then. ``vouched``: who vouched that it is theirs, and when (ms),
    in that order. ``ended``: ms, or None. ``last``: the time that its latest signature states (ms).
    """

    public: str
    kind: Kind
    added: int
    signed_for: bool
    first: bool
    wait: int
    vouchers: int
    vouched: tuple[tuple[str, int], ...] = ()
    ended: int | None = None
    last: int = 0


@copied_quickly
class Devices(NamedTuple):
    """``of``: member → their devices, in the order in which they were added. ``keys``: every key
    that was ever a device's, so that nobody's counts for another."""

    of: Map[str, tuple[Device, ...]] = Map()
    keys: Map[str, None] = Map()
