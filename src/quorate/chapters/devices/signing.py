"""Whether an act is signed by a device of whoever does it, and whether it has to be."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from quorate.chapters.calendar import DAY
from quorate.chapters.clause import FOUNDER, Occasion, Refusal, Signed
from quorate.chapters.devices.forces import devices_in_force
from quorate.chapters.state import State

CLOCK = DAY
"""So far, in ms, a device's clock may be from the record's: nothing signed is kept for later."""


def text_to_sign(origin: str, by: str, at: int, act: str, body: Mapping[str, Any]) -> str:
    """What a device signs. ``at``: ms by its clock; ``body``: the act's fields as the record holds
    them, commitments in the place of what they commit to."""
    plain = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "\n".join(("quorate/act/1", origin, by, str(at), act, plain)) + "\n"


def lacks_signature(state: State, name: str, occasion: Occasion) -> Refusal | None:
    """The refusal of an act that is not signed and needs to be."""
    rules = state.rules.signing
    if occasion.by in state.secret.outside:  # what they say is signed with the key named for them
        return None
    if occasion.by == FOUNDER or name not in rules.acts or rules.needed_of == "nobody":
        return None
    if devices_in_force(state, occasion.by, occasion.time):
        return Refusal(
            "signing.acts",
            "This is done with the signature of one of your devices only.",
            "Do it in the browser that signs for you. If you have lost it, see “My devices”.",
        )
    if rules.needed_of == "all":
        return Refusal(
            "signing.needed_of",
            "This needs the signature of a device of yours, and you have none in force.",
            "Let this browser sign for you, on the page “My devices”.",
        )
    return None


def false_signature(
    state: State, name: str, body: Mapping[str, Any], occasion: Occasion, signed: Signed
) -> Refusal | None:
    """The refusal of an act with a signature that is not good for it, needed or not. ``body``: the
    act's fields as the record holds them."""
    known = {d.public: d for d in devices_in_force(state, occasion.by, occasion.time)}
    device = known.get(signed.device)
    if device is None:
        return Refusal(
            "signing.acts",
            "It is signed by a device that does not sign for this member now.",
            "See “My devices” for those that do.",
        )
    if not device.last < signed.at:
        return Refusal(
            "signing.acts",
            "This device has signed something later already: a signature is used once.",
            "Do it again; if this goes on, set the device's clock right.",
        )
    if abs(occasion.time - signed.at) > CLOCK:
        return Refusal(
            "signing.acts",
            "It was signed more than a day from now.",
            "Set the device's clock right, and do it again.",
        )
    text = text_to_sign(state.founding.origin, occasion.by, signed.at, name, body)
    if not _fits(device.public, signed.value, text):
        return Refusal(
            "signing.acts", "The signature does not fit this act.", "Do it again in your browser."
        )
    return None


def _fits(public: str, value: str, text: str) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(value, validate=True), text.encode())
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True
