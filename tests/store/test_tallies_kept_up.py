"""Tallies that are kept up beside the lane, by several threads at once, and of many boxes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from quorate.ballots.batches import Waiting
from quorate.ballots.elections import fingerprint
from quorate.ballots.groups.named import ED25519
from quorate.store import tallying
from quorate.store.ballot_boxes import Cast
from support import secret_election
from support.boxes import tallied

BALLOTS, VOTERS = 90, 30
HELD = secret_election.begun(ED25519, [secret_election.MOTION], VOTERS, single=1)
ROWS = [
    Cast(
        f"{n:064x}",
        str(n % VOTERS),
        n // VOTERS + 1,
        HELD.cast(n % VOTERS, [[0, n % 2, 1 - n % 2]]),
    )
    for n in range(BALLOTS)
]


@dataclass
class Rows:
    """The ballots of one box, in their places, as the database gives them. ``met``: two threads
    ask for the next ones at the same time, as far as anybody lets them."""

    met: threading.Barrier = field(default_factory=lambda: threading.Barrier(2))

    @property
    def placed_after(self) -> Callable[[int, int, int], list[Cast]]:
        """It is looked up before it is said after which place."""
        with suppress(threading.BrokenBarrierError):
            self.met.wait(0.2)
        return lambda election, place, most: ROWS[place : place + most]

    def waiting(self, election: int) -> list[Waiting]:
        return []

    def many(self, election: int) -> int:
        return BALLOTS


def box(raw: bytes = HELD.raw) -> Any:
    return SimpleNamespace(election=1, asked=raw.decode(), phi=fingerprint(raw))


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rows]:
    monkeypatch.setattr(tallying, "ballot_boxes", made := Rows())
    yield made
    tallying._KEPT.clear()


def test_two_threads_that_take_in_the_same_box_leave_no_ballot_out(rows: Rows) -> None:
    """One of the server, and whoever has the lane at the close, just after a start."""
    threads = [threading.Thread(target=tallying.catch_up, args=[box()]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tallying._KEPT[fingerprint(HELD.raw)].holds_all()
    expected = tallied(HELD.election, [one.data for one in ROWS])
    assert tallying.of_all(box()) == expected


def test_a_tally_that_lacks_a_ballot_is_made_anew(rows: Rows) -> None:
    tallying.catch_up(box())
    kept = tallying._KEPT[fingerprint(HELD.raw)]
    kept._known.remove(ROWS[3].hash)  # nobody knows how
    kept._place = BALLOTS
    assert tallying.of_all(box()) == tallied(HELD.election, [one.data for one in ROWS])


def test_of_many_open_boxes_each_ballot_is_taken_in_once(
    rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows.met.abort()
    taken: list[str] = []
    monkeypatch.setattr(
        tallying.RunningTally, "take", lambda self, key, nth, data: taken.append(key)
    )
    opened = [box(HELD.raw.replace(HELD.election.uuid.encode(), uuid)) for uuid in UUIDS]
    assert len({one.phi for one in opened}) == len(UUIDS)
    for _ in range(3):
        tallying.keep_up(opened)
    assert len(taken) == BALLOTS * len(UUIDS)
    tallying.keep_up(opened[:1])
    assert list(tallying._KEPT) == [opened[0].phi]


UUIDS = [HELD.election.uuid[:-1].encode() + b"%d" % n for n in range(1, 10)]
