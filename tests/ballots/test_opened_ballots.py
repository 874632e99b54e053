"""Ballots that are opened instead of cast: they encrypt what they say, or they are found out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quorate.ballots import ballot, homomorphic, non_homomorphic, opened_ballot
from quorate.ballots.elections import fingerprint
from quorate.ballots.groups.named import BELENIOS_2048, ED25519
from quorate.ballots.homomorphic import Invalid
from quorate.ballots.json_form import Malformed
from quorate.ballots.opened_ballot import OpenedOtherwise
from support import bel
from support.command import quorate
from support.secret_election import APPROVAL, CHAIR, MOTION, RANKED, Held, begun

VOTES = [[0, 1, 0, 0, 0], [1, 0, 0], [1, 0, 0, 1, 0]]


def opened(held: Held, votes: list[list[int]], monkeypatch: pytest.MonkeyPatch) -> Any:
    """What a device saves of the ballot that it encrypted."""
    drawn: list[int] = []

    def drawing(group: Any) -> int:
        drawn.append(4711 + len(drawn))
        return drawn[-1]

    with monkeypatch.context() as patch:
        patch.setattr(homomorphic, "random_scalar", drawing)
        patch.setattr(non_homomorphic, "random_scalar", drawing)
        made = ballot.cast(held.key, held.election, held.phi, held.voters[0], votes)
    unsigned = json.loads(ballot.write_ballot(held.election, made))
    del unsigned["signature"]
    lengths = [len(ballot.ciphertexts(answer)) for answer in made.answers]
    randomness = [[str(drawn.pop(0)) for _ in range(length)] for length in lengths]
    assert not drawn
    return {"ballot": unsigned, "votes": list(map(list, votes)), "randomness": randomness}


def check(held: Held, value: Any) -> opened_ballot.OpenedBallot:
    return opened_ballot.check(held.key, held.election, held.phi, bel.compact(value))


@pytest.mark.parametrize("group", [ED25519, BELENIOS_2048], ids=lambda one: one.name)
def test_it_is_what_it_says(group: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ranked = [RANKED] if group is ED25519 else []
    votes = VOTES + [[1, 2, 3, 255, 0]] * len(ranked)
    held = begun(group, [CHAIR, MOTION, APPROVAL, *ranked], 1, single=1)
    value = opened(held, votes, monkeypatch)
    found = check(held, value)
    assert [list(one) for one in found.votes] == votes
    assert found.hash == fingerprint(bel.compact(value["ballot"]))


def test_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    held = begun(ED25519, [CHAIR, MOTION, APPROVAL, RANKED], 1, single=1)
    votes = [*VOTES, [1, 2, 3, 255, 0]]

    def changed(*path: Any, to: Any) -> Any:
        value = opened(held, votes, monkeypatch)
        *inner, last = path
        part = value
        for step in inner:
            part = part[step]
        part[last] = to
        return value

    for value in (
        changed("votes", 0, to=[1, 0, 0, 0, 0]),
        changed("votes", 1, to=[1, 0]),
        changed("votes", 1, to=[]),
        changed("votes", 3, to=[1, 2, 3, 254, 0]),
        changed("votes", 3, to=[1, 2, 3, 256, 0]),
        changed("randomness", 2, 0, to="1"),
        changed("randomness", 3, to=[]),
    ):
        with pytest.raises(OpenedOtherwise):
            check(held, value)
    proofs = opened(held, votes, monkeypatch)["ballot"]["answers"][0]["individual_proofs"]
    alpha = ED25519.write(ED25519.power(ED25519.g, 7))
    for value in (
        changed("ballot", "answers", 0, "individual_proofs", 0, to=proofs[1]),
        changed("ballot", "answers", 0, "choices", 0, "alpha", to=alpha),
        changed("ballot", "answers", 0, "choices", 0, "alpha", to=f"{0:064x}"),
        changed("ballot", "election_hash", to="A" * 43),
    ):
        with pytest.raises(Invalid):
            check(held, value)
    for value in (
        changed("votes", to=votes[:3]),
        changed("votes", 0, 0, to=-1),
        changed("randomness", 0, 0, to=str(ED25519.q)),
        changed("ballot", "signature", to={"hash": "", "proof": {}}),
        changed("ballot", to=None),
        changed("more", to=1),
    ):
        with pytest.raises(Malformed):
            check(held, value)


def test_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    held = begun(ED25519, [CHAIR, MOTION, APPROVAL], 1, single=1)
    value = opened(held, [[0, 1, 0, 0, 0], [1, 0, 0], [0, 0, 0, 0, 0]], monkeypatch)
    file, election = tmp_path / "opened.json", tmp_path / "election.json"
    file.write_bytes(bel.compact(value) + b"\n")
    election.write_bytes(held.raw)
    said = quorate("ballots", "opened", file, "--election", election).stdout
    assert fingerprint(bel.compact(value["ballot"])) in said
    assert '"Approve up to 3" nothing.' in said
    for bad in (tmp_path / "none", file):
        done = quorate("ballots", "opened", file, "--election", bad, check=False)
        assert done.returncode == 2
        assert str(bad) in done.stderr
        assert "Traceback" not in done.stderr
    value["votes"][0] = [1, 0, 0, 0, 0]
    file.write_bytes(bel.compact(value))
    done = quorate("ballots", "opened", file, "--election", election, "--json", check=False)
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "sound": False,
        "why": "question 1: the ballot encrypts something else",
    }
    for bad_content in (b"", b"{}", b"\xff"):
        file.write_bytes(bad_content)
        done = quorate("ballots", "opened", file, "--election", election, check=False)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
