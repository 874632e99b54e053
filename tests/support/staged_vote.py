"""An election by secret ballot, in a real database. Run by tests, in a process of its own: python
staged_vote.py FOLDER RULE CANDIDATES [held]. CANDIDATES: how many stand, or how many slates. With
"held" eleven have voted, and the result is stated; else voting is open. Says one JSON object: the
election's ``number``, the time ``now`` (ms), ``people`` (member → name, address, branch), ``codes``
(member → what their device keeps of their key; the last delegate has claimed none)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from quorate.chapters.calendar import MINUTE
from quorate.chapters.secret.asked import is_ranked
from support.secret_poll import Poll, called, rolled_convention
from support.staged import made, people, staged
from support.staged_box import StoredBoxes
from support.year import delegates

OFFICE = "bodies.steering-committee__"


def voting(folder: Path, rule: str, candidates: int, held: str = "") -> dict[str, Any]:
    made(folder)
    stored = staged(folder)
    stored.boxes = StoredBoxes(stored, [])  # type: ignore[assignment]
    changed = {f"{OFFICE}count": f'"{rule}"', "batch_minutes": "3", "poll_minutes": "300"}
    slates = rule.startswith("slate-")
    if slates:
        changed[f"{OFFICE}count"] += '\nslate_from = "delegates"'
        changed[f"{OFFICE}method"] = '"slate"'
    poll = called(*rolled_convention(1, stored, **changed), 0 if slates else candidates)
    for slate in range(candidates if slates else 0):
        put_forward(poll, slate)
    stored.go_to(poll.election.opens)
    stored.let_fall_due()
    stored.time += MINUTE
    if held:
        hold(poll, candidates)
    return {
        "number": poll.number,
        "now": stored.time,
        "people": people(stored),
        "codes": poll.own.codes,
    }


def put_forward(poll: Poll, slate: int) -> None:
    """A slate of as many delegates as there are seats, who all agree."""
    every = delegates(poll.small)
    on_it = [every[(slate + place) % len(every)] for place in range(poll.election.seats)]
    fields = {"election": poll.number, "title": f"List {slate + 1}", "members": on_it}
    poll.small.pure.do(on_it[0], "elections.propose_slate", **fields)
    for member in on_it[1:]:
        fields = {"election": poll.number, "slate": slate + 1, "yes": True}
        poll.small.pure.do(member, "elections.consent", **fields)


def hold(poll: Poll, candidates: int) -> None:
    """Everybody with a key votes; the trustees open the box."""
    voters = delegates(poll.small)[:11]
    for place, member in enumerate(voters):
        poll.cast(member, place % candidates + 1)
    poll.close()
    poll.papers_over()
    poll.small.pure.let_fall_due()
    if is_ranked(poll.election.count):
        poll.shuffle(1)
        poll.shuffle(2)
    for owner in (1, 3):
        poll.decrypt(owner)
    poll.state()


if __name__ == "__main__":
    folder, rule, candidates, *held = sys.argv[1:]
    print(json.dumps(voting(Path(folder), rule, int(candidates), *held)))
