"""Lots: what the documentation tells a reader to type gives the same order."""

from __future__ import annotations

import hashlib
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.count.lot import LotNeeded, drawn_candidates, drawn_order, ticket


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
def test_the_documented_command_gives_the_ticket() -> None:
    command = 'printf \'quorate-lot/1\\n%s\\n%s\\n%s\' "$1" "$2" "$3" | sha256sum'
    words = ["sh", "-c", command, "sh", "00ff", "agenda", "Propósal 7"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == ticket(b"\x00\xff", "agenda", "Propósal 7")


@given(st.binary(min_size=1), st.sampled_from(["agenda", "x"]), st.sets(st.integers(0, 99)))
def test_the_order_is_that_of_the_hashes(seed: bytes, label: str, numbers: set[int]) -> None:
    items = [str(number) for number in numbers]
    hashes = {
        hashlib.sha256(f"quorate-lot/1\n{seed.hex()}\n{label}\n{item}".encode()).hexdigest(): item
        for item in items
    }
    assert drawn_order(seed, label, items) == [hashes[one] for one in sorted(hashes)]
    assert drawn_order(seed, label, items[::-1]) == drawn_order(seed, label, items)


def test_every_order_comes_out_about_equally_often() -> None:
    orders: dict[tuple[str, ...], int] = {}
    for number in range(1200):
        order = tuple(drawn_order(number.to_bytes(4, "big"), "x", ["a", "b", "c"]))
        orders[order] = orders.get(order, 0) + 1
    assert len(orders) == 6
    assert all(140 < times < 260 for times in orders.values())


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^seed:"):
        drawn_order(b"", "agenda", ["a"])
    with pytest.raises(ValueError, match=r"^label:"):
        drawn_order(b"x", "two\nlines", ["a"])
    with pytest.raises(ValueError, match=r"^items:"):
        drawn_order(b"x", "agenda", ["a", "a"])
    with pytest.raises(LotNeeded) as caught:
        drawn_candidates(None, "last place", [3, 1], ["A", "B", "C"])
    assert caught.value.candidates == ("A", "C")
    assert "A, C" in str(caught.value)
