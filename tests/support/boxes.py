"""Ballot boxes in memory, as the store keeps them beside the record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from quorate.ballots import batches
from quorate.ballots.door import Admitted, Door
from quorate.chapters.calendar import Deadline
from quorate.chapters.secret import contents
from quorate.chapters.state import State


@dataclass
class Boxes:
    """``waiting``, ``inside``: of each election, in their order. ``tallies``: by hash."""

    waiting: dict[int, list[Admitted]] = field(default_factory=dict)
    inside: dict[int, list[bytes]] = field(default_factory=dict)
    tallies: dict[str, bytes] = field(default_factory=dict)

    def cast(self, election: int, door: Door, data: bytes) -> None:
        waiting = self.waiting.setdefault(election, [])
        there = {one.tracker for one in waiting}
        waiting.append(
            door.admit(data, there, lambda key: sum(k.credential == key for k in waiting))
        )

    def states(self, state: State, due: Deadline) -> dict[str, Any]:
        """What falls due, done: the batch is in."""
        box = state.secret.boxes[due.of]
        batch = [one.data for one in batches.in_order(self.waiting.pop(due.of, []))]
        before = list(self.inside.get(due.of, ()))
        self.inside[due.of] = before + batch
        if due.act == "secret.box_grew":
            return contents.grew(box, batch).fields
        said = contents.closed(box, before, batch)
        assert said.tally is not None
        self.tallies[said.fields["tally"]] = said.tally
        return said.fields
