"""The keys of C2SP signed-note, as texts and at work: Ed25519 (types 0x01 and 0x04) and ML-DSA-44
(type 0x06).

A public key is name+id+base64(type ‖ key), a signing key PRIVATE+KEY+name+id+base64(type ‖ seed).
What is signed with each type is for whoever uses it: ``record/note.py``, ``record/cosignature.py``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from quorate import base64_text

ED25519 = 0x01
COSIGNING_ED25519 = 0x04
ML_DSA_44 = 0x06
PUBLIC_BYTES = {ED25519: 32, COSIGNING_ED25519: 32, ML_DSA_44: 1312}
SEED_BYTES = {ED25519: 32, COSIGNING_ED25519: 32, ML_DSA_44: 32}
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class BadNote(Exception):
    """A note, key or signature that cannot be used; says why in plain words."""


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
    """A signing key's text, PRIVATE+KEY+name+id+key. Raises BadNote."""
    read = _read_signing(text, lengths)
    typed = bytes([read.kind]) + public_of(read.kind, read.material)
    if key_id(read.name, typed).hex() != read.id:
        raise BadNote("the signing key is damaged: its id does not fit")
    return read


def _read_signing(text: str, lengths: Mapping[int, int]) -> KeyText:
    parts = text.strip().split("+", 4)
    if len(parts) != 5 or parts[:2] != ["PRIVATE", "KEY"]:
        raise BadNote("a signing key has the form PRIVATE+KEY+name+id+key")
    name, hexed, coded = parts[2:]
    return _read_key(name, hexed, coded, "signing", lengths)


def kind_of_signing(text: str) -> int:
    """The type of a signing key, without making the key. Raises BadNote."""
    return _read_signing(text, SEED_BYTES).kind


def _read_key(name: str, hexed: str, coded: str, which: str, lengths: Mapping[int, int]) -> KeyText:
    check_name(name)
    try:
        typed = base64_text.read(coded)
    except ValueError:
        raise BadNote(f"the {which} key is not base64") from None
    if not typed or len(typed) - 1 != lengths.get(typed[0]):
        raise BadNote(f"the {which} key is of another type, or cut off")
    return KeyText(name, hexed, typed[0], typed[1:])


def generate_key(name: str, seed: bytes, kind: int) -> tuple[str, str]:
    """Signing key and public key, as texts, from 32 random bytes. Raises BadNote."""
    check_name(name)
    public = public_of(kind, seed)
    known = key_id(name, bytes([kind]) + public)
    signing = f"PRIVATE+KEY+{name}+{known.hex()}+{base64_text.write(bytes([kind]) + seed)}"
    return signing, public_text(name, known, kind, public)


def public_text(name: str, known: bytes, kind: int, public: bytes) -> str:
    """The public key as it is given to others. ``known``: its id."""
    return f"{name}+{known.hex()}+{base64_text.write(bytes([kind]) + public)}"


def public_of_signing(signing_key: str) -> str:
    """The text of the public key that belongs to a signing key's. Raises BadNote."""
    read = read_signing(signing_key, SEED_BYTES)
    return public_text(
        read.name, bytes.fromhex(read.id), read.kind, public_of(read.kind, read.material)
    )


@lru_cache(maxsize=8)
def public_of(kind: int, seed: bytes) -> bytes:
    """The public part of the key that is made from a seed."""
    if kind == ML_DSA_44:
        return _ml_dsa(seed).public_key().public_bytes_raw()
    return _ed25519(seed).public_key().public_bytes_raw()


@lru_cache(maxsize=8)
def _ml_dsa(seed: bytes) -> MLDSA44PrivateKey:
    """Kept: making it takes a sixth of what signing does."""
    return MLDSA44PrivateKey.from_seed_bytes(seed)


@lru_cache(maxsize=8)
def _ed25519(seed: bytes) -> Ed25519PrivateKey:
    """Kept: making it takes longer than signing does."""
    return Ed25519PrivateKey.from_private_bytes(seed)


def sign(kind: int, seed: bytes, message: bytes) -> bytes:
    """The signature over just these bytes; with ML-DSA-44 without a context (FIPS 204)."""
    if kind == ML_DSA_44:
        return _ml_dsa(seed).sign(message)
    return _ed25519(seed).sign(message)


def verifies(kind: int, public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is this key's over just these bytes."""
    try:
        if kind == ML_DSA_44:
            MLDSA44PublicKey.from_public_bytes(public).verify(signature, message)
        else:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_id(name: str, typed: bytes) -> bytes:
    """The four bytes by which a key is known: of its name, its type's byte and its public part."""
    return hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]


def check_name(name: str) -> None:
    """Raises BadNote for what cannot be the name of a key."""
    check_characters(name)
    if not name or "+" in name or any(letter.isspace() for letter in name):
        raise BadNote(f"“{name}” cannot be a key's name: no spaces and no plus")


def check_characters(text: str) -> None:
    """Raises BadNote for what is not well-formed Unicode without ASCII control characters, newline
    excepted."""
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise BadNote("not a well-formed text (a lone surrogate)") from None
    if _CONTROL.search(text):
        raise BadNote("a control character does not belong there")
