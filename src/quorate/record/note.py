"""Signed notes: C2SP signed-note, with Ed25519 signatures (type 0x01).

A note is a text that ends in a newline, an empty line, and signature lines
"— NAME base64(4 bytes of key id ‖ signature)". The last empty line divides text and signatures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from quorate import base64_text, note_keys
from quorate.note_keys import ED25519, check_characters, check_name, read_public, read_signing
from quorate.note_keys import BadNote as BadNote

_DASH = "\u2014 "
MAX_NOTE = 1_000_000
MAX_SIGNATURES = 100


@dataclass(frozen=True, slots=True)
class Verifier:
    """A verifier key: ``name``+hex ``key_id`` (4 bytes)+base64(type ‖ 32 bytes ``public``)."""

    name: str
    key_id: bytes
    public: bytes

    def text(self) -> str:
        """The key as it is given to others."""
        return note_keys.public_text(self.name, self.key_id, ED25519, self.public)

    def verifies(self, text: str, signature: bytes) -> bool:
        return note_keys.verifies(ED25519, self.public, text.encode(), signature)


class Key(Protocol):
    """A key whose signatures on notes can be checked, of whatever type."""

    @property
    def name(self) -> str: ...
    @property
    def key_id(self) -> bytes: ...
    def text(self) -> str: ...
    def verifies(self, text: str, signature: bytes) -> bool: ...


@dataclass(frozen=True, slots=True)
class Note:
    """A note and the names of the known keys that signed it, in the note's order."""

    text: str
    signed_by: tuple[str, ...]


def generate_key(name: str, seed: bytes) -> tuple[str, str]:
    """Signing key and verifier key, as texts, from 32 random bytes. Raises BadNote."""
    return note_keys.generate_key(name, seed, ED25519)


def read_verifier(text: str) -> Verifier:
    """A verifier key from its text. Raises BadNote."""
    key = read_public(text, "verifier", {ED25519: 32})
    return Verifier(key.name, bytes.fromhex(key.id), key.material)


def sign(text: str, *signing_keys: str) -> str:
    """The note over ``text``, which must end in a newline, signed with each key. Raises BadNote."""
    check_characters(text)
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
    check_characters(note)
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
    key = read_signing(signing_key, {ED25519: 32})
    signature = note_keys.sign(ED25519, key.material, text.encode())
    return line(key.name, bytes.fromhex(key.id), signature)


def line(name: str, key_id: bytes, signature: bytes) -> str:
    """A signature's line in a note."""
    return f"{_DASH}{name} {base64_text.write(key_id + signature)}\n"
