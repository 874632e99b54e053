"""Casting a ballot: what is let into a box, and the promise that is given for it.

Who casts it is not asked: the credential that signs it is enough. What costs most is checked before
the lane is taken, so that a crowd of voters, or of somebody's programs, holds nobody up.
"""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from threading import Lock

from quorate.ballots.door import Admitted, Door, NotAdmitted
from quorate.chapters.plain import on
from quorate.chapters.secret.remembers import Box
from quorate.chapters.state import State
from quorate.record import promise
from quorate.store import ballot_boxes, ballot_files, record_keys
from quorate.store.lane import Lane
from quorate.store.place import Place

MAX_BYTES = 1_000_000
"""Of any ballot, before it is known of which election."""

_MOST_DOORS = 8
_DOORS: OrderedDict[str, Door] = OrderedDict()
_MAKING = Lock()


class Closed(Exception):
    """No ballot can be cast there now; says why, and what to do."""


class _There:
    """The trackers of the ballots that wait or are in."""

    def __init__(self, hash: str) -> None:
        self._hash = hash

    def __contains__(self, tracker: object) -> bool:
        return ballot_boxes.is_there(self._hash)


def cast(lane: Lane, election: int, data: bytes) -> str:
    """The signed promise that the ballot goes in with the next batch; again for one that was cast
    already. Raises Closed, NotAdmitted, Halted."""
    state = lane.now().state
    box = _open_box(state, lane.clock.now(state.time), election)
    hash = sha256(data).hexdigest()
    if len(data) <= MAX_BYTES and ballot_boxes.is_there(hash):
        return _promised(lane.place, state, election, hash)
    door = _door(state, box)
    admitted = door.admit(data, _There(hash), lambda key: ballot_boxes.cast_by(election, key))

    def put(state: State, time: int) -> str:
        _open_box(state, time, election)
        if not ballot_boxes.is_there(hash):
            _still_few(door, election, admitted)
            ballot_boxes.let_wait(election, admitted)
        return _promised(lane.place, state, election, hash)

    return lane.aside(put)


def _open_box(state: State, time: int, number: int) -> Box:
    election, box = state.elections.elections.get(number), state.secret.boxes.get(number)
    if election is None or not election.register:
        raise Closed(f"There is no secret ballot in election {number}. Check its number.")
    if time >= election.closes or election.closed is not None:
        raise Closed(f"Voting closed on {on(election.closes)}. Nothing can be cast any more.")
    if box is None:
        raise Closed(f"Voting opens on {on(election.opens)}. Come back then.")
    return box


def _still_few(door: Door, election: int, ballot: Admitted) -> None:
    """Raises NotAdmitted where others with the same key came in while this one was checked."""
    if ballot_boxes.cast_by(election, ballot.credential) >= door.ballots_each:
        raise NotAdmitted(
            "too many", f"{door.ballots_each} ballots were cast with this key, which is the most."
        )


def _door(state: State, box: Box) -> Door:
    """The door of the box, which all threads of a process share."""
    with _MAKING:
        if box.phi not in _DOORS:
            roll = ballot_files.there(state.secret.registers[box.register].roll)
            if roll is None:
                raise Closed("The roll of keys is missing on this server. Tell whoever runs it.")
            _DOORS[box.phi] = Door(box.asked.encode(), roll, box.rules.ballots_each)
            while len(_DOORS) > _MOST_DOORS:
                _DOORS.popitem(last=False)
        return _DOORS[box.phi]


def _promised(place: Place, state: State, election: int, hash: str) -> str:
    due = min(
        (one.time for one in state.calendar.deadlines if _grows(one.act, one.of, election)),
        default=state.elections.elections[election].closes,
    )
    keys = record_keys.signing(place, record_keys.in_force(place, state)[:1])
    return promise.sign(promise.Promise(place.origin, election, hash, due), keys[0])


def _grows(act: str, of: int, election: int) -> bool:
    return of == election and act in ("secret.box_grew", "secret.box_closed")
