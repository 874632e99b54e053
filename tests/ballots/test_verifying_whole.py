"""What verifying says of an election, in words and as JSON; on one process and on several."""

from __future__ import annotations

import json
from dataclasses import replace

from quorate.ballots import writing
from quorate.ballots.elections import read_election, write_election
from quorate.ballots.groups.named import ED25519
from quorate.ballots.questions import Homomorphic, NonHomomorphic
from quorate.ballots.verify import ballot_checks
from quorate.ballots.verify.whole import verify
from quorate.ballots.verify.words import as_json, in_plain_words
from support import bel
from support.secret_election import CHAIR, MOTION, RANKED, TIMESTAMP, begun, plain, ranked, shared


def test_the_result_in_words() -> None:
    words = list(in_plain_words(verify(plain().content)))
    assert '"Wer wird «Vorsitz»?" Ána: 0, Борис: 2, C: 1, D: 0, E: 0.' in words
    assert '"Motion 1?" blank: 1, Yes: 0, No: 2.' in words
    assert any(line.startswith("The ballots: 4, ") and " 3 count" in line for line in words)
    assert "Sound. The election has its result." in words
    assert archive_hash(plain().content) in words[-1]


def archive_hash(content: bytes) -> str:
    return bel.digest(bel.records(content)[-1][1])


def test_trustees_in_words() -> None:
    assert "3, of whom all must decrypt" in " ".join(verify(plain().content).checked)
    assert "2 of trustees 1 to 3 must" in " ".join(verify(shared().content).checked)
    mixed = begun(ED25519, [CHAIR], 1, single=1, threshold=(2, 3))
    assert "trustee 1 and 2 of trustees 2 to 4" in " ".join(verify(mixed.content).checked)


def test_an_election_that_is_open() -> None:
    held = begun(ED25519, [CHAIR], 2, single=1)
    assert "nobody has voted yet" in " ".join(in_plain_words(verify(held.content)))
    held.cast(0, [[1, 0, 0, 0, 0]])
    words = list(in_plain_words(verify(held.content)))
    assert "Sound so far. Voting is open; there is no result yet." in words
    assert not any("Борис" in line for line in words)


def test_as_json() -> None:
    told = json.loads(json.dumps(as_json(verify(ranked().content))))
    assert told["sound"]
    assert sorted(told["result"][0]) == [
        [0, 0, 0, 0, 0],
        [1, 2, 3, 4, 5],
        [1, 255, 2, 0, 3],
        [5, 4, 3, 2, 1],
    ]
    assert told["result"][1] == [1, 2, 1]
    assert (told["ballots"], told["counted"], told["findings"]) == (4, 4, [])
    assert told["last"] == archive_hash(ranked().content)
    assert as_json(verify(b""))["election"] is None


def test_nobody_voted() -> None:
    held = begun(ED25519, [CHAIR, MOTION], 2, single=1)
    held.close()
    held.open(1)
    report = verify(held.content)
    assert report.sound
    assert report.result == ((0, 0, 0, 0, 0), (0, 0, 0))


def test_weights() -> None:
    """Of nothing, and above 2^30, where Belenios writes a sum as text."""
    heavy = 2**30 + 5
    held = begun(ED25519, [CHAIR], 2, single=1, weights=[heavy, 0])
    held.cast(0, [[0, 1, 0, 0, 0]])
    held.cast(1, [[1, 0, 0, 0, 0]])
    held.close()
    held.open(1)
    report = verify(held.content)
    assert report.sound
    assert report.result == ((0, heavy, 0, 0, 0),)
    assert b'"total_weight":"1073741829"' in held.content
    assert b'{"result":[[0,"1073741829",0,0,0]]}' in held.content


def test_several_processes_say_the_same() -> None:
    held = begun(ED25519, [MOTION], 70, single=1)
    ballots = [held.cast(voter, [[0, 1, 0]]) for voter in range(70)]
    broken = bytearray(ballots[66])
    at = broken.rindex(b'"response":"') + len(b'"response":"')
    broken[at] = ord("1") if broken[at] != ord("1") else ord("2")
    ballots[66] = bytes(broken)
    alone = ballot_checks.faults(held.raw, ballots, 1)
    together = ballot_checks.faults(held.raw, ballots, 2)
    assert alone == together
    assert [place for place, fault in enumerate(alone) if fault] == [66]
    report = verify(held.content, 2)
    assert report.sound
    assert report.counted == 70


def test_more_trustees_than_are_needed() -> None:
    held = begun(ED25519, [CHAIR], 1, threshold=(2, 3))
    held.cast(0, [[0, 1, 0, 0, 0]])
    held.close()
    held.open(3, 1, 2)
    assert verify(held.content).result == ((0, 1, 0, 0, 0),)


def test_everything_that_an_election_may_say() -> None:
    """Two ranked questions, hints for counting, who is responsible, which language."""
    stv = NonHomomorphic(("A", "B"), "Rank «these»", {"method": "STV", "seats": 2})
    no_blank = Homomorphic(("\x7f", '\t"\\/'), False, 0, 2, "Any")
    held = begun(ED25519, [stv, no_blank, RANKED], 2, single=1)
    election = replace(
        held.election,
        administrator="Ádmin",
        credential_authority="Committee",
        language=("fr", "ltr"),
    )
    raw = write_election(election)
    assert read_election(raw) == election
    _timestamp, steps = bel.taken_apart(held.content)
    held.election, held.raw = election, raw
    content, held.end = writing.begin(TIMESTAMP, raw, *steps[0].data[1:])
    held.parts = [content]
    held.cast(0, [[1, 2], [1, 1], [1, 2, 3, 4, 5]])
    held.cast(1, [[2, 1], [0, 1], [5, 4, 3, 2, 1]])
    held.close()
    held.shuffle(1)
    held.open(1)
    report = verify(held.content)
    assert report.sound, report.findings
    assert report.result is not None
    first, any_, second = report.result
    assert sorted(first) == [(1, 2), (2, 1)]
    assert any_ == (1, 2)
    assert sorted(second) == [(1, 2, 3, 4, 5), (5, 4, 3, 2, 1)]
