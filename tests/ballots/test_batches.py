"""Batches of ballots: no order but the hashes', and the last of each credential stays the last."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from quorate.ballots import writing
from quorate.ballots.batches import Waiting, in_order
from quorate.ballots.groups.named import ED25519
from quorate.ballots.verify.whole import verify
from support import secret_election
from support.secret_election import CHAIR


def waits(data: bytes, credential: str) -> Waiting:
    return Waiting(sha256(data).hexdigest(), credential)


come = st.lists(
    st.tuples(st.binary(min_size=1, max_size=8), st.sampled_from("abc")),
    unique_by=lambda one: one[0],
).map(lambda pairs: [waits(data, credential) for data, credential in pairs])


@given(come)
def test_it_is_the_same_ballots(waiting: list[Waiting]) -> None:
    assert sorted(in_order(waiting), key=lambda one: one.hash) == sorted(
        waiting, key=lambda one: one.hash
    )


@given(come)
def test_those_of_one_credential_stay_as_they_came(waiting: list[Waiting]) -> None:
    ordered = in_order(waiting)
    for credential in "abc":
        assert [one for one in ordered if one.credential == credential] == [
            one for one in waiting if one.credential == credential
        ]


@given(come, st.randoms())
def test_the_order_does_not_tell_in_which_voters_came(waiting: list[Waiting], any_: object) -> None:
    """Whoever comes before or after others, the batch is the same."""
    once = list({one.credential: one for one in waiting}.values())
    shuffled = list(once)
    any_.shuffle(shuffled)  # type: ignore[attr-defined]
    assert in_order(once) == in_order(shuffled)
    assert [one.hash for one in in_order(once)] == sorted(one.hash for one in once)


def test_a_batch_in_the_archive_verifies_and_the_last_ballot_counts() -> None:
    held = secret_election.begun(ED25519, [CHAIR], 3, single=1)
    waiting, came = [], {}
    for voter, choice in ((0, 0), (1, 1), (0, 2), (2, 1), (0, 3)):
        parts, end = list(held.parts), held.end
        data = held.cast(voter, [[int(place == choice) for place in range(5)]])
        held.parts, held.end = parts, end  # it waits outside
        waiting.append(waits(data, str(voter)))
        came[waiting[-1].hash] = data
    for one in in_order(waiting):
        held.grow(writing.ballot(held.end, came[one.hash]))
    held.close()
    held.open(1)
    report = verify(held.content)
    assert report.sound
    assert (report.ballots, report.counted) == (5, 3)
    assert report.result == ((0, 2, 0, 1, 0),)
