"""Ballot boxes in memory, as the store keeps them beside the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from quorate.ballots import batches, box, result, tally, trustees
from quorate.ballots.ballot import read_ballot
from quorate.ballots.door import Admitted, Door
from quorate.ballots.elections import Election, read_election
from quorate.ballots.register import GROUP
from quorate.chapters.calendar import Deadline
from quorate.chapters.secret import contents
from quorate.chapters.secret.whole import trustees_of
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

    def archive(self, state: State, number: int, files: Mapping[str, bytes]) -> Iterator[bytes]:
        """The box's archive, with the result that the decryptions give."""
        kept = state.secret.boxes[number]
        register = state.secret.registers[kept.register]
        keys, asked = trustees_of(register), read_election(kept.asked.encode())
        tally = self.tallies[kept.tally] if kept.closed is not None else b""
        decryptions = tuple(box.Made(part.owner, files[part.data]) for part in kept.decryptions)
        outcome = None
        if kept.whole:
            last = files[kept.last] if kept.shuffles else None
            decrypted = box.to_decrypt(asked, tally, last)
            found = box.result_of(asked, keys, decrypted, dict(decryptions), kept.counted)
            outcome = result.write_result(asked, found)
        parts = box.Parts(
            kept.opened // 1000,
            kept.asked.encode(),
            trustees.write_trustees(GROUP, keys),
            files[register.roll],
            lambda: self.inside.get(number, ()),
            (tally, kept.counted) if tally else None,
            tuple(box.Made(part.owner, files[part.data]) for part in kept.shuffles),
            decryptions,
            outcome,
        )
        return box.write(parts)

    def states(self, state: State, due: Deadline) -> dict[str, Any]:
        """What falls due, done: the batch is in."""
        kept = state.secret.boxes[due.of]
        came = {sha256(one.data).hexdigest(): one for one in self.waiting.pop(due.of, [])}
        waits = [batches.Waiting(hash, one.credential) for hash, one in came.items()]
        batch = [one.hash for one in batches.in_order(waits)]
        inside = self.inside[due.of] = [
            *self.inside.get(due.of, ()),
            *(came[hash].data for hash in batch),
        ]
        if due.act == "secret.box_grew":
            return contents.grew(kept, batch)
        made, counted = tallied(read_election(kept.asked.encode()), inside)
        said = contents.closed(kept, batch, made, counted)
        self.tallies[said["tally"]] = made
        return said


def tallied(election: Election[Any], ballots: Iterable[bytes]) -> tuple[bytes, int]:
    """The tally of the whole box at once, and how many ballots are in it."""
    last = {}
    for data in ballots:
        read = read_ballot(election, data)
        last[read.credential] = read
    made = tally.tally(election, (tally.Weighted(1, one.answers) for one in last.values()))
    return tally.write_tally(election.group, made), len(last)
