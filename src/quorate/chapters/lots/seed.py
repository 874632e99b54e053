"""How a seed comes about from the numbers that were opened; anyone can make it again."""

from __future__ import annotations

import hashlib

from immutables import Map

DOMAIN = b"quorate/lot/v1\n"


def seed(numbers: Map[str, str]) -> str:
    """Hex SHA-256 over the domain's line and the lines member=number in the order of members."""
    lines = "".join(f"{member}={number}\n" for member, number in sorted(numbers.items()))
    return hashlib.sha256(DOMAIN + lines.encode()).hexdigest()


def seed_of_election(drawn: str, election: int) -> bytes:
    """The seed of one of several elections whose ties one lot settles: SHA-256 over the domain's
    line and the line SEED election=NUMBER, so that none is drawn as another is."""
    return hashlib.sha256(DOMAIN + f"{drawn} election={election}\n".encode()).digest()


def public_seed(source: str, value: str) -> str:
    """Hex SHA-256 over the domain's line and the line source=value."""
    return hashlib.sha256(DOMAIN + f"{source}={value}\n".encode()).hexdigest()
