"""Ballots that a browser makes are ballots: for `quorate.ballots`, sirona and belenios-tool."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quorate.ballots import ballot, credentials
from quorate.ballots.credentials import PublicCredential
from quorate.ballots.elections import fingerprint, read_election
from quorate.ballots.groups.named import BELENIOS_2048, ED25519
from quorate.ballots.questions import Homomorphic, NonHomomorphic
from quorate.ballots.verify.whole import verify
from support import bel
from support.belenios import ToolElection, sirona, verified_by_tool
from support.booth import Booth, NotDone
from support.command import quorate
from support.secret_election import (
    APPROVAL,
    CHAIR,
    MOTION,
    RANKED,
    Held,
    begun,
)

pytestmark = pytest.mark.xdist_group("booth")

STRANGE = Homomorphic(("漢字", 'q"\\', "\t", "🗳️", "E"), True, 0, 2, "«\u2028»?")
QUESTIONS = (CHAIR, MOTION, APPROVAL, STRANGE)
VOTES = [
    [[0, 1, 0, 0, 0], [0, 1, 0], [1, 0, 1, 0, 1], [0, 1, 0, 0, 0, 1]],
    [[0, 0, 0, 0, 1], [1, 0, 0], [0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0]],
    [[0, 1, 0, 0, 0], [0, 0, 1], [0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0]],
]


def cast(booth: Booth, held: Held, voter: int, votes: Any) -> dict[str, str]:
    """A ballot that the browser makes, put into the box."""
    own = {"uuid": held.election.uuid, "credential": held.credentials[voter]}
    made = booth.work("encrypt", election=held.raw, votes=votes, **own)
    signed = booth.work("sign", election=held.raw, unsigned=made["unsigned"], **own)
    data = signed["ballot"].encode()
    assert signed["tracker"] == fingerprint(data)
    read = ballot.read_ballot(held.election, data)
    assert read.signature is not None
    assert read.signature.hash == made["hash"]
    held.put(voter, read)
    answer: dict[str, str] = signed
    return answer


@pytest.mark.parametrize("group", [ED25519, BELENIOS_2048], ids=lambda one: one.name)
def test_an_election_with_all_its_ballots_from_the_browser(
    booth: Booth, group: Any, tmp_path: Path
) -> None:
    """Five candidates, blank, approval, text that is not ASCII; somebody votes twice."""
    held = begun(group, QUESTIONS, 3, single=1, threshold=(2, 3))
    for voter, votes in enumerate(VOTES):
        cast(booth, held, voter, votes)
    cast(booth, held, 0, [[1, 0, 0, 0, 0], [1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1, 1]])
    held.close()
    held.open(1, 3, 4)
    report = verify(held.content)
    assert report.sound, report.findings
    assert (report.ballots, report.counted) == (4, 3)
    assert report.result == (
        (1, 1, 0, 0, 1),
        (2, 0, 1),
        (0, 1, 0, 1, 0),
        (1, 0, 0, 0, 1, 1),
    )
    checker = sirona if group is ED25519 else verified_by_tool
    status, said = checker(held.content, tmp_path / "box")
    assert status == 0, said


def test_ranked_ballots(booth: Booth, tmp_path: Path) -> None:
    thirty = NonHomomorphic(tuple(map(str, range(30))), "Rank all", None)
    held = begun(ED25519, [RANKED, thirty], 3, single=2)
    votes = [
        [[1, 2, 3, 4, 5], list(range(30))],
        [[0, 0, 0, 0, 0], [255] * 30],
        [[5, 4, 3, 2, 1], [0] * 30],
    ]
    for voter, vote in enumerate(votes):
        cast(booth, held, voter, vote)
    held.close()
    held.shuffle(1, 2)
    held.open(1, 2)
    report = verify(held.content)
    assert report.sound, report.findings
    assert report.result is not None
    for place in (0, 1):
        assert sorted(report.result[place]) == sorted(tuple(vote[place]) for vote in votes)


def test_a_ranked_ballot_is_accepted_by_sirona(booth: Booth, tmp_path: Path) -> None:
    held = begun(ED25519, [RANKED], 2, single=2)
    for voter, votes in enumerate(([1, 2, 3, 4, 5], [2, 0, 1, 255, 3])):
        cast(booth, held, voter, [votes])
    held.close()
    held.shuffle(1, 2)
    held.open(1, 2)
    status, said = sirona(held.content, tmp_path / "box")
    assert status == 0, said


def test_in_an_election_of_belenios_tool(booth: Booth, tmp_path: Path) -> None:
    """Its election, its trustee, its count; one ballot is the browser's."""
    credential = credentials.new_credential()
    questions = {
        "description": "Über «alles»",
        "name": "Wahl",
        "questions": [
            {"answers": ["Ána", "Борис", "C", "D", "E"], "min": 1, "max": 1, "question": "Chair?"},
            {"answers": ["Yes", "No"], "blank": True, "min": 1, "max": 1, "question": "Motion?"},
            {"answers": ["A", "B", "C"], "min": 0, "max": 3, "question": "Approve"},
        ],
    }

    def roll(uuid: str) -> bytes:
        key = credentials.public(BELENIOS_2048, uuid, credential)
        return credentials.write_roll(BELENIOS_2048, (PublicCredential(key, None),))

    held = ToolElection(tmp_path / "box", questions, 1, trustees=1, roll=roll)
    raw = bel.taken_apart(held.content)[1][0].data[0]
    own = {"election": raw, "uuid": read_election(raw).uuid, "credential": credential}
    made = booth.work("encrypt", votes=[[0, 1, 0, 0, 0], [1, 0, 0], [1, 1, 1]], **own)
    held.add("Ballot", booth.work("sign", unsigned=made["unsigned"], **own)["ballot"])
    assert held.count(1) == [[0, 1, 0, 0, 0], [1, 0, 0], [1, 1, 1]]
    status, said = verified_by_tool(held.content, tmp_path / "again")
    assert status == 0, said
    assert verify(held.content).sound


