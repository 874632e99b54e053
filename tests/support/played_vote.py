"""Somebody plays in the demo that stops at a secret vote, with nothing but what it lends them: the
delegates vote who have not yet, and two trustees open the box. Run by tests, in a process of its
own: python played_vote.py FOLDER. Says one JSON object.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from quorate.ballots.elections import read_election
from quorate.cli.opening import set_up


def played(folder: Path) -> dict[str, Any]:
    set_up(folder)
    from quorate.demo import trustees, voting_keys
    from quorate.demo.lots import drawn
    from quorate.demo.telling import StoryClock, Telling
    from quorate.store.lane import Lane
    from quorate.store.place import open_place
    from quorate.web.accounts import lent

    clock = StoryClock(0)
    telling = Telling(Lane(open_place(folder), clock), clock)
    clock.time = telling.lane.now().state.time
    telling.credentials = json.loads((folder / lent.KEYS).read_text())
    files = {file.stem: json.loads(file.read_text()) for file in folder.glob("trustees/*.json")}
    telling.seeds = {side: file["seed"] for side, file in files.items()}
    ((number, box),) = telling.state.secret.boxes.items()
    before = box.heads[-1].ballots
    for member in telling.credentials:
        voting_keys.cast(telling, number, member, [1, 2])
    election = telling.state.elections.elections[number]
    left = election.closes - clock.time
    telling.go_to(election.closes)
    for teller in telling.state.offices.now["credentials-committee", ""][:2]:
        telling.do(teller.member, "elections.end_papers", election=number, total=0)
    trustees.open_box(telling, number)
    if telling.state.elections.elections[number].lot_needed:
        drawn(telling, [telling.somebody(branch, "tie") for branch in ("NG", "FE", "CR")])
    after = telling.state.secret.boxes[number]
    result = telling.state.elections.elections[number].result
    return {
        "purposes": sorted({file["for"] for file in files.values()}),
        "left": left,
        "before": before,
        "keys": telling.state.secret.registers[1].size,
        "lent": len(telling.credentials),
        "counted": after.counted,
        "elected": [] if result is None else list(result.elected),
        "first two": read_election(box.asked.encode()).questions[0].answers[:2],
    }


if __name__ == "__main__":
    print(json.dumps(played(Path(sys.argv[1]))))
