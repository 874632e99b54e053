"""What the chapter on devices remembers: the keys of each member's devices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from immutables import Map

from quorate.chapters.copies import copied_quickly

Kind = Literal["device", "recovery-code"]


class Vouched(NamedTuple):
    """Somebody vouched that a device is its member's, first at ``at`` (ms). ``signed``: when they
    did with the signature of a device of their own (ms); None where only the server says so."""

    by: str
    at: int
    signed: int | None


@dataclass(frozen=True, slots=True)
class Device:
    """A key that signs for a member. ``public``: Ed25519, 32 bytes in base64.

    ``added``: ms; ``signed_for``: another device of theirs, in force then, signed that it is
    theirs; ``first``: they had none in force. ``wait``: ms, and ``vouchers``, how many have to
    vouch with a signature; ``unsigned_wait``: ms, and ``unsigned_vouchers``, how many where some do
    not sign, 0 if that does not count; as the rulebook had them then. ``vouched``: in the order of
    time. ``ended``: ms, or None. ``last``: the time that its latest signature states (ms).
    """

    public: str
    kind: Kind
    added: int
    signed_for: bool
    first: bool
    wait: int
    vouchers: int
    unsigned_wait: int = 0
    unsigned_vouchers: int = 0
    vouched: tuple[Vouched, ...] = ()
    ended: int | None = None
    last: int = 0


@copied_quickly
class Devices(NamedTuple):
    """``of``: member → their devices, in the order in which they were added. ``keys``: every key
    that was ever a device's, so that nobody's counts for another."""

    of: Map[str, tuple[Device, ...]] = Map()
    keys: Map[str, None] = Map()
