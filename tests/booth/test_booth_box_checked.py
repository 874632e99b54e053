"""A box of the record, checked by the browser: against the heads that the record names, to its
result, and for the ballots of one key."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from quorate.ballots.archive import read
from quorate.ballots.elections import fingerprint
from quorate.ballots.verify.whole import verify
from quorate.chapters.calendar import MINUTE
from support.booth import Booth, NotDone
from support.exported import exported
from support.secret_poll import Poll, voting
from support.year import delegates

pytestmark = pytest.mark.xdist_group("booth")

COUNTS = {"marks": '"plurality-at-large/1"', "ranks": '"scottish-stv/1"'}
Heads = list[dict[str, Any]]


class Checked(NamedTuple):
    """``cast``: the ballots of the first delegate, in order; the code of their key."""

    poll: Poll
    content: bytes
    heads: Heads
    cast: list[bytes]
    code: str

    def by(self, booth: Booth, heads: Heads | None = None, code: str = "") -> Any:
        return booth.work(
            "checkBox",
            content=self.content,
            heads=self.heads if heads is None else heads,
            uuid=self.poll.own.phi,
            credential=code,
        )


@pytest.fixture(scope="module", params=COUNTS)
def checked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """Nine have voted, in two batches; the first of them twice."""
    count = {"bodies.steering-committee__count": COUNTS[request.param]}
    poll = voting(batch_minutes="3", **count)
    members = delegates(poll.small)[:9]
    cast = [poll.cast(members[0], 1)]
    poll.small.pure.go_to(poll.election.opens + 3 * MINUTE)
    poll.small.pure.let_fall_due()
    for place, member in enumerate(members[1:]):
        poll.cast(member, place % 5 + 1)
    cast.append(poll.cast(members[0], 2))
    poll.close()
    poll.papers_over()
    poll.small.pure.let_fall_due()
    if request.param == "ranks":
        for owner in (1, 2):
            poll.shuffle(owner)
    for owner in (1, 3):
        poll.decrypt(owner)
    poll.state()
    out: Path = exported(poll.small.pure, tmp_path_factory.mktemp("checked") / "out")
    content = (out / "ballots" / f"election-{poll.number}.bel").read_bytes()
    heads = [{"head": one.head, "ballots": one.ballots} for one in poll.box.heads]
    return Checked(poll, content, heads, cast, poll.own.codes[members[0]])


def test_it_holds_and_gives_the_result(booth: Booth, checked: Checked) -> None:
    found = checked.by(booth)
    report = verify(checked.content)
    assert report.sound
    assert (found["ballots"], found["counted"], found["own"]) == (10, 9, [])
    assert found["trackers"] == [
        fingerprint(data) for _, data in read(checked.content).payloads("Ballot")
    ]
    assert len(checked.heads) >= 4
    if checked.poll.small.state.elections.elections[checked.poll.number].box.sums:
        assert sum(found["result"][0]) == 9
    else:
        assert len(found["result"][0]) == 9


def test_the_ballots_of_one_key_are_found_in_order(booth: Booth, checked: Checked) -> None:
    assert checked.by(booth, code=checked.code)["own"] == [*map(fingerprint, checked.cast)]


@pytest.mark.parametrize(
    "changed",
    [
        lambda heads: [],
        lambda heads: [*heads[:1], heads[1] | {"ballots": 0}, *heads[2:]],
        lambda heads: [*heads[:-1], heads[-1] | {"head": "0" * 64}],
        lambda heads: [heads[0] | {"head": heads[1]["head"]}, *heads[1:]],
        lambda heads: heads[:2],
    ],
    ids=["none", "fewer ballots", "another head", "another first", "an earlier last"],
)
def test_a_box_that_is_not_the_records_is_refused(
    booth: Booth, checked: Checked, changed: Any
) -> None:
    with pytest.raises(NotDone) as refused:
        checked.by(booth, changed(checked.heads))
    assert refused.value.code == "another-box"
