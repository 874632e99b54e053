"""The demo's membership: some 1,200 invented people, the same for the same seed."""

from __future__ import annotations

import csv
import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import TextIO

from quorate.demo.material import material, table, text_of
from quorate.demo.material_parts import Branch, KnownMember

LAST_YEAR = 2024
"""Nobody claims to have joined after it."""

_PLAIN = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"}
)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A line of a list of members. ``branch``: its code. ``since``: "YYYY-MM", as claimed."""

    name: str
    email: str
    branch: str
    since: str


@dataclass(frozen=True, slots=True)
class _Origin:
    weight: int
    given: tuple[str, ...]
    family: tuple[str, ...]


def members(seed: int) -> tuple[MemberRow, ...]:
    """The roll, branch by branch in the order of branches.csv; in each, first those whom the
    texts name. Names and e-mail addresses are all different."""
    origins = tuple(
        _Origin(o["weight"], tuple(o["given"]), tuple(o["family"]))
        for o in table("names.toml")["origins"]
    )
    names = {known.name for known in material().known}
    addresses: set[str] = set()
    roll = []
    for branch in material().branches:
        people = [*_known(branch), *_invented(seed, branch, origins, names)]
        for person in people:
            address = _address(person.name, addresses)
            addresses.add(address)
            roll.append(MemberRow(person.name, address, branch.code, person.since))
    return tuple(roll)


def write_members(members: Iterable[MemberRow], to: TextIO) -> None:
    """The rows as CSV with a first line of names, as the import takes it."""
    writer = csv.writer(to, lineterminator="\n")
    writer.writerow(field.name for field in fields(MemberRow))
    writer.writerows(astuple(member) for member in members)


def broken_members() -> str:
    """A CSV list of members with the mistakes that such lists have: for the import's preview."""
    return text_of("broken-members.csv")


def _known(branch: Branch) -> list[KnownMember]:
    return [known for known in material().known if known.branch == branch.code]


def _invented(
    seed: int, branch: Branch, origins: tuple[_Origin, ...], names: set[str]
) -> list[KnownMember]:
    """As many people as the branch still needs; their names are added to ``names``."""
    found: list[KnownMember] = []
    attempt = 0
    while len(found) < branch.size - len(_known(branch)):
        attempt += 1
        name = _name(origins, f"{seed}/{branch.code}/{attempt}")
        if name not in names:
            names.add(name)
            found.append(KnownMember(name, branch.code, _since(branch, f"{seed}/{name}")))
    return found


def _name(origins: tuple[_Origin, ...], draw: str) -> str:
    """A given name and a family name, in one case of six from different origins."""
    lots = [origin for origin in origins for _ in range(origin.weight)]
    first = lots[_number(draw, "origin") % len(lots)]
    mixed = _number(draw, "mixed") % 6 == 0
    second = lots[_number(draw, "other origin") % len(lots)] if mixed else first
    given = first.given[_number(draw, "given") % len(first.given)]
    family = second.family[_number(draw, "family") % len(second.family)]
    return f"{given} {family}"


def _since(branch: Branch, draw: str) -> str:
    """A month between the branch's oldest year and the last; half fall in the last quarter."""
    span = LAST_YEAR - branch.oldest_year + 1
    back = span * (_number(draw, "year") % 1000) ** 2 // 1_000_000
    return f"{LAST_YEAR - back}-{1 + _number(draw, 'month') % 12:02d}"


def _address(name: str, taken: set[str]) -> str:
    """An address at a domain that is reserved for examples (RFC 2606)."""
    plain = unicodedata.normalize("NFKD", name.translate(_PLAIN)).lower()
    words = ("".join(c for c in word if c.isascii() and c.isalnum()) for word in plain.split())
    local = ".".join(word for word in words if word)
    address, number = f"{local}@example.org", 2
    while address in taken:
        address, number = f"{local}{number}@example.org", number + 1
    return address


def _number(*parts: str) -> int:
    """The same for the same parts, and otherwise arbitrary."""
    return int.from_bytes(hashlib.sha256("/".join(parts).encode()).digest()[:8], "big")
