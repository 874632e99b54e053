"""Casting a ballot: what is let into a box, and the promise that is given for it.

Who casts it is not asked: the credential that signs it is enough. What costs little is asked first.
Then the proofs are checked, by processes beside this one, and what is let in at the same time is
written in one transaction. Only that much of the server can be at the door at once, so a crowd of
voters, or of somebody's programs, holds up nobody who does anything else.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from hashlib import sha256

from quorate.ballots.door import Admitted, Door, unproved
from quorate.chapters.plain import on
from quorate.chapters.secret.remembers import Box
from quorate.chapters.state import State
from quorate.record import promise
from quorate.store import ballot_boxes, ballot_files, record_keys
from quorate.store.at_the_door import AtTheDoor, Busy, Key
from quorate.store.lane import Lane
from quorate.store.letting_in import Coming, LettingIn
from quorate.store.place import Place
from quorate.store.proof_checkers import Checkers, Lost

MAX_BYTES = 1_000_000
"""Of any ballot, before it is known of which election."""

_CHECKERS = Checkers(os.cpu_count() or 1)
_AT_THE_DOOR = AtTheDoor()
_LETTING_IN = LettingIn()

_MOST_DOORS = 64
_DOORS: OrderedDict[str, Door] = OrderedDict()
_MAKING = threading.Lock()


class Closed(Exception):
    """No ballot can be cast there now; says why, and what to do."""


def cast(lane: Lane, state: State, election: int, data: bytes) -> str:
    """The signed promise that the ballot goes in with the next batch; again for one that was cast
    already. ``state``: of a moment ago; that voting is open still is looked at in the lane. Raises
    Closed, Busy, NotAdmitted, Halted."""
    hash = sha256(data).hexdigest()
    if len(data) <= MAX_BYTES and ballot_boxes.is_there(election, hash):
        # The state of now is none from before it came: the batch that was due then may have gone in
        # without it.
        return _promised(lane.place, lane.now().state, election, hash)
    box = _open_box(state, lane.clock.now(state.time), election)
    door = _door(state, box)
    admitted = door.look_at(data, (), lambda key: ballot_boxes.cast_by(election, key))
    with _AT_THE_DOOR.one(Key(election, admitted.credential)):
        _check_proofs(box, admitted)
        coming = Coming(election, hash, admitted, door.ballots_each)
        state = _LETTING_IN.let_in(lane, coming, _open_box)
    return _promised(lane.place, state, election, hash)


def make_ready() -> None:
    """Has the processes started that check proofs."""
    _CHECKERS.make_ready()


def _check_proofs(box: Box, ballot: Admitted) -> None:
    """Raises NotAdmitted, Busy."""
    try:
        fault = _CHECKERS.fault(box.asked.encode(), ballot.data)
    except Lost:
        raise Busy("It could not be checked. Cast it again.", 1) from None
    if fault is not None:
        _AT_THE_DOOR.failed(Key(box.election, ballot.credential))
        raise unproved(fault)


def _open_box(state: State, time: int, number: int) -> Box:
    election, box = state.elections.elections.get(number), state.secret.boxes.get(number)
    if election is None or not election.register:
        raise Closed(f"There is no secret ballot in election {number}. Check its number.")
    if time >= election.closes or election.closed is not None:
        raise Closed(f"Voting closed on {on(election.closes)}. Nothing can be cast any more.")
    if box is None:
        raise Closed(f"Voting opens on {on(election.opens)}. Come back then.")
    return box


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
