"""What catches an attack: each attack's test names it, and docs/development/attacks.md lists it.

RECEIPT  a receipt that a member holds
WITNESS  a witness, or a checkpoint that somebody has kept
MEMBER   a member who looks: a page, a letter, a right that they use
SCRIPTS  `quorate ballots scripts`, or a mirror, which compares the same
VERIFY   `quorate verify`, with the record's key from somebody whom one trusts
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

RECEIPT, WITNESS, MEMBER, VERIFY = "receipt", "witness", "member", "verify"
SCRIPTS = "scripts"

Test = TypeVar("Test", bound=Callable[..., object])


def caught_by(*what: str) -> Callable[[Test], Test]:
    """Marks a test as one of an attack, which these catch."""

    def mark(test: Test) -> Test:
        test.caught_by = what
        return test

    return mark
