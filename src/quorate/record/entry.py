"""An entry of the record: one act, done by someone, at a time, at one place in the order.

As bytes it is canonical JSON (RFC 8785) with just these names:

    act   the act's name            by    a member's pseudonym, "founder" or "rulebook"
    body  the act's fields          code  the version of the rules' code that decided it
    seq   its place, from 0         time  milliseconds since 1970, UTC

Where a device of the member signed it, sig stands there too: its key (device), the time by its
clock (at, ms) and its signature (value).

No names of persons and no texts stand in it, only salted commitments to them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from quorate import organisation
from quorate.chapters.clause import Occasion, Signed
from quorate.record import canonical

MAX_BYTES = 65_535
"""The length that an entry bundle of C2SP tlog-tiles can hold."""

_NAMES = {"act", "body", "by", "code", "seq", "time"}
_SIGNED_NAMES = _NAMES | {"sig"}


class BadEntry(Exception):
    """Bytes that are no entry of a record, with what is wrong in plain words."""


class Entry(NamedTuple):
    """An act, its name and its occasion. ``code``: version of the rules' code that decided it."""

    name: str
    occasion: Occasion
    act: Any
    code: str


def write(occasion: Occasion, act: object, code: str = organisation.RULES_CODE) -> bytes:
    """The entry's bytes. Raises BadEntry where they would be longer than MAX_BYTES."""
    value: dict[str, Any] = {
        "act": organisation.clause_of(act).name,
        "body": organisation.fields_of(act),
        "by": occasion.by,
        "code": code,
        "seq": occasion.sequence,
        "time": occasion.time,
    }
    if occasion.signed is not None:
        value["sig"] = occasion.signed._asdict()
    data = canonical.encode(value)
    if len(data) > MAX_BYTES:
        raise BadEntry(f"an entry holds {MAX_BYTES} bytes at most; this one has {len(data)}")
    return data


def read(data: bytes) -> Entry:
    """The entry in these bytes, which must be canonical. Raises BadEntry."""
    if len(data) > MAX_BYTES:
        raise BadEntry(f"an entry holds {MAX_BYTES} bytes at most; this one has {len(data)}")
    try:
        value = canonical.decode(data)
    except canonical.NotCanonical as error:
        raise BadEntry(f"not canonical JSON: {error}") from None
    if not isinstance(value, dict) or (value.keys() != _NAMES and value.keys() != _SIGNED_NAMES):
        raise BadEntry(
            "an entry has just the names act, body, by, code, seq and time, and may have sig"
        )
    name, by, code, body = value["act"], value["by"], value["code"], value["body"]
    sequence, time = value["seq"], value["time"]
    if not (isinstance(name, str) and isinstance(by, str) and isinstance(code, str)):
        raise BadEntry("act, by and code are texts")
    if type(sequence) is not int or type(time) is not int or sequence < 0 or time < 0:
        raise BadEntry("seq and time are whole numbers from 0")
    if not isinstance(body, dict):
        raise BadEntry("body is an object")
    try:
        act = organisation.read_act(name, body)
    except organisation.BadAct as error:
        raise BadEntry(str(error)) from None
    signed = _signed(value["sig"]) if "sig" in value else None
    return Entry(name, Occasion(sequence, time, by, signed), act, code)


def _signed(value: Any) -> Signed:
    if not isinstance(value, dict) or value.keys() != {"at", "device", "value"}:
        raise BadEntry("sig has just the names at, device and value")
    device, at, proper = value["device"], value["at"], value["value"]
    if not (isinstance(device, str) and isinstance(proper, str)) or type(at) is not int or at < 0:
        raise BadEntry("sig: device and value are texts, at is a whole number from 0")
    return Signed(device, at, proper)
