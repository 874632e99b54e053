"""Debian's belenios-tool, unmodified: it accepts the elections that we hold, and refuses them once
they are tampered with; we accept the elections that it holds, and it accepts our ballots in them.

It is 2.0, which knows BELENIOS-2048 and not Ed25519."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quorate.ballots import ballot, credentials, threshold
from quorate.ballots.credentials import PublicCredential
from quorate.ballots.elections import fingerprint, read_election
from quorate.ballots.elgamal import elgamal
from quorate.ballots.groups.named import BELENIOS_2048
from quorate.ballots.trustees import read_trustees
from quorate.ballots.verify.whole import verify
from support import bel, tampering
from support.belenios import ToolElection, verified_by_tool
from support.secret_election import everything, plain, shared

pytestmark = pytest.mark.xdist_group("strangers")

QUESTIONS = {
    "description": "Über «alles»",
    "name": "Wahl",
    "questions": [
        {"answers": ["Ána", "B"], "min": 1, "max": 1, "question": "Chair?"},
        {"answers": ["Yes", "No"], "blank": True, "min": 1, "max": 1, "question": "Motion?"},
        {"answers": ["A", "B", "C"], "min": 0, "max": 2, "question": "Approve"},
    ],
}
VOTES = [
    [[1, 0], [0, 1, 0], [1, 1, 0]],
    [[0, 1], [1, 0, 0], [0, 0, 0]],
    [[0, 1], [0, 0, 1], [0, 1, 1]],
]
SUMS = [[1, 2], [1, 1, 1], [1, 2, 1]]


@pytest.mark.parametrize(
    "held",
    [
        lambda: everything("BELENIOS-2048"),
        lambda: plain("BELENIOS-2048"),
        lambda: shared("BELENIOS-2048"),
    ],
    ids=["everything", "alone", "threshold and weights"],
)
def test_it_accepts_our_elections(held: Any, tmp_path: Path) -> None:
    content = held().content
    assert verify(content).sound
    status, said = verified_by_tool(content, tmp_path / "box")
    assert status == 0, said
    assert "all checks passed" in said


@pytest.mark.parametrize(
    "way",
    [
        "ballot dropped",
        "signature altered",
        "decryption proof altered",
        "result altered",
        "trustee's proof altered",
    ],
)
def test_it_refuses_what_was_tampered_with(way: str, tmp_path: Path) -> None:
    """So that its word for the others is worth something. It computes the tally itself, whatever
    the archive says, so a tally that was exchanged is left to us."""
    timestamp, steps = bel.taken_apart(plain("BELENIOS-2048").content)
    _kind, _words, tamper = (tampering.EVERYWHERE | tampering.SINGLE)[way]
    content = bel.together(timestamp, tamper(steps))
    assert not verify(content).sound
    status, said = verified_by_tool(content, tmp_path / "box")
    assert status != 0, said


@pytest.mark.parametrize(
    ("trustees", "t_of_n", "owners"),
    [(2, None, (1, 2)), (1, (2, 3), (2, 1, 4)), (0, (2, 3), (1, 3))],
    ids=["alone", "mixed", "threshold"],
)
def test_we_accept_its_elections(
    trustees: int, t_of_n: tuple[int, int] | None, owners: tuple[int, ...], tmp_path: Path
) -> None:
    held = ToolElection(tmp_path / "box", QUESTIONS, 3, trustees=trustees, threshold=t_of_n)
    for voter, votes in enumerate(VOTES):
        held.cast(voter, votes)
    assert held.count(*owners) == SUMS
    report = verify(held.content)
    assert report.sound, report.findings
    assert report.result == tuple(map(tuple, SUMS))


def test_trustees_in_the_form_of_2_0(tmp_path: Path) -> None:
    """No context in the certificates, no signatures of the whole: what holds of them is checked."""
    held = ToolElection(tmp_path / "box", QUESTIONS, 1, trustees=0, threshold=(2, 3))
    timestamp, steps = bel.taken_apart(held.content)
    (kind,) = read_trustees(BELENIOS_2048, steps[0].data[1]).kinds
    assert isinstance(kind, threshold.ThresholdParameters)
    assert kind.signatures is None
    for way in (
        "threshold lowered",
        "threshold above",
        "coefficients swapped",
        "keys swapped",
        "certificate's signature altered",
        "a trustee dropped",
    ):
        changed = tampering.THRESHOLD[way].tamper(steps)
        report = verify(bel.together(timestamp, changed))
        assert [finding.kind for finding in report.findings] == ["trustees"], (way, report)


def test_our_ballot_in_its_election(tmp_path: Path) -> None:
    own = [credentials.new_credential() for _ in VOTES]

    def roll(uuid: str) -> bytes:
        keys = [credentials.public(BELENIOS_2048, uuid, credential) for credential in own]
        return credentials.write_roll(
            BELENIOS_2048, tuple(PublicCredential(key, None) for key in keys)
        )

    held = ToolElection(tmp_path / "box", QUESTIONS, 3, trustees=1, roll=roll)
    raw = bel.taken_apart(held.content)[1][0].data[0]
    election = read_election(raw)
    key = elgamal(election.group, election.public_key)
    for credential, votes in zip(own, VOTES, strict=True):
        secret = credentials.secret(election.group, election.uuid, credential)
        made = ballot.cast(key, election, fingerprint(raw), secret, votes)
        held.add("Ballot", ballot.write_ballot(election, made).decode())
    assert held.count(1) == SUMS
    status, said = verified_by_tool(held.content, tmp_path / "again")
    assert status == 0, said
    assert verify(held.content).sound
