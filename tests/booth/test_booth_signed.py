"""What a device signs of a shuffle or a decryption: the record holds its hash, and the browser
makes that hash itself."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from support.booth import Booth

pytestmark = pytest.mark.xdist_group("booth")

SHUFFLE = '{"ciphertexts":[[]],"proofs":[]}'


def compared(booth: Booth, body: dict[str, Any], typed: dict[str, str]) -> list[str]:
    """What the browser finds wrong with the text that it is asked to sign."""
    written = json.dumps(body, separators=(",", ":"), sort_keys=True)
    lines = ["quorate/act/1", "small.example", "m-a", "7", "secret.mix", written, ""]
    about = {"act": "secret.mix", "by": "m-a", "at": 7, "origin": "small.example", "marks": ""}
    found: list[str] = booth.ask(
        "../quorate/chosen.js",
        "(await it.compared(given[0], {}, { data: Object.entries(given[1]), ...given[2] })).wrong",
        "\n".join(lines),
        typed,
        about,
    )
    return found


def test_the_hash_of_a_shuffle_is_made_here(booth: Booth) -> None:
    digest = hashlib.sha256(SHUFFLE.encode()).hexdigest()
    body = {"before": "0" * 64, "register": 1, "shuffle": digest, "signature": "{}"}
    typed = {"before": "0" * 64, "register": "1", "shuffle": SHUFFLE, "signature": "{}"}
    assert compared(booth, body, typed) == []
    assert compared(booth, body | {"shuffle": "1" * 64}, typed) == [
        "shuffle: it is not what stands here"
    ]
    assert compared(booth, body | {"before": "1" * 64}, typed)
