"""Credentials (section 4.8): what a ballot is signed with, and the roll of their public parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Generic

from quorate.ballots.base58 import ALPHABET, random_text
from quorate.ballots.common import element
from quorate.ballots.groups.group import E, Group
from quorate.ballots.json_form import Json, Malformed, canonical, dump, each, string

_GROUPS = (5, 6, 5, 6)
_CREDENTIAL = re.compile("-".join(f"[{ALPHABET}]{{{size}}}" for size in _GROUPS))
_WEIGHT = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)


class NotACredential(Exception):
    """It is not XXXXX-XXXXXX-XXXXX-XXXXXX in Base58."""


@dataclass(frozen=True, slots=True)
class PublicCredential(Generic[E]):
    """``weight``: how many times its ballot counts; None where the roll states none, which is 1."""

    key: E
    weight: int | None

    @property
    def counts(self) -> int:
        return 1 if self.weight is None else self.weight


Roll = tuple[PublicCredential[E], ...]


def new_credential() -> str:
    """A secret credential, of 128 bits from the operating system."""
    return "-".join(map(random_text, _GROUPS))


def secret(group: Group[E], uuid: str, credential: str) -> int:
    """x = secret(c): the key that the credential stands for in the election. Raises
    NotACredential."""
    if not _CREDENTIAL.fullmatch(credential):
        raise NotACredential
    digits = "".join(
        sha256(f"derive_credential|{uuid}|{i}|{credential}".encode()).hexdigest() for i in range(2)
    )
    return int(digits, 16) % group.q


def public(group: Group[E], uuid: str, credential: str) -> E:
    """g^secret(c), which goes on the roll. Raises NotACredential."""
    return group.secret_power(group.g, secret(group, uuid, credential))


def read_roll(group: Group[E], data: bytes) -> Roll[E]:
    """Raises Malformed, NotCanonical. What is on it more than once, or no key, ``verify``
    finds."""
    return canonical(data, _reader(group), lambda roll: _roll_json(group, roll))


def write_roll(group: Group[E], roll: Roll[E]) -> bytes:
    return dump(_roll_json(group, roll))


def in_order(group: Group[E], roll: Roll[E]) -> Roll[E]:
    """Sorted, so that the order tells nothing about who is who."""
    return tuple(sorted(roll, key=lambda credential: group.sort_key(credential.key)))


def _reader(group: Group[E]) -> Callable[[Json], Roll[E]]:
    read_element = element(group)

    def read(value: Json) -> PublicCredential[E]:
        key, comma, weight = string(value).partition(",")
        if comma and not _WEIGHT.fullmatch(weight):
            raise Malformed("not a weight")
        return PublicCredential(read_element(key), int(weight) if comma else None)

    return lambda value: each(value, read)


def _roll_json(group: Group[Any], roll: Roll[E]) -> Json:
    return [
        group.write(credential.key) + ("" if credential.weight is None else f",{credential.weight}")
        for credential in roll
    ]
