"""Preparing an act to be signed: what a device signs is what the record will hold, so every salt is
drawn beforehand, and given back with the fields. Nothing is kept here."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quorate import commitments, organisation
from quorate.chapters.devices.signing import text_to_sign
from quorate.chapters.fields import Committed
from quorate.store.handing_in import hand_in


@dataclass(frozen=True, slots=True)
class Prepared:
    """``fields``: to be handed in with the signature; ``text``: what is signed."""

    fields: dict[str, Any]
    text: str


def prepare(name: str, fields: Mapping[str, Any], by: str, origin: str, at: int) -> Prepared:
    """The act as ``by`` would sign it at ``at`` (ms). Raises BadAct naming each field at fault."""
    marks = organisation.committed_fields(name) if name in organisation.CLAUSES else {}
    ready = {
        field: _salted(marks[field], value) if field in marks and value not in (None, "") else value
        for field, value in fields.items()
    }
    handed_in = hand_in(name, ready, by)
    body = organisation.fields_of(handed_in.act)
    return Prepared(ready, text_to_sign(origin, by, at, name, body))


def _salted(mark: Committed, given: Any) -> Any:
    """What is given for a commitment, with a salt."""
    salt = secrets.token_hex(commitments.SALT_BYTES)
    if mark.what in ("document", "person"):
        thing = given if isinstance(given, Mapping) else {"title": "", "text": given}
        return {"salt": salt, **thing}
    if isinstance(given, Mapping) or organisation.is_commitment(given):
        return given
    return {"choice": given, "salt": salt}
