"""What the pages of an election by secret ballot say to voters and to whoever checks, scene by
scene. Run by tests, in a process of its own: python vote_scenes.py FOLDER. Says one JSON object, as
``secret_scenes.py`` does.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from quorate.chapters.calendar import MINUTE
from support.secret_poll import Poll, called, rolled_convention
from support.secret_scenes import Looking
from support.staged import made, staged
from support.staged_box import StoredBoxes
from support.year import delegates

COUNT = {"bodies.steering-committee__count": '"plurality-at-large/1"', "batch_minutes": "3"}


def look(folder: Path) -> dict[str, Any]:
    made(folder)
    stored = staged(folder)
    stored.boxes = StoredBoxes(stored, [])  # type: ignore[assignment]
    poll = called(*rolled_convention(1, stored, **COUNT), 4)
    looking = Looking(stored)
    voter, *_, without = delegates(poll.small)
    nobody = next(m for m in poll.small.everyone if m not in delegates(poll.small))
    who = {"voter": voter, "without": without, "nobody": nobody, "outsider": ""}
    looking.seen["number"] = poll.number
    at_all(looking, poll, "nominating", who)
    stored.go_to(poll.election.opens)
    stored.let_fall_due()
    stored.time += MINUTE
    at_all(looking, poll, "voting", who)
    for member, mark in zip(delegates(poll.small)[:6], (1, 2, 3, 1, 1, 2), strict=True):
        poll.cast(member, mark)
    at_all(looking, poll, "voted", who)
    poll.close()
    at_all(looking, poll, "closed", who)
    looking.seen["head"] = poll.box.heads[-1].head
    looking.seen["entry"] = poll.box.heads[-1].entry
    looking.at("scripts", "", "/scripts")
    looking.at("an open election", voter, "/elections/1/vote")
    looking.at("no such election", voter, "/elections/99/vote")
    looking.at("an open election, checked", voter, "/elections/1/check")
    return looking.seen


def at_all(looking: Looking, poll: Poll, phase: str, who: dict[str, str]) -> None:
    """The pages as each of them sees them."""
    here = f"/elections/{poll.number}"
    pages = {
        "election": here,
        "vote": f"{here}/vote",
        "check": f"{here}/check",
        "audit": f"{here}/audit",
        "today": "/",
        "convention": "/convention",
    }
    for name, member in who.items():
        for page, address in pages.items():
            looking.at(f"{phase}: {page} of {name}", member, address)


if __name__ == "__main__":
    print(json.dumps(look(Path(sys.argv[1]))))
