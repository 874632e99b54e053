"""Credentials: what a member keeps, and what stands on the roll."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest

from quorate.ballots import credentials
from quorate.ballots.credentials import NotACredential, PublicCredential
from quorate.ballots.groups.named import BELENIOS_2048, ED25519
from quorate.ballots.json_form import Malformed, NotCanonical

UUID = "sbPmsBjvu4xvsV"
CREDENTIAL = "AAAAA-BBBBBB-ccccc-222222"


def test_new_ones_are_different_and_in_form() -> None:
    made = {credentials.new_credential() for _ in range(50)}
    assert len(made) == 50
    form = "-".join(f"[1-9A-HJ-NP-Za-km-z]{{{size}}}" for size in (5, 6, 5, 6))
    assert all(re.fullmatch(form, one) for one in made)


def test_the_secret_of_one() -> None:
    hex = "".join(
        sha256(f"derive_credential|{UUID}|{i}|{CREDENTIAL}".encode()).hexdigest() for i in (0, 1)
    )
    for group in (ED25519, BELENIOS_2048):
        secret = credentials.secret(group, UUID, CREDENTIAL)
        assert secret == int(hex, 16) % group.q
        assert credentials.public(group, UUID, CREDENTIAL) == group.power(group.g, secret)
    other = credentials.secret(ED25519, "x" * 14, CREDENTIAL)
    assert other != credentials.secret(ED25519, UUID, CREDENTIAL)


@pytest.mark.parametrize(
    "text",
    [
        "",
        CREDENTIAL[:-1],
        CREDENTIAL + "2",
        CREDENTIAL.replace("A", "0"),
        CREDENTIAL.replace("-", ""),
        CREDENTIAL + "\n",
    ],
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(NotACredential):
        credentials.secret(ED25519, UUID, text)


def test_the_roll() -> None:
    keys = [ED25519.power(ED25519.g, n) for n in (5, 6, 7)]
    roll = credentials.in_order(
        ED25519,
        (
            PublicCredential(keys[0], None),
            PublicCredential(keys[1], 0),
            PublicCredential(keys[2], 12),
        ),
    )
    assert [one.key for one in roll] == sorted(keys)
    data = credentials.write_roll(ED25519, roll)
    assert credentials.read_roll(ED25519, data) == roll
    assert sorted(one.counts for one in roll) == [0, 1, 12]
    key = ED25519.write(keys[0])
    for text in (
        f'["{key},"]',
        f'["{key},01"]',
        f'["{key},-1"]',
        f'["{key},1,x"]',
        f'["{key[1:]}"]',
        "[1]",
        "{}",
    ):
        with pytest.raises(Malformed):
            credentials.read_roll(ED25519, text.encode())
    with pytest.raises(NotCanonical):
        credentials.read_roll(ED25519, f'["{key}" ]'.encode())
