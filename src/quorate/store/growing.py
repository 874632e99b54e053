"""Boxes that grow while a group of entries is written.

What an entry states of a box follows from the hashes of the ballots that wait, and at the close
from the tally, which has been kept up beside the lane (``tallying``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from quorate.ballots import batches
from quorate.chapters.calendar import Deadline
from quorate.chapters.secret import contents
from quorate.chapters.state import State
from quorate.store import ballot_boxes, tallying
from quorate.store.ballot_boxes import Placed
from quorate.store.ballot_files import BallotFile


@dataclass
class Growing:
    """In one transaction. ``placed``: the ballots that get a place; ``tallies``: of boxes that are
    closed."""

    placed: dict[str, Placed] = field(default_factory=dict)
    tallies: list[BallotFile] = field(default_factory=list)

    def states(self, state: State, due: Deadline) -> dict[str, Any]:
        """What the entry states of a box that has just got its next batch."""
        box = state.secret.boxes[due.of]
        come = [one for one in ballot_boxes.waiting(due.of) if one.hash not in self.placed]
        batch = [one.hash for one in batches.in_order(come)]
        size = box.heads[-1].ballots
        self.placed |= {hash: Placed(hash, size + n) for n, hash in enumerate(batch, 1)}
        if due.act == "secret.box_grew":
            return contents.grew(box, batch)
        made = tallying.of_all(box)
        said = contents.closed(box, batch, made.tally, made.counted)
        self.tallies.append(BallotFile(said["tally"], made.tally))
        return said

    def keep(self) -> None:
        """Puts into the database what was stated."""
        ballot_boxes.place_all(list(self.placed.values()))
