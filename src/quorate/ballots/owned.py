"""Whose a shuffle or a partial decryption is (sections 4.19 and 4.20)."""

from __future__ import annotations

from dataclasses import dataclass

from quorate.ballots.json_form import Json, canonical, dump, field, fields, hash_hex, small


@dataclass(frozen=True, slots=True)
class Owned:
    """``owner``: the trustee's place, from 1. ``payload``: the SHA-256 of what they made."""

    owner: int
    payload: str


def read_owned(data: bytes) -> Owned:
    """Raises Malformed, NotCanonical."""
    return canonical(data, _read, _json)


def write_owned(owned: Owned) -> bytes:
    return dump(_json(owned))


def _read(value: Json) -> Owned:
    record = fields(value, ("owner", "payload"))
    return Owned(field(record, "owner", small), field(record, "payload", hash_hex))


def _json(owned: Owned) -> Json:
    return {"owner": owned.owner, "payload": owned.payload}
