"""Cosignatures: C2SP tlog-cosignature, with Ed25519 (type 0x04) and ML-DSA-44 (type 0x06).

A cosignature says: at this time this checkpoint was the longest of its record that the cosigner had
seen, and it continued every one seen before. It is a line of the checkpoint's note, its signature
eight bytes of POSIX time and then the signature proper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from quorate.record import base64_text, checkpoint, note
from quorate.record.checkpoint import Checkpoint
from quorate.record.note import BadNote

ED25519 = 0x04
ML_DSA_44 = 0x06
_PUBLIC_BYTES = {ED25519: 32, ML_DSA_44: 1312}
_SEED_BYTES = {ED25519: 32, ML_DSA_44: 32}
_TIME_BYTES = 8
_MOST_TIME = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Cosigner:
    """Who cosigns. ``kind``: ED25519 or ML_DSA_44; ``public``: 32 or 1,312 bytes."""

    name: str
    key_id: bytes
    kind: int
    public: bytes

    def text(self) -> str:
        """The key as it is given to others."""
        typed = bytes([self.kind]) + self.public
        return f"{self.name}+{self.key_id.hex()}+{base64_text.write(typed)}"

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether it is this cosigner's, over this checkpoint's text, at the time it states."""
        time, proper = _time(signature), signature[_TIME_BYTES:]
        try:
            message = _message(self.kind, self.name, text, time)
            if self.kind == ED25519:
                Ed25519PublicKey.from_public_bytes(self.public).verify(proper, message)
            else:
                MLDSA44PublicKey.from_public_bytes(self.public).verify(proper, message)
        except (InvalidSignature, BadNote, ValueError):
            return False
        return True


def generate_key(name: str, seed: bytes, kind: int) -> tuple[str, str]:
    """Signing key and public key, as texts, from 32 random bytes. Raises BadNote."""
    note.check_name(name)
    known = _cosigner(name, kind, seed)
    typed = base64_text.write(bytes([kind]) + seed)
    return f"PRIVATE+KEY+{name}+{known.key_id.hex()}+{typed}", known.text()


def read_cosigner(text: str) -> Cosigner:
    """A cosigner's public key from its text. Raises BadNote."""
    key = note.read_public(text, "cosigner's", _PUBLIC_BYTES)
    return Cosigner(key.name, bytes.fromhex(key.id), key.kind, key.material)


def cosign(text: str, signing_key: str, time: int) -> str:
    """The line that cosigns a checkpoint with this text at ``time``, in seconds. Raises BadNote."""
    key = note.read_signing(signing_key, _SEED_BYTES)
    known = _cosigner(key.name, key.kind, key.material)
    if known.key_id.hex() != key.id:
        raise BadNote("the signing key is damaged: its id does not fit")
    message = _message(key.kind, key.name, text, time)
    if key.kind == ED25519:
        proper = Ed25519PrivateKey.from_private_bytes(key.material).sign(message)
    else:
        proper = MLDSA44PrivateKey.from_seed_bytes(key.material).sign(message)
    return note.line(key.name, known.key_id, time.to_bytes(_TIME_BYTES, "big") + proper)


def cosigned(signed: str, cosigners: Sequence[Cosigner]) -> dict[Cosigner, int]:
    """Which of these cosigned the note, and when (seconds). Raises BadNote for what is no note, or
    where a known cosigner's line is false."""
    known = {(one.name, one.key_id): one for one in cosigners}
    text, signatures = note.parts(signed)
    found: dict[Cosigner, int] = {}
    for name, key_id, signature in signatures:
        cosigner = known.get((name, key_id))
        if cosigner is None:
            continue
        if not cosigner.verifies(text, signature):
            raise BadNote(f"the cosignature of {name} is false")
        found.setdefault(cosigner, _time(signature))
    return found


def _cosigner(name: str, kind: int, seed: bytes) -> Cosigner:
    """The public part of the key that is made from a seed."""
    if kind == ED25519:
        public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    else:
        public = MLDSA44PrivateKey.from_seed_bytes(seed).public_key().public_bytes_raw()
    return Cosigner(name, note.key_id(name, bytes([kind]) + public), kind, public)


def _time(signature: bytes) -> int:
    return int.from_bytes(signature[:_TIME_BYTES], "big")


def _message(kind: int, name: str, text: str, time: int) -> bytes:
    """What is signed. Raises BadNote for a time that no cosignature has, or no checkpoint."""
    if not 0 < time <= _MOST_TIME:
        raise BadNote("a cosignature states the seconds since 1970")
    if kind == ED25519:
        return f"cosignature/v1\ntime {time}\n{text}".encode()
    return _subtree(name, time, _read(text))


def _subtree(name: str, time: int, point: Checkpoint) -> bytes:
    """The ``cosigned_message`` over a whole tree."""
    return b"".join(
        (
            b"subtree/v1\n\x00",
            _short(name),
            time.to_bytes(8, "big"),
            _short(point.origin),
            bytes(8),
            point.size.to_bytes(8, "big"),
            point.root,
        )
    )


def _short(text: str) -> bytes:
    """A text after its length in one byte."""
    data = text.encode()
    if not 1 <= len(data) <= 255:
        raise BadNote("a name has 1 to 255 bytes")
    return bytes([len(data)]) + data


def _read(text: str) -> Checkpoint:
    try:
        return checkpoint.read_text(text)
    except checkpoint.BadCheckpoint as error:
        raise BadNote(str(error)) from None
