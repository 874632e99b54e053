"""A tally that is kept up as ballots come is that of the whole box at its close."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.ballots.groups.named import ED25519
from quorate.ballots.running_tally import RunningTally
from support import secret_election
from support.boxes import tallied
from support.secret_election import CHAIR, RANKED

VOTERS = 4
HELD = secret_election.begun(ED25519, [CHAIR, RANKED], VOTERS, single=1)
CAST = [
    (voter, HELD.cast(voter, [[int(place == choice) for place in range(5)], [choice, 1, 2, 3, 4]]))
    for choice in range(3)
    for voter in range(VOTERS)
]


@settings(max_examples=30)
@given(st.lists(st.sampled_from(CAST), unique=True), st.randoms(use_true_random=False))
def test_in_whatever_order_ballots_are_taken(cast: list[tuple[int, bytes]], chance: object) -> None:
    nths: dict[int, int] = {}
    come = []
    for voter, data in cast:
        nths[voter] = nths.get(voter, 0) + 1
        come.append((str(voter), nths[voter], data))
    chance.shuffle(come)  # type: ignore[attr-defined]
    running = RunningTally(HELD.election)
    for one in come:
        running.take(*one)
    assert (running.write(), running.counted) == tallied(HELD.election, [one for _, one in cast])
