"""The demo's people, as members: each has a pseudonym."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from quorate.demo.material import material
from quorate.demo.roll import members

SEED = 1


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the demo. ``member``: the pseudonym; ``branch``: a branch's code; ``known``:
    whether the texts name them."""

    member: str
    name: str
    email: str
    branch: str
    since: str
    known: bool


def number_from(*parts: object) -> int:
    """A number that is the same for the same parts, and otherwise arbitrary."""
    digest = hashlib.sha256("/".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:8], "big")


def pseudonym(number: int) -> str:
    """A pseudonym for the demo. Real ones are drawn at random."""
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    digest = hashlib.sha256(f"demo/{number}".encode()).digest()
    return "m-" + "".join(alphabet[byte % 32] for byte in digest[:16])


def people() -> Iterator[Person]:
    """Everybody, branch by branch."""
    named = {member.name for member in material().known}
    for number, row in enumerate(members(SEED)):
        known = row.name in named
        yield Person(pseudonym(number), row.name, row.email, row.branch, row.since, known)
