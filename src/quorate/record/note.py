"""Signed notes: C2SP signed-note, with Ed25519 signatures (type 0x01).

A note is a text that ends in a newline, an empty line, and signature lines
"— NAME base64(4 bytes of key id ‖ signature)".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

_ED25519 = b"\x01"
_DASH = "\u2014 "
MAX_NOTE = 1_000_000
MAX_SIGNATURES = 100


class BadNote(Exception):
    """A note, key or signature that cannot be used; says why in plain words."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A verifier key: ``name``+hex key id+base64(type ‖ public key)."""

    name: str
    key_id: bytes
    public: bytes

    def verifies(self, text: str, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Note:
    """A note and the names of the known keys that signed it."""

    text: str
    signed_by: tuple[str, ...]


def _key_id(name: str, typed: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]


def _check_name(name: str) -> None:
    if not name or "+" in name or any(letter.isspace() for letter in name):
        raise BadNote(f"“{name}” cannot be a key's name: no spaces and no plus")


def generate_key(name: str, seed: bytes) -> tuple[str, str]:
    """Signing key and verifier key, as texts, from 32 random bytes."""
    _check_name(name)
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    key_id = _key_id(name, _ED25519 + public).hex()
    return (
        f"PRIVATE+KEY+{name}+{key_id}+{_b64(_ED25519 + seed)}",
        f"{name}+{key_id}+{_b64(_ED25519 + public)}",
    )


def read_verifier(text: str) -> Verifier:
    """A verifier key from its text. Raises BadNote."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise BadNote("a verifier key has the form name+id+key")
    name, hexed, key = parts
    _check_name(name)
    typed = _unb64(key, "the verifier key")
    if typed[:1] != _ED25519 or len(typed) != 33:
        raise BadNote("the verifier key is not an Ed25519 key")
    if _key_id(name, typed).hex() != hexed:
        raise BadNote("the verifier key is damaged: its id does not fit")
    return Verifier(name, bytes.fromhex(hexed), typed[1:])


def sign(text: str, signing_key: str) -> str:
    """The note over ``text``, which must end in a newline. Raises BadNote."""
    if not text.endswith("\n"):
        raise BadNote("a note's text ends in a newline")
    parts = signing_key.strip().split("+", 4)
    if len(parts) != 5 or parts[:2] != ["PRIVATE", "KEY"]:
        raise BadNote("a signing key has the form PRIVATE+KEY+name+id+key")
    name, hexed, key = parts[2:]
    typed = _unb64(key, "the signing key")
    if typed[:1] != _ED25519 or len(typed) != 33:
        raise BadNote("the signing key is not an Ed25519 key")
    private = Ed25519PrivateKey.from_private_bytes(typed[1:])
    if _key_id(name, _ED25519 + private.public_key().public_bytes_raw()).hex() != hexed:
        raise BadNote("the signing key is damaged: its id does not fit")
    signature = bytes.fromhex(hexed) + private.sign(text.encode())
    return f"{text}\n{_DASH}{name} {_b64(signature)}\n"


def open_note(note: str, verifiers: tuple[Verifier, ...]) -> Note:
    """The note's text, if at least one known key signed it. Raises BadNote.

    As the specification asks: signatures by unknown keys are ignored, a false signature by a
    known key spoils the whole note.
    """
    if len(note) > MAX_NOTE:
        raise BadNote("the note is too long")
    if any(ord(letter) < 0x20 and letter != "\n" for letter in note):
        raise BadNote("the note holds a control character")
    split = note.rfind("\n\n")
    if split < 0 or not note.endswith("\n"):
        raise BadNote("the note carries no signature")
    text, lines = note[: split + 1], note[split + 2 : -1].split("\n")
    if not lines or lines == [""]:
        raise BadNote("the note carries no signature")
    if len(lines) > MAX_SIGNATURES:
        raise BadNote("the note carries too many signatures")
    known = {(v.name, v.key_id): v for v in verifiers}
    signed_by: list[str] = []
    for line in lines:
        name, space, coded = line.removeprefix(_DASH).partition(" ")
        if not line.startswith(_DASH) or not space:
            raise BadNote("a signature line is damaged")
        signature = _unb64(coded, "a signature")
        if len(signature) < 5:
            raise BadNote("a signature is too short")
        verifier = known.get((name, signature[:4]))
        if verifier is None or name in signed_by:
            continue
        if not verifier.verifies(text, signature[4:]):
            raise BadNote(f"the signature of {name} is false")
        signed_by.append(name)
    if not signed_by:
        raise BadNote("none of the known keys signed the note")
    return Note(text, tuple(signed_by))


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _unb64(text: str, what: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadNote(f"{what} is not base64") from None
