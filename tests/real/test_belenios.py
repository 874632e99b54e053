"""Archives of elections that other programs held: the good ones are accepted, the bad ones refused
for what is wrong with them; so are the good ones once somebody has tampered with them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from quorate.ballots.verify.whole import verify
from real.data import DATA, needs_archives
from support import bel, tampering
from support.command import quorate

pytestmark = needs_archives

ARCHIVES = DATA / "belenios"

GOOD: dict[str, list[object]] = {
    "tool-2.0-BELENIOS-2048": [[1, 2, 0, 0, 0], [1, 1, 1]],
    "PYTHON-2048-valid": [[1, 3, 0, 0, 0], [1, 1, 2], [3, 1, 1, 0, 2]],
    "tool-3.0-Ed25519": [[1, 2, 0, 0, 0], [1, 1, 1]],
    "tool-3.0-Ed25519-ranked": [[[1, 2, 3, 4, 5]] * 100],
    "threshold-tool3.0-2048": [[3, 0]],
    "threshold-tool3.0-Ed25519": [[3, 0]],
}

BAD = {
    "BAD-ballots-before-mid-EndBallots-ignored": (
        "order",
        "event 5 (Ballot) stands after EndBallo",
    ),
    "BAD-dropped-ballot": ("tally", "3 ballots are said to be in it; 4 were cast to count"),
    "BAD-forged-tally": ("tally", "it is not that of the ballots (question 1)"),
    "BAD-invalid-ballot-open": ("ballot", "the proof that choice 2 is 0 or 1 does not hold"),
    "BAD-invalid-ballot-open-2048": ("ballot", "the proof that choice 2 is 0 or 1 does not hold"),
}

WAYS = {
    "tool-3.0-Ed25519": tampering.EVERYWHERE
    | tampering.SINGLE
    | tampering.HOMOMORPHIC
    | tampering.ED25519,
    "threshold-tool3.0-Ed25519": tampering.THRESHOLD,
    "tool-2.0-BELENIOS-2048": tampering.SINGLE | tampering.HOMOMORPHIC,
    "threshold-tool3.0-2048": tampering.THRESHOLD,
}
CASES = [(name, way) for name, ways in WAYS.items() for way in ways]


@cache
def content(name: str) -> bytes:
    return bel.one_archive(ARCHIVES / name)


def test_every_archive_is_tried() -> None:
    names = {folder.name for folder in ARCHIVES.iterdir()}
    assert {name for name in names if not name.startswith("BAD")} <= set(GOOD)
    assert {name for name in names if name.startswith("BAD")} <= set(BAD)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_archive_is_sound(name: str) -> None:
    done = quorate("ballots", "verify", "--json", ARCHIVES / name)
    told = json.loads(done.stdout)
    assert told["sound"]
    assert told["stage"] == "Result"
    assert told["result"] == GOOD[name]
    kinds = [line.partition(":")[0] for line in told["checked"]]
    expected = ["The archive", "The trustees", "The roll", "The ballots", "The tally"]
    shuffled = ["The shuffles"] if name.endswith("ranked") else []
    assert kinds == [*expected, *shuffled, "The decryption", "The result"]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_archive_is_refused_for_what_is_wrong(name: str) -> None:
    kind, words = BAD[name]
    done = quorate("ballots", "verify", "--json", ARCHIVES / name, check=False)
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert [finding["kind"] for finding in told["findings"]] == [kind]
    assert words in told["findings"][0]["why"]
    in_words = quorate("ballots", "verify", one_file(ARCHIVES / name), check=False)
    assert in_words.returncode == 1
    assert "NOT SOUND" in in_words.stdout
    assert words in in_words.stdout


@pytest.mark.parametrize(("name", "way"), CASES)
def test_a_good_archive_that_was_tampered_with(name: str, way: str) -> None:
    timestamp, steps = bel.taken_apart(content(name))
    assert bel.together(timestamp, steps) == content(name)
    kind, words, tamper = WAYS[name][way]
    report = verify(bel.together(timestamp, tamper(list(steps))))
    assert [finding.kind for finding in report.findings[:1]] == [kind], report.findings
    assert words in report.findings[0].why


def one_file(folder: Path) -> Path:
    (found,) = folder.glob("*.bel")
    return found