NOT_ALLOWED: dict[str, Any] = {
    "two of one": [[1, 1, 0, 0, 0], [0, 1, 0]],
    "none of one": [[0, 0, 0, 0, 0], [0, 1, 0]],
    "blank and a choice": [[1, 0, 0, 0, 0], [1, 1, 0]],
    "two for one": [[2, 0, 0, 0, 0], [0, 1, 0]],
    "minus": [[1, 1, -1, 0, 0], [0, 1, 0]],
    "too short": [[1, 0, 0, 0], [0, 1, 0]],
    "a question left out": [[1, 0, 0, 0, 0]],
    "text": [["1", 0, 0, 0, 0], [0, 1, 0]],
}


@cache
def two_questions() -> Held:
    return begun(ED25519, [CHAIR, MOTION], 2, single=1)


@pytest.mark.parametrize("name", NOT_ALLOWED)
def test_what_the_question_does_not_allow_is_not_encrypted(booth: Booth, name: str) -> None:
    held = two_questions()
    own = {"uuid": held.election.uuid, "credential": held.credentials[0]}
    with pytest.raises(NotDone) as refused:
        booth.work("encrypt", election=held.raw, votes=NOT_ALLOWED[name], **own)
    assert refused.value.code == "vote-not-allowed"


def test_bad_credentials(booth: Booth) -> None:
    held = two_questions()
    votes = [[0, 1, 0, 0, 0], [0, 1, 0]]
    uuid = held.election.uuid
    with pytest.raises(NotDone) as refused:
        booth.work("encrypt", election=held.raw, uuid=uuid, credential="mine", votes=votes)
    assert refused.value.code == "not-a-credential"
    first, second = held.credentials
    made = booth.work("encrypt", election=held.raw, uuid=uuid, credential=first, votes=votes)
    unsigned = made["unsigned"]
    with pytest.raises(NotDone) as refused:
        booth.work("sign", election=held.raw, uuid=uuid, credential=second, unsigned=unsigned)
    assert refused.value.code == "another-credential"


def changed(value: Any, **more: Any) -> bytes:
    return bel.compact(value | more)


BAD_ELECTIONS: dict[str, Any] = {
    "another group": lambda one: changed(one, group="RFC-3526-2048"),
    "no group": lambda one: changed(one, group="__proto__"),
    "a key that hides nothing": lambda one: changed(one, public_key=ED25519.write(ED25519.one)),
    "a key of no subgroup": lambda one: changed(one, public_key=f"{2**255 - 20:064x}"),
    "another version": lambda one: changed(one, version=2),
    "spaces": lambda one: json.dumps(one, ensure_ascii=False).encode(),
    "no questions": lambda one: changed(one, questions=[]),
    "a list question": lambda one: changed(one, questions=[{"type": "Lists", "value": {}}]),
    "more than is known": lambda one: changed(one, more=1),
}


