"""How the keeper of a record signs it: with Ed25519 (C2SP signed-note, type 0x01) and, as C2SP
tlog-checkpoint asks of logs, with ML-DSA-44, as a cosignature of its own (type 0x06)."""

from __future__ import annotations

from collections.abc import Sequence

from quorate import note_keys
from quorate.note_keys import ED25519, ML_DSA_44, BadNote, kind_of_signing
from quorate.record import checkpoint, cosignature, note
from quorate.record.checkpoint import BadCheckpoint, Checkpoint
from quorate.record.note import Key

KINDS = (ED25519, ML_DSA_44)
"""Programs of today check the first; the second outlives them."""

_LENGTHS = {kind: note_keys.PUBLIC_BYTES[kind] for kind in KINDS}


def generate(origin: str, seeds: Sequence[bytes]) -> list[tuple[str, str]]:
    """Signing key and public key, as texts, of each of KINDS, from 32 random bytes each. Raises
    BadNote."""
    made = zip(KINDS, seeds, strict=True)
    return [note_keys.generate_key(origin, seed, kind) for kind, seed in made]


def read_key(text: str) -> Key:
    """One public key of a record. Raises BadNote."""
    kind = note_keys.read_public(text, "verifier", _LENGTHS).kind
    return note.read_verifier(text) if kind == ED25519 else cosignature.read_cosigner(text)


def read_keys(text: str) -> tuple[Key, ...]:
    """The public keys of one record, with white space between them. Raises BadNote."""
    keys = tuple(read_key(one) for one in text.split())
    if not keys:
        raise BadNote("there is no key in it")
    if len({key.name for key in keys}) > 1:
        raise BadNote("the keys are of several records")
    return tuple(dict.fromkeys(keys))


def sign(point: Checkpoint, signing_keys: Sequence[str], time: int) -> str:
    """The note with a line of each key, signed at ``time`` (seconds since 1970). Raises
    BadCheckpoint for what no reader would take, BadNote for a key."""
    plain = [key for key in signing_keys if kind_of_signing(key) == ED25519]
    cosigning = [key for key in signing_keys if kind_of_signing(key) == ML_DSA_44]
    lines = (cosignature.cosign(point.text(), key, time) for key in cosigning)
    return checkpoint.sign(point, *plain) + "".join(lines)


def open_whole(signed: str, keys: Sequence[Key]) -> Checkpoint:
    """The checkpoint, if every one of these keys of the record signed it. Raises BadCheckpoint."""
    for key in keys:
        point = checkpoint.open_checkpoint(signed, key)
    if not keys:
        raise BadCheckpoint("no key of the record is known")
    return point
