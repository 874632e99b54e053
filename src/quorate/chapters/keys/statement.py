"""The statement by which a record goes from its keys to others, and what its keys may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from quorate import base64_text, note_keys
from quorate.chapters.fields import PublicKey
from quorate.note_keys import ED25519, ML_DSA_44, BadNote, KeyText

RecordKeys = Annotated[tuple[PublicKey, ...], Field(min_length=1, max_length=2)]
Signature = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{80,4000}={0,2}$")]
Signatures = Annotated[tuple[Signature, ...], Field(min_length=1, max_length=2)]
"""Over the statement, in base64: one of each key, in the order of the keys."""

How = Literal["rotate", "replace"]

_LENGTHS = {kind: note_keys.PUBLIC_BYTES[kind] for kind in (ED25519, ML_DSA_44)}


def text(origin: str, number: int, how: How, old: Sequence[str], new: Sequence[str]) -> str:
    """What is signed for the ``number``-th change of the keys of this record."""
    lines = ["quorate/keys/1", origin, str(number), how]
    lines += [f"old {key}" for key in old]
    lines += [f"new {key}" for key in new]
    return "\n".join(lines) + "\n"


def read(key: str) -> KeyText:
    """One of a record's keys. Raises BadNote."""
    return note_keys.read_public(key, "record's", _LENGTHS)


def unfit(origin: str, keys: Sequence[str]) -> str:
    """Why these cannot be the keys of this record; "" where they can. The first is of Ed25519,
    which every reader checks; a second is of ML-DSA-44."""
    kinds = []
    for key in keys:
        try:
            known = read(key)
        except BadNote as error:
            return str(error)
        if known.name != origin:
            return f"it is a key of {known.name}, not of this record"
        kinds.append(known.kind)
    if kinds not in ([ED25519], [ED25519, ML_DSA_44]):
        return "the first key is of Ed25519, and a second one of ML-DSA-44"
    return ""


def signed_by(keys: Sequence[str], signatures: Sequence[str], stated: str) -> bool:
    """Whether each key signed the statement. Raises BadNote for a key that cannot be read."""
    if len(keys) != len(signatures):
        return False
    return all(_fits(read(key), one, stated) for key, one in zip(keys, signatures, strict=True))


def _fits(key: KeyText, signature: str, stated: str) -> bool:
    try:
        proper = base64_text.read(signature)
    except ValueError:
        return False
    return note_keys.verifies(key.kind, key.material, stated.encode(), proper)


def sign(signing_key: str, stated: str) -> str:
    """The signature of a key over the statement. Raises BadNote."""
    key = note_keys.read_signing(signing_key, note_keys.SEED_BYTES)
    return base64_text.write(note_keys.sign(key.kind, key.material, stated.encode()))
