"""Signed notes: C2SP signed-note, with Ed25519 signatures (type 0x01).

A note is a text that ends in a newline, an empty line, and signature lines
"— NAME base64(4 bytes of key id ‖ signature)". The last empty line divides text and signatures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from quorate.record import base64_text

_ED25519 = b"\x01"
_DASH = "\u2014 "
MAX_NOTE = 1_000_000
MAX_SIGNATURES = 100


class BadNote(Exception):
    """A note, key or signature that cannot be used; says why in plain words."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A verifier key: ``name``+hex ``key_id`` (4 bytes)+base64(type ‖ 32 bytes ``public``)."""

    name: str
    key_id: bytes
    public: bytes

    def text(self) -> str:
        """The key as it is given to others."""
        return f"{self.name}+{self.key_id.hex()}+{base64_text.write(_ED25519 + self.public)}"

    def verifies(self, text: str, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


class Key(Protocol):
    """A key whose signatures on notes can be checked, of whatever type."""

    @property
    def name(self) -> str: ...
    @property
    def key_id(self) -> bytes: ...
    def verifies(self, text: str, signature: bytes) -> bool: ...


@dataclass(frozen=True, slots=True)
class Note:
    """A note and the names of the known keys that signed it, in the note's order."""

    text: str
    signed_by: tuple[str, ...]


def generate_key(name: str, seed: bytes) -> tuple[str, str]:
    """Signing key and verifier key, as texts, from 32 random bytes. Raises BadNote."""
    check_name(name)
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    verifier = Verifier(name, key_id(name, _ED25519 + public), public)
    typed = base64_text.write(_ED25519 + seed)
    return f"PRIVATE+KEY+{name}+{verifier.key_id.hex()}+{typed}", verifier.text()


def read_verifier(text: str) -> Verifier:
    """A verifier key from its text. Raises BadNote."""
    key = read_public(text, "verifier", {_ED25519[0]: 32})
    return Verifier(key.name, bytes.fromhex(key.id), key.material)


@dataclass(frozen=True, slots=True)
class KeyText:
    """What a key's text says. ``id``: hex; ``kind``: the type's byte; ``material``: the public key,
    or the secret it is made from."""

    name: str
    id: str
    kind: int
    material: bytes


def read_public(text: str, which: str, lengths: Mapping[int, int]) -> KeyText:
    """A public key's text, name+id+key, of one of the types in ``lengths``, so many bytes long.
    Raises BadNote, calling it ``which`` key."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise BadNote(f"a {which} key has the form name+id+key")
    name, hexed, coded = parts
    read = _read_key(name, hexed, coded, which, lengths)
    if key_id(read.name, bytes([read.kind]) + read.material).hex() != read.id:
        raise BadNote(f"the {which} key is damaged: its id does not fit")
    return read


def read_signing(text: str, lengths: Mapping[int, int]) -> KeyText:
    """A signing key's text, PRIVATE+KEY+name+id+key; whether its id fits is not checked. Raises
    BadNote."""
    parts = text.strip().split("+", 4)
    if len(parts) != 5 or parts[:2] != ["PRIVATE", "KEY"]:
        raise BadNote("a signing key has the form PRIVATE+KEY+name+id+key")
    name, hexed, coded = parts[2:]
    return _read_key(name, hexed, coded, "signing", lengths)


def _read_key(name: str, hexed: str, coded: str, which: str, lengths: Mapping[int, int]) -> KeyText:
    check_name(name)
    try:
        typed = base64_text.read(coded)
    except ValueError:
        raise BadNote(f"the {which} key is not base64") from None
    if not typed or len(typed) - 1 != lengths.get(typed[0]):
        raise BadNote(f"the {which} key is of another type, or cut off")
    return KeyText(name, hexed, typed[0], typed[1:])


def sign(text: str, *signing_keys: str) -> str:
    """The note over ``text``, which must end in a newline, signed with each key. Raises BadNote."""
    _check_characters(text)
    if not text.endswith("\n"):
        raise BadNote("a note's text ends in a newline")
    if not signing_keys:
        raise BadNote("a note needs a signature")
    return f"{text}\n" + "".join(_signature_line(text, key) for key in signing_keys)


def open_note(note: str, verifiers: Sequence[Key]) -> Note:
    """The note's text, if at least one known key signed it. Raises BadNote.

    As the specification asks: signatures by unknown keys are ignored, even those that share the
    name or the id with a known one; a false signature by a known key spoils the whole note.
    """
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    text, signatures = parts(note)
    signed_by: list[str] = []
    for name, its_id, signature in signatures:
        verifier = known.get((name, its_id))
        if verifier is None:
            continue
        if not verifier.verifies(text, signature):
            raise BadNote(f"the signature of {name} is false")
        if name not in signed_by:
            signed_by.append(name)
    if not signed_by:
        raise BadNote("none of the known keys signed the note")
    return Note(text, tuple(signed_by))


def text_of(note: str) -> str:
    """What a note says, no signature checked. Raises BadNote for what is no note."""
    return parts(note)[0]


def parts(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """Text, and each signature's name, key id and signature. Raises BadNote."""
    if len(note) > MAX_NOTE:
        raise BadNote("the note is too long")
    _check_characters(note)
    split = note.rfind("\n\n")
    if split < 0 or not note.endswith("\n") or split + 2 == len(note):
        raise BadNote("the note carries no signature")
    lines = note[split + 2 : -1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise BadNote("the note carries too many signatures")
    return note[: split + 1], [_read_signature(line) for line in lines]


def _read_signature(line: str) -> tuple[str, bytes, bytes]:
    name, space, coded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise BadNote("a signature line is damaged")
    check_name(name)
    try:
        signature = base64_text.read(coded)
    except ValueError:
        raise BadNote(f"the signature of {name} is not base64") from None
    if len(signature) < 5:
        raise BadNote(f"the signature of {name} is too short")
    return name, signature[:4], signature[4:]


def _signature_line(text: str, signing_key: str) -> str:
    key = read_signing(signing_key, {_ED25519[0]: 32})
    private = Ed25519PrivateKey.from_private_bytes(key.material)
    if key_id(key.name, _ED25519 + private.public_key().public_bytes_raw()).hex() != key.id:
        raise BadNote("the signing key is damaged: its id does not fit")
    return line(key.name, bytes.fromhex(key.id), private.sign(text.encode()))


def line(name: str, key_id: bytes, signature: bytes) -> str:
    """A signature's line in a note."""
    return f"{_DASH}{name} {base64_text.write(key_id + signature)}\n"


def key_id(name: str, typed: bytes) -> bytes:
    """The four bytes by which a key is known: of its name, its type's byte and its public part."""
    return hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]


def check_name(name: str) -> None:
    """Raises BadNote for what cannot be the name of a key."""
    _check_characters(name)
    if not name or "+" in name or any(letter.isspace() for letter in name):
        raise BadNote(f"“{name}” cannot be a key's name: no spaces and no plus")


def _check_characters(text: str) -> None:
    """Well-formed Unicode without ASCII control characters, newline excepted."""
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise BadNote("not a well-formed text (a lone surrogate)") from None
    if any(letter < " " and letter != "\n" for letter in text):
        raise BadNote("a control character does not belong there")