@pytest.mark.parametrize("name", BAD_ELECTIONS)
def test_nothing_is_encrypted_for_a_bad_election(booth: Booth, name: str) -> None:
    held = two_questions()
    raw = BAD_ELECTIONS[name](json.loads(held.raw))
    own = {"uuid": held.election.uuid, "credential": held.credentials[0]}
    with pytest.raises(NotDone) as refused:
        booth.work("encrypt", election=raw, votes=[[1, 0, 0, 0, 0], [0, 1, 0]], **own)
    assert refused.value.code in ("malformed", "not-canonical", "not-an-element")


@cache
def an_opened_ballot(booth: Booth) -> tuple[Held, dict[str, str], list[list[int]]]:
    """An encrypted ballot that is opened instead of cast."""
    held = begun(ED25519, [CHAIR, MOTION, APPROVAL, RANKED], 1, single=1)
    votes = [[0, 1, 0, 0, 0], [1, 0, 0], [1, 0, 0, 1, 0], [1, 2, 3, 255, 0]]
    own = {"uuid": held.election.uuid, "credential": held.credentials[0]}
    return held, booth.work("encrypt", election=held.raw, votes=votes, **own), votes


def test_an_opened_ballot_is_checked_in_the_browser_and_by_the_command(
    booth: Booth, tmp_path: Path
) -> None:
    held, made, votes = an_opened_ballot(booth)
    found = booth.work("checkOpened", election=held.raw, opening=made["opening"])
    assert found == {"hash": made["hash"], "votes": votes}
    (tmp_path / "opened.json").write_text(made["opening"])
    (tmp_path / "election.json").write_bytes(held.raw)
    (tmp_path / "box.bel").write_bytes(held.content)
    for election in ("election.json", "box.bel"):
        words = ("ballots", "opened", tmp_path / "opened.json", "--election", tmp_path / election)
        told = json.loads(quorate(*words, "--json").stdout)
        assert told == {"sound": True, "hash": made["hash"], "votes": votes}
        said = quorate(*words).stdout
        assert made["hash"] in said
        assert '"Wer wird «Vorsitz»?" Борис.' in said
        assert '"Motion 1?" blank.' in said
        assert '"Rank them" A: 1, B: 2, C: 3, D: 255, E: 0.' in said


def test_an_opened_ballot_cannot_be_cast(booth: Booth) -> None:
    held, made, _votes = an_opened_ballot(booth)
    assert "signature" not in json.loads(made["opening"])["ballot"]
    with pytest.raises(ballot.Malformed):
        ballot.read_ballot(held.election, bel.compact(json.loads(made["opening"])["ballot"]))


def lied(value: Any) -> None:
    value["votes"][0] = [1, 0, 0, 0, 0]


def ranked_otherwise(value: Any) -> None:
    value["votes"][3] = [2, 1, 3, 255, 0]


def other_randomness(value: Any) -> None:
    value["randomness"][1][0] = str(int(value["randomness"][1][0]) ^ 1)


def shorter(value: Any) -> None:
    value["votes"][2].pop()
    value["randomness"][2].pop()


def other_proof(value: Any) -> None:
    proofs = value["ballot"]["answers"][0]["individual_proofs"]
    proofs[0], proofs[1] = proofs[1], proofs[0]


def other_election(value: Any) -> None:
    value["ballot"]["election_hash"] = "A" * 43


def no_question(value: Any) -> None:
    value["votes"].pop()


@pytest.mark.parametrize(
    "change",
    [lied, ranked_otherwise, other_randomness, shorter, other_proof, other_election, no_question],
)
def test_a_device_that_encrypts_something_else_is_found(
    booth: Booth, change: Any, tmp_path: Path
) -> None:
    held, made, _votes = an_opened_ballot(booth)
    value = json.loads(made["opening"])
    change(value)
    with pytest.raises(NotDone) as refused:
        booth.work("checkOpened", election=held.raw, opening=bel.compact(value).decode())
    assert refused.value.code in ("opened-otherwise", "invalid-ballot", "malformed")
    (tmp_path / "opened.json").write_bytes(bel.compact(value))
    (tmp_path / "election.json").write_bytes(held.raw)
    words = ("--election", tmp_path / "election.json")
    done = quorate("ballots", "opened", tmp_path / "opened.json", *words, check=False)
    assert done.returncode == 1
    assert "NOT what it says it is" in done.stderr
