"""The demo's people: invented names from many places, as in any port."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources


def _names(kind: str) -> tuple[str, ...]:
    """The given or family names that the demo's people are called by."""
    text = resources.files("quorate.demo").joinpath("names", f"{kind}.txt").read_text("utf-8")
    return tuple(text.split())


GIVEN = _names("given")
FAMILY = _names("family")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the demo. ``member``: the pseudonym; ``branch``: a branch's code."""

    member: str
    name: str
    email: str
    branch: str
    since: str


def number_from(*parts: object) -> int:
    """A number that is the same for the same parts, and otherwise arbitrary."""
    digest = hashlib.sha256("/".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:8], "big")


def pseudonym(seed: str, number: int) -> str:
    """A pseudonym for the demo. Real ones are drawn at random."""
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    digest = hashlib.sha256(f"{seed}/{number}".encode()).digest()
    return "m-" + "".join(alphabet[byte % 32] for byte in digest[:16])


def people(sizes: dict[str, int]) -> Iterator[Person]:
    """As many people for each branch as it has; all names are different."""
    taken: set[str] = set()
    number = 0
    for branch, size in sizes.items():
        for _ in range(size):
            attempt = 0
            while True:
                roll = number_from("name", number, attempt)
                name = f"{GIVEN[roll % len(GIVEN)]} {FAMILY[roll // 997 % len(FAMILY)]}"
                if name not in taken:
                    break
                attempt += 1
            taken.add(name)
            year = 1979 + number_from("since", number) % 46
            yield Person(
                member=pseudonym("demo", number),
                name=name,
                email=f"member{number:04d}@example.org",
                branch=branch,
                since=f"{year}-{1 + number_from('month', number) % 12:02d}",
            )
            number += 1
