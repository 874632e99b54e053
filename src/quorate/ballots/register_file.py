"""A register's file: all of it, a line for each part, in the order in which the parts came about.

Lines of JSON, and not the tar of an archive, because nothing in it is named by a later part except
through the record: each line says whose it is and what it is about, a text editor shows it, and it
is compared with the record's entries line by line. Every line is canonical (``json_form``) and ends
with a newline:

    {"description":{…}}
    {"trustees":[…]}
    {"voter":"m-…","claim":{…}}                                  in the order of voters
    {"owner":1,"before":"HASH","shuffle":{…},"signature":{…}}
    {"owner":1,"before":"HASH","decryption":{…},"signature":{…}}
    {"roll":[…]}

A register that has not come so far ends earlier.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quorate.ballots.common import Proof, proof, proof_json
from quorate.ballots.json_form import (
    Json,
    Malformed,
    dump,
    field,
    fields,
    hash_hex,
    parse,
    small,
    string,
)
from quorate.ballots.register import GROUP


class Claimed(NamedTuple):
    """``claim``: its bytes."""

    voter: str
    claim: bytes


class Part(NamedTuple):
    """A trustee's shuffle or decryption, as bytes. ``before``: the SHA-256 of what it was made
    from."""

    owner: int
    before: str
    data: bytes
    signature: Proof


class RegisterFile(NamedTuple):
    """What stands in it, as bytes. ``description``, ``trustees``, ``roll``: None where the register
    has not come so far."""

    description: bytes | None
    trustees: bytes | None
    claims: tuple[Claimed, ...] = ()
    shuffles: tuple[Part, ...] = ()
    decryptions: tuple[Part, ...] = ()
    roll: bytes | None = None


class BadRegisterFile(Exception):
    """A line that does not belong there, or is not written as it would be; says which."""


_KINDS = ("description", "trustees", "claim", "shuffle", "decryption", "roll")
_ONCE = ("description", "trustees", "roll")
_PART = ("owner", "before", "signature")


def write(register: RegisterFile) -> bytes:
    return b"".join(line + b"\n" for line in _lines(register))


def read(data: bytes) -> RegisterFile:
    """Raises BadRegisterFile. What its parts say is not read here."""
    if data and not data.endswith(b"\n"):
        raise BadRegisterFile("the last line breaks off")
    found: dict[str, list[tuple[dict[str, Json], bytes]]] = {kind: [] for kind in _KINDS}
    last = 0
    for number, line in enumerate(_split(data), 1):
        try:
            kind, record = _read_line(line)
        except Malformed as error:
            raise BadRegisterFile(f"line {number}: {error}") from None
        place = _KINDS.index(kind)
        if place < last or (kind in _ONCE and found[kind]):
            raise BadRegisterFile(f"line {number}: a {kind} does not belong here")
        last = place
        found[kind].append((record, dump(record[kind])))
    whole = RegisterFile(
        _one(found["description"]),
        _one(found["trustees"]),
        tuple(Claimed(record["voter"], data) for record, data in found["claim"]),
        tuple(_part(record, data) for record, data in found["shuffle"]),
        tuple(_part(record, data) for record, data in found["decryption"]),
        _one(found["roll"]),
    )
    lines = zip(_split(write(whole)), _split(data), strict=True)
    for number, (again, line) in enumerate(lines, 1):
        if again != line:
            raise BadRegisterFile(f"line {number}: not as it would be written")
    return whole


def _split(data: bytes) -> list[bytes]:
    return data.split(b"\n")[:-1]


def _lines(register: RegisterFile) -> Iterator[bytes]:
    if register.description is not None:
        yield b'{"description":%b}' % register.description
    if register.trustees is not None:
        yield b'{"trustees":%b}' % register.trustees
    for voter, claim in register.claims:
        yield b'{"voter":%b,"claim":%b}' % (dump(voter), claim)
    for kind, parts in (("shuffle", register.shuffles), ("decryption", register.decryptions)):
        for part in parts:
            yield b'{"owner":%d,"before":%b,"%b":%b,"signature":%b}' % (
                part.owner,
                dump(part.before),
                kind.encode(),
                part.data,
                dump(proof_json(part.signature)),
            )
    if register.roll is not None:
        yield b'{"roll":%b}' % register.roll


def _read_line(line: bytes) -> tuple[str, dict[str, Json]]:
    """What kind of line it is, and its fields. Raises Malformed."""
    value = parse(line)
    kinds = [kind for kind in _KINDS if isinstance(value, dict) and kind in value]
    if len(kinds) != 1:
        raise Malformed(f"not one of {', '.join(_KINDS)}")
    (kind,) = kinds
    more = {"claim": ("voter",), "shuffle": _PART, "decryption": _PART}.get(kind, ())
    record = dict(fields(value, (*more, kind)))
    if "voter" in more:
        field(record, "voter", string)
    if "owner" in more:
        field(record, "owner", small)
        field(record, "before", hash_hex)
        field(record, "signature", proof(GROUP))
    return kind, record


def _part(record: dict[str, Json], data: bytes) -> Part:
    return Part(record["owner"], record["before"], data, proof(GROUP)(record["signature"]))


def _one(found: list[tuple[dict[str, Json], bytes]]) -> bytes | None:
    return found[0][1] if found else None
