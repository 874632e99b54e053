"""Handing in an act: from what a person gives to what the record may hold.

Where an act's field is a commitment, a person gives the thing itself: a text, a sheet of personal
data, a vote. It is committed to here, with a fresh salt, outside the write lane, and put away
beside the record together with the entry.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quorate import commitments, organisation
from quorate.chapters.fields import Committed
from quorate.organisation import BadAct, FieldFault
from quorate.record import canonical

_HASH = re.compile(r"[0-9a-f]{64}")
MAX_TITLE = 300
MAX_TEXT = 2_000_000
"""Characters of a text; 100,000 words are well below."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands behind a commitment. ``domain`` says what it is."""

    commitment: str
    domain: str
    salt: bytes
    payload: bytes


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An act ready for the write lane, and what is to be kept with it.

    ``key``: idempotency key, "" for none; ``request``: digest of what was asked under it.
    """

    by: str
    act: Any
    kept: tuple[Kept, ...] = ()
    key: str = ""
    request: str = ""


def hand_in(name: str, fields: Mapping[str, Any], by: str, *, key: str = "") -> HandedIn:
    """The act with its commitments made. Raises BadAct naming each field at fault."""
    if name not in organisation.CLAUSES:
        raise BadAct(name, (FieldFault("act", "there is no act of this name"),))
    ready: dict[str, Any] = dict(fields)
    kept: list[Kept] = []
    faults: list[FieldFault] = []
    for field, committed in organisation.committed_fields(name).items():
        given = ready.get(field)
        if given is None or given == "":
            continue
        try:
            thing = _commit(committed, given)
        except ValueError as error:
            faults.append(FieldFault(field, str(error)))
            continue
        if isinstance(thing, Kept):
            ready[field] = thing.commitment
            kept.append(thing)
            if committed.what == "document" and "words" in _fields(name):
                ready.setdefault("words", words_in(thing.payload))
    if faults:
        raise BadAct(name, tuple(faults))
    request = ""
    if key:
        if len(key) > 100:
            raise BadAct(name, (FieldFault("key", "is longer than 100 characters"),))
        request = commitments.commit(
            canonical.encode({"act": name, "fields": _plain(fields)}), bytes(32), "quorate/request"
        )
    return HandedIn(by, organisation.read_act(name, ready), tuple(kept), key, request)


def _fields(name: str) -> frozenset[str]:
    return frozenset(organisation.CLAUSES[name].act.__dataclass_fields__)


def words_in(payload: bytes) -> int:
    """The number of words of a document's text, as the record counts them."""
    value = canonical.decode(payload)
    return len(str(value["text"]).split()) if isinstance(value, dict) else 0


def _plain(fields: Mapping[str, Any]) -> Any:
    """Fields as canonical JSON can hold them; numbers with a point as texts."""
    return {name: _plain_value(value) for name, value in fields.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k): _plain_value(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_value(v) for v in value]
    return str(value) if isinstance(value, float) else value


def _commit(committed: Committed, given: Any) -> Kept | str:
    """What is kept for the given thing; or the commitment itself, where somebody gives that."""
    if committed.what in ("document", "person"):
        payload = _document(given) if committed.what == "document" else _person(given)
        salt = secrets.token_bytes(commitments.SALT_BYTES)
    else:
        if isinstance(given, str) and committed.what == "number" and _HASH.fullmatch(given):
            return given
        payload, salt = _choice(committed.what, given)
    commitment = commitments.commit(payload, salt, committed.domain)
    return Kept(commitment, committed.domain, salt, payload)


def _document(given: Any) -> bytes:
    if isinstance(given, str):
        given = {"title": "", "text": given}
    if not isinstance(given, Mapping) or not set(given) <= {"title", "text"}:
        raise ValueError("expected a text, or an object with title and text")
    title, text = given.get("title", ""), given.get("text", "")
    if not isinstance(title, str) or not isinstance(text, str):
        raise ValueError("title and text must be texts")
    if len(title) > MAX_TITLE:
        raise ValueError(f"the title is longer than {MAX_TITLE} characters")
    if len(text) > MAX_TEXT:
        raise ValueError(f"the text is longer than {MAX_TEXT:,} characters")
    if not text.strip():
        raise ValueError("the text is empty")
    return _encode({"text": text, "title": " ".join(title.split())})


def _person(given: Any) -> bytes:
    if not isinstance(given, Mapping):
        raise ValueError("expected an object with name and email")
    known = ("name", "email", "phone", "claimed_since", "organisation")
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ValueError(f"no such entry on a personal sheet: {', '.join(map(str, unknown))}")
    sheet = {k: " ".join(str(v).split())[:300] for k, v in given.items() if v}
    if not sheet.get("name"):
        raise ValueError("the name is missing")
    return _encode(sheet)


def _encode(value: dict[str, str]) -> bytes:
    try:
        return canonical.encode(value)
    except canonical.NotCanonical:
        raise ValueError("the text holds characters that no text can hold") from None


def _choice(what: str, given: Any) -> tuple[bytes, bytes]:
    salt = secrets.token_bytes(commitments.SALT_BYTES)
    if isinstance(given, Mapping):
        if set(given) != {"choice", "salt"} or not _HASH.fullmatch(str(given["salt"])):
            raise ValueError("expected choice and salt (64 hexadecimal digits)")
        salt, given = bytes.fromhex(given["salt"]), given["choice"]
    elif isinstance(given, list | tuple):
        given = ",".join(str(number) for number in given)
    if not isinstance(given, str):
        given = str(given)
    choice = given.strip()
    if what == "vote" and choice not in ("for", "against", "abstain"):
        raise ValueError("for, against or abstain?")
    if what == "ballot":
        choice = "" if choice == "blank" else re.sub(r"\s+", "", choice)
        if not re.fullmatch(r"(\d{1,4}(,\d{1,4})*)?", choice):
            raise ValueError("expected numbers of candidates in order of preference, with commas")
    if what == "number" and len(choice) < 8:
        raise ValueError("choose a longer number or word, so that nobody can guess it")
    if len(choice) > 2000:
        raise ValueError("is longer than 2,000 characters")
    return choice.encode(), salt
