"""What the API shows of registers of voting keys: all that a trustee's or a voter's own program
needs, and the file that strangers verify."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ninja import Schema

from quorate.chapters.secret.remembers import Part, Register
from quorate.chapters.state import State
from quorate.web.secret.files import whole_file


class TrusteeOut(Schema):
    """Who holds the key for a side, in the place ``owner``. ``who``: a member's pseudonym or an
    outside trustee's id, empty while it is nobody. ``certificate``, ``polynomial``, ``voutput``:
    what they sent, JSON texts, empty before."""

    owner: int
    side: str
    way: str
    who: str
    organisation: str
    key: str
    certificate: str
    polynomial: str
    voutput: str


class ClaimOut(Schema):
    """A claim. ``voter``: the seat; ``counts``: fixed once no key can be claimed."""

    voter: str
    by: str
    claim: str
    entry: int
    counts: bool | None


class PartOut(Schema):
    """A shuffle or a decryption by the trustee in the place ``owner``; hashes."""

    owner: int
    before: str
    made: str
    entry: int


class RegisterOut(Schema):
    """A register. ``convention``: 0 where it is of a branch or region, whose code is ``place``;
    then ``elections`` are those that were called for it. ``description``: a JSON text, empty until
    all trustees have their keys; ``phi``: its fingerprint. ``needed``: so many trustees decrypt.
    ``before``: the hash of what is mixed or decrypted next. ``void``: why it is, empty if it is
    not."""

    number: int
    convention: int
    place: str
    elections: list[int]
    needed: int
    trustees: list[TrusteeOut]
    description: str
    phi: str
    closes: int | None
    closed: int | None
    claims: list[ClaimOut]
    before: str
    mixes: list[PartOut]
    decryptions: list[PartOut]
    roll: str
    size: int
    without: int
    void: str


def registers(state: State) -> list[dict[str, Any]]:
    """Every register, void ones too."""
    return [_register(found) for _, found in sorted(state.secret.registers.items())]


def register(state: State, number: int) -> dict[str, Any] | None:
    found = state.secret.registers.get(number)
    return None if found is None else _register(found)


def file(state: State, number: int) -> bytes | None:
    """The register's file, as far as it has come; empty before the trustees have their keys. None
    where there is no such register, or something of it is missing on this server."""
    found = state.secret.registers.get(number)
    if found is None:
        return None
    try:
        return whole_file(found)
    except LookupError:
        return None


def _register(found: Register) -> dict[str, Any]:
    return {
        "number": found.number,
        "convention": found.convention,
        "place": found.place,
        "elections": list(found.elections),
        "needed": found.rules.needed,
        "trustees": [
            {
                "owner": owner,
                "side": one.side,
                "way": one.way,
                "who": one.who,
                "organisation": one.organisation,
                "key": one.key,
                "certificate": one.certificate,
                "polynomial": one.polynomial,
                "voutput": one.voutput,
            }
            for owner, one in enumerate(found.trustees, 1)
        ],
        "description": found.description,
        "phi": found.phi,
        "closes": found.closes,
        "closed": found.closed,
        "claims": [
            {
                "voter": voter,
                "by": one.by,
                "claim": one.claim,
                "entry": one.entry,
                "counts": None if found.closed is None else voter in found.counted,
            }
            for voter, one in sorted(found.claims.items())
        ],
        "before": found.last,
        "mixes": parts_out(found.mixes),
        "decryptions": parts_out(found.decryptions),
        "roll": found.roll,
        "size": found.size,
        "without": found.without,
        "void": found.void,
    }


def parts_out(parts: Iterable[Part]) -> list[dict[str, Any]]:
    return [_part(one) for one in parts]


def _part(part: Part) -> dict[str, Any]:
    return {"owner": part.owner, "before": part.before, "made": part.data, "entry": part.entry}
