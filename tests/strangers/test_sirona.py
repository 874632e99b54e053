"""sirona (npm), an independent verifier, unmodified: it accepts the elections that we hold on
Ed25519, and refuses them once they are tampered with.

Its version 0.0.28 cannot combine the decryptions of a threshold for ranked questions, so such an
election is shown to it as it stands before the result, with shuffles and decryptions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quorate.ballots.groups.named import ED25519
from quorate.ballots.verify.whole import verify
from support import bel, tampering
from support.belenios import sirona
from support.secret_election import (
    MOTION,
    RANKED,
    Held,
    begun,
    everything,
    plain,
    ranked,
    shared,
)

pytestmark = pytest.mark.xdist_group("strangers")


def shuffled() -> Held:
    """A ranked question beside another, shuffled by two trustees."""
    held = begun(ED25519, [RANKED, MOTION], 3, single=2)
    held.cast(0, [[1, 2, 3, 4, 5], [0, 1, 0]])
    held.cast(1, [[5, 4, 3, 2, 1], [1, 0, 0]])
    held.cast(2, [[0, 0, 255, 0, 0], [0, 0, 1]])
    held.close()
    held.shuffle(2, 1)
    held.open(1, 2)
    return held


@pytest.mark.parametrize("held", [everything, plain, shared, shuffled])
def test_it_accepts_our_elections(held: Callable[[], Held], tmp_path: Path) -> None:
    content = held().content
    assert verify(content).sound
    status, said = sirona(content, tmp_path / "box")
    assert status == 0, said
    assert "ballots found" in said


def test_it_accepts_shuffles_by_a_threshold(tmp_path: Path) -> None:
    timestamp, steps = bel.taken_apart(ranked().content)
    assert steps.pop().type == "Result"
    content = bel.together(timestamp, steps)
    assert verify(content).sound
    status, said = sirona(content, tmp_path / "box")
    assert status == 0, said
    assert "ballots found" in said


@pytest.mark.parametrize(
    "way",
    [
        "tally swapped",
        "ballot dropped",
        "ballot replayed",
        "signature altered",
        "decryption proof altered",
        "result altered",
        "trustee's proof altered",
    ],
)
def test_it_refuses_what_was_tampered_with(way: str, tmp_path: Path) -> None:
    """So that its word for the others is worth something."""
    timestamp, steps = bel.taken_apart(plain().content)
    _kind, _words, tamper = (tampering.EVERYWHERE | tampering.SINGLE)[way]
    content = bel.together(timestamp, tamper(steps))
    assert not verify(content).sound
    status, said = sirona(content, tmp_path / "box")
    assert status != 0, said
