"""Writing an archive (section 4.4): it only ever grows, an event and its payload at a time.

Each function gives the bytes to append, and the new end to append to.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from quorate.ballots import tar
from quorate.ballots.archive import DATA, EVENT, HEADER, Event, EventType, write_event, write_header
from quorate.ballots.elections import SetupData, write_setup_data
from quorate.ballots.owned import Owned, write_owned
from quorate.ballots.tally import SizedEncryptedTally, write_sized_tally


class End(NamedTuple):
    """Where an archive ends. ``timestamp``: of its beginning. ``height``: of the next event.
    ``last``: the last event's SHA-256."""

    timestamp: int
    height: int
    last: str | None


def begin(
    timestamp: int, election: bytes, trustees: bytes, credentials: bytes
) -> tuple[bytes, End]:
    """A new archive with its Setup. ``timestamp``: seconds since 1970."""
    setup = write_setup_data(SetupData(_hash(election), _hash(trustees), _hash(credentials)))
    header = tar.write(tar.Record(HEADER, timestamp, write_header(timestamp)))
    end = End(timestamp, 0, None)
    written, end = _append(end, "Setup", election, trustees, credentials, setup)
    return header + written, end


def after_setup(timestamp: int, election: bytes, trustees: bytes, credentials: str) -> End:
    """The end of an archive that holds its Setup only. ``credentials``: the SHA-256 of the roll."""
    setup = write_setup_data(SetupData(_hash(election), _hash(trustees), credentials))
    return _event(End(timestamp, 0, None), "Setup", _hash(setup))[1]


def ballot(end: End, ballot: bytes) -> tuple[bytes, End]:
    return _append(end, "Ballot", ballot)


def after_ballots(end: End, ballots: Iterable[str]) -> End:
    """The end when these are in. ``ballots``: the SHA-256 of each, in their order."""
    for hash in ballots:
        end = _event(end, "Ballot", hash)[1]
    return end


def end_ballots(end: End) -> tuple[bytes, End]:
    return _append(end, "EndBallots")


def encrypted_tally(
    end: End, tally: bytes, num_tallied: int, total_weight: int
) -> tuple[bytes, End]:
    sized = SizedEncryptedTally(num_tallied, total_weight, _hash(tally))
    return _append(end, "EncryptedTally", tally, write_sized_tally(sized))


def shuffle(end: End, owner: int, shuffle: bytes) -> tuple[bytes, End]:
    """``owner``: the trustee's place, from 1."""
    return _append(end, "Shuffle", shuffle, write_owned(Owned(owner, _hash(shuffle))))


def end_shuffles(end: End) -> tuple[bytes, End]:
    return _append(end, "EndShuffles")


def partial_decryption(end: End, owner: int, partial: bytes) -> tuple[bytes, End]:
    """``owner``: the trustee's place, from 1."""
    owned = write_owned(Owned(owner, _hash(partial)))
    return _append(end, "PartialDecryption", partial, owned)


def result(end: End, result: bytes) -> tuple[bytes, End]:
    return _append(end, "Result", result)


def _append(end: End, type: EventType, *data: bytes) -> tuple[bytes, End]:
    """The data, the last of which is the event's payload, and the event."""
    event, grown = _event(end, type, _hash(data[-1]) if data else None)
    records = [tar.Record(_hash(body) + DATA, end.timestamp, body) for body in data]
    records.append(tar.Record(f"{grown.last}{EVENT}", end.timestamp, event))
    return b"".join(map(tar.write, records)), grown


def _event(end: End, type: EventType, payload: str | None) -> tuple[bytes, End]:
    event = write_event(Event(end.last, end.height, type, payload))
    return event, End(end.timestamp, end.height + 1, _hash(event))


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()
