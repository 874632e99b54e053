"""sirona (npm), an independent verifier, unmodified: it accepts the boxes of elections that were
held on the record, by three trustees of whom two decrypt. It cannot combine their decryptions of a
ranked question, so that box is shown to it as it stands before the result."""

from __future__ import annotations

from pathlib import Path

import pytest

from quorate.ballots.verify.whole import verify
from support import bel
from support.belenios import sirona
from support.exported import exported
from support.secret_poll import voting
from support.year import delegates

pytestmark = pytest.mark.xdist_group("strangers")

COUNTS = {"marks": '"plurality-at-large/1"', "ranks": '"scottish-stv/1"'}


@pytest.mark.parametrize("kind", COUNTS)
def test_it_accepts_a_box_of_the_record(kind: str, tmp_path: Path) -> None:
    count = {"bodies.steering-committee__count": COUNTS[kind]}
    made = voting(batch_minutes="3", **count)
    members = delegates(made.small)
    for place, member in enumerate((*members, members[0])):
        made.cast(member, place % 5 + 1)
    made.close()
    if kind == "ranks":
        for owner in (1, 2):
            made.shuffle(owner)
    for owner in (1, 3):
        made.decrypt(owner)
    made.state()
    out = exported(made.small.pure, tmp_path / "out")
    content = (out / "ballots" / f"election-{made.number}.bel").read_bytes()
    report = verify(content)
    assert report.findings == ()
    assert report.counted == 12
    if kind == "ranks":
        timestamp, steps = bel.taken_apart(content)
        assert steps.pop().type == "Result"
        content = bel.together(timestamp, steps)
    status, said = sirona(content, tmp_path / "box")
    assert status == 0, said
    assert "ballots found" in said
