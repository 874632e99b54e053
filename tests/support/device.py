"""A member's device, which signs what they do."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from quorate.chapters.clause import Signed
from quorate.chapters.devices.signing import text_to_sign


@dataclass(frozen=True)
class Device:
    """``seed``: 32 bytes."""

    seed: bytes

    @property
    def public(self) -> str:
        key = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return base64.b64encode(key.public_bytes_raw()).decode()

    def sign(self, text: str) -> str:
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        return base64.b64encode(key.sign(text.encode())).decode()

    def signed(self, origin: str, by: str, at: int, act: str, body: Mapping[str, Any]) -> Signed:
        """The signature of an act whose body is this."""
        return Signed(self.public, at, self.sign(text_to_sign(origin, by, at, act, body)))


def device(number: int) -> Device:
    """One of many."""
    return Device(number.to_bytes(32, "big"))
