"""What the browser says of an archive is what `quorate ballots verify` says: the same elections are
sound, and the same tampering is found for the same reason."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from quorate.ballots.elections import fingerprint
from quorate.ballots.groups.named import ED25519
from quorate.ballots.result import result_json
from quorate.ballots.verify.whole import verify
from support import bel, tampering
from support.booth import Booth, NotDone
from support.secret_election import CHAIR, MADE, RANKED, begun

pytestmark = pytest.mark.xdist_group("booth")

ELECTIONS = ("plain", "shared", "ranked")
CASES = {way: name for name in reversed(ELECTIONS) for way in tampering.WAYS[name]}
"""Each way once, in the first election that it fits."""


@cache
def apart(election: str) -> tuple[int, bel.Steps]:
    return bel.taken_apart(MADE[election]().content)


@pytest.mark.parametrize("election", MADE)
def test_a_sound_archive(booth: Booth, election: str) -> None:
    content = MADE[election]().content
    report = verify(content)
    found = booth.work("verify", content=content, head=report.last)
    assert report.result is not None
    trackers = [fingerprint(step.data[0]) for step in apart(election)[1] if step.type == "Ballot"]
    assert found == {
        "stage": "Result",
        "last": report.last,
        "ballots": report.ballots,
        "counted": report.counted,
        "trackers": trackers,
        "result": result_json(report.result)["result"],
    }
    done = [[stage, of] for stage, far, of in booth.told if far == of]
    assert ["ballots", report.ballots] in done
    assert [stage for stage, _of in done][-1] == "decryptions"


@pytest.mark.parametrize("election", ELECTIONS)
def test_as_far_as_it_has_come(booth: Booth, election: str) -> None:
    """Cut off after any event, an archive is sound so far."""
    timestamp, steps = apart(election)
    for end in range(1, len(steps)):
        content = bel.together(timestamp, steps[:end])
        report = verify(content)
        found = booth.work("verify", content=content)
        assert (found["stage"], found["last"]) == (report.stage, report.last)
        assert found["ballots"] == report.ballots
        assert found["result"] is None


@pytest.mark.parametrize("way", CASES)
def test_tampering_is_found_for_what_it_is(booth: Booth, way: str) -> None:
    election = CASES[way]
    timestamp, steps = apart(election)
    kind, _words, tamper = tampering.WAYS[election][way]
    with pytest.raises(NotDone) as refused:
        booth.work("verify", content=bel.together(timestamp, tamper(list(steps))))
    assert refused.value.code.removeprefix("archive-") == kind, refused.value


def test_a_box_that_is_verified_by_several_workers(booth: Booth) -> None:
    """Somebody votes again, and it comes to the same tally as here; where one
    of the ballots does not hold, that is found, and no worker is left."""
    held = begun(ED25519, [CHAIR, RANKED], 70, single=1)
    for voter in range(70):
        held.cast(voter, [[int(place == voter % 5) for place in range(5)], [voter, 1, 2, 3, 4]])
    held.cast(3, [[1, 0, 0, 0, 0], [255, 1, 2, 3, 4]])
    held.close()
    assert booth.page.evaluate("navigator.hardwareConcurrency") > 1
    found = booth.work("verify", content=held.content)
    assert (found["ballots"], found["counted"]) == (71, 70)
    assert booth.told[-1] == ["ballots", 71, 71]
    timestamp, steps = bel.taken_apart(held.content)
    forged = steps[50].json()
    forged["signature"]["proof"]["challenge"] = "1"
    steps[50] = steps[50].with_json(forged)
    with pytest.raises(NotDone) as refused:
        booth.work("verify", content=bel.together(timestamp, steps))
    assert refused.value.code == "ballot"
    assert "ballot 50 " in refused.value.why
    assert booth.idle()


def test_another_head(booth: Booth) -> None:
    with pytest.raises(NotDone) as refused:
        booth.work("verify", content=MADE["plain"]().content, head="0" * 64)
    assert refused.value.code == "another-head"


def test_bytes_that_are_no_archive(booth: Booth) -> None:
    content = MADE["plain"]().content
    flipped = bytearray(content)
    flipped[len(content) // 2] ^= 1
    for bad in (b"", b"\0" * 512, b"{}", content[:-1], content[512:], bytes(flipped)):
        with pytest.raises(NotDone) as refused:
            booth.work("verify", content=bad)
        assert refused.value.code.startswith("archive-"), refused.value


def test_a_vote_that_was_copied(booth: Booth) -> None:
    """Another voter's answers under one's own credential: the proofs are bound to the first."""
    held = begun(ED25519, [CHAIR], 2, single=1)
    held.cast(0, [[0, 1, 0, 0, 0]])
    timestamp, steps = bel.taken_apart(held.content)
    copied: Any = json.loads(held.cast(1, [[1, 0, 0, 0, 0]]))
    copied["answers"] = steps[-1].json()["answers"]
    content = bel.together(timestamp, [*steps, bel.Step("Ballot", (bel.compact(copied),))])
    assert [finding.kind for finding in verify(content).findings] == ["ballot"]
    with pytest.raises(NotDone) as refused:
        booth.work("verify", content=content)
    assert refused.value.code == "ballot"
