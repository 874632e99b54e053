"""A box as its archive, put together from the state and from what lies beside the record."""

from __future__ import annotations

from collections.abc import Iterator

from quorate.ballots import box as boxes
from quorate.ballots import result, trustees
from quorate.ballots.box import Made, Parts
from quorate.ballots.elections import read_election
from quorate.ballots.register import GROUP
from quorate.chapters.secret.remembers import Box
from quorate.chapters.secret.whole import trustees_of
from quorate.chapters.state import State
from quorate.store import ballot_boxes, ballot_files
from quorate.store.box_door import result_of


class NotWhole(Exception):
    """Something of the box is missing on this server; says what."""


def archive(state: State, number: int) -> Iterator[bytes]:
    """The archive of the election's box, as far as it has come, in pieces. Raises NotWhole."""
    return boxes.write(_parts(state, state.secret.boxes[number]))


def _parts(state: State, box: Box) -> Parts:
    register = state.secret.registers[box.register]
    found = None
    if box.whole:
        election = read_election(box.asked.encode())
        found = result.write_result(election, result_of(box, register, _there))
    return Parts(
        box.opened // 1000,
        box.asked.encode(),
        trustees.write_trustees(GROUP, trustees_of(register)),
        _there(register.roll),
        lambda: ballot_boxes.inside_box(box.election),
        (_there(box.tally), box.counted) if box.closed is not None else None,
        tuple(Made(part.owner, _there(part.data)) for part in box.shuffles),
        tuple(Made(part.owner, _there(part.data)) for part in box.decryptions),
        found,
    )


def _there(hash: str) -> bytes:
    data = ballot_files.there(hash)
    if data is None:
        raise NotWhole(f"{hash} is not on this server")
    return data
