"""Cosignatures: C2SP tlog-cosignature, with Ed25519 (type 0x04) and ML-DSA-44 (type 0x06).

A cosignature says: at this time this checkpoint was the longest of its record that the cosigner had
seen, and it continued every one seen before. It is a line of the checkpoint's note, its signature
eight bytes of POSIX time and then the signature proper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quorate import note_keys
from quorate.note_keys import COSIGNING_ED25519, PUBLIC_BYTES, SEED_BYTES
from quorate.note_keys import ML_DSA_44 as ML_DSA_44
from quorate.record import checkpoint, note
from quorate.record.checkpoint import Checkpoint
from quorate.record.note import BadNote

ED25519 = COSIGNING_ED25519
_KINDS = (ED25519, ML_DSA_44)
_PUBLIC_BYTES = {kind: PUBLIC_BYTES[kind] for kind in _KINDS}
_SEED_BYTES = {kind: SEED_BYTES[kind] for kind in _KINDS}
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
        return note_keys.public_text(self.name, self.key_id, self.kind, self.public)

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether it is this cosigner's, over this checkpoint's text, at the time it states."""
        time, proper = _time(signature), signature[_TIME_BYTES:]
        try:
            message = _message(self.kind, self.name, text, time)
        except BadNote:
            return False
        return note_keys.verifies(self.kind, self.public, message, proper)


def generate_key(name: str, seed: bytes, kind: int) -> tuple[str, str]:
    """Signing key and public key, as texts, from 32 random bytes. Raises BadNote."""
    return note_keys.generate_key(name, seed, kind)


def read_cosigner(text: str) -> Cosigner:
    """A cosigner's public key from its text. Raises BadNote."""
    key = note_keys.read_public(text, "cosigner's", _PUBLIC_BYTES)
    return Cosigner(key.name, bytes.fromhex(key.id), key.kind, key.material)


def cosign(text: str, signing_key: str, time: int) -> str:
    """The line that cosigns a checkpoint with this text at ``time``, in seconds. Raises BadNote."""
    key = note_keys.read_signing(signing_key, _SEED_BYTES)
    message = _message(key.kind, key.name, text, time)
    proper = note_keys.sign(key.kind, key.material, message)
    return note.line(key.name, bytes.fromhex(key.id), time.to_bytes(_TIME_BYTES, "big") + proper)


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
