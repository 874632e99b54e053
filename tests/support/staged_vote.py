"""An election by secret ballot that is open, in a real database. Run by tests, in a process of its
own: python staged_vote.py FOLDER RULE CANDIDATES. Says one JSON object: the election's ``number``,
the time ``now`` (ms), ``people`` (member → name, address, branch), ``codes`` (member → what their
device keeps of their key; the last delegate has claimed none), ``close`` (ms)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from quorate.chapters.calendar import MINUTE
from support.secret_poll import called, rolled_convention
from support.staged import made, staged
from support.staged_box import StoredBoxes


def voting(folder: Path, rule: str, candidates: int) -> dict[str, Any]:
    made(folder)
    stored = staged(folder)
    stored.boxes = StoredBoxes(stored, [])  # type: ignore[assignment]
    changed = {
        "bodies.steering-committee__count": f'"{rule}"',
        "batch_minutes": "3",
        "poll_minutes": "300",
    }
    poll = called(*rolled_convention(1, stored, **changed), candidates)
    stored.go_to(poll.election.opens)
    stored.let_fall_due()
    stored.time += MINUTE
    from quorate.store.people import sheets_of

    members = stored.state.membership.members
    sheets = sheets_of(stored.lane.place, stored.state, list(members))
    return {
        "number": poll.number,
        "now": stored.time,
        "close": poll.election.closes,
        "people": {
            member: [sheets[member].name, sheets[member].email, members[member].branch]
            for member in members
        },
        "codes": poll.own.codes,
    }


if __name__ == "__main__":
    folder, rule, candidates = sys.argv[1:]
    print(json.dumps(voting(Path(folder), rule, int(candidates))))
