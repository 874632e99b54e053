"""Public data (section 4.4): an archive's records, and the chain of events that refers to them.

An archive is read whole. Its form is checked here, and that the events follow each other as the
specification's table has them; what they say is checked in ``verify``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple, get_args

from quorate.ballots import tar
from quorate.ballots.elections import read_setup_data
from quorate.ballots.json_form import (
    Json,
    Malformed,
    canonical,
    dump,
    field,
    fields,
    hash_hex,
    optional_field,
    present,
    small,
    string,
)
from quorate.ballots.owned import read_owned
from quorate.ballots.tally import read_sized_tally

EventType = Literal[
    "Setup",
    "Ballot",
    "EndBallots",
    "EncryptedTally",
    "Shuffle",
    "EndShuffles",
    "PartialDecryption",
    "Result",
]

HEADER = "BELENIOS"
DATA = ".data.json"
EVENT = ".event.json"
_VERSION = 1
_WITHOUT_PAYLOAD = {"EndBallots", "EndShuffles"}

_FOLLOWS: dict[EventType | None, tuple[EventType, ...]] = {
    None: ("Setup",),
    "Setup": ("Ballot", "EndBallots"),
    "Ballot": ("Ballot", "EndBallots"),
    "EndBallots": ("EncryptedTally",),
    "EncryptedTally": ("Shuffle", "PartialDecryption"),
    "Shuffle": ("Shuffle", "EndShuffles"),
    "EndShuffles": ("PartialDecryption",),
    "PartialDecryption": ("PartialDecryption", "Result"),
    "Result": (),
}


class Event(NamedTuple):
    """An event. ``parent``, ``payload``: SHA-256 in hexadecimal, None where the type has none."""

    parent: str | None
    height: int
    type: EventType
    payload: str | None


@dataclass(frozen=True, slots=True)
class Archive:
    """``timestamp``: of the beginning, in seconds since 1970. ``data``: what events refer to, by
    its SHA-256. ``last``: the SHA-256 of the last event, which stands for the whole."""

    timestamp: int
    data: dict[str, bytes] = dataclasses.field(repr=False)
    events: tuple[Event, ...] = dataclasses.field(repr=False)
    last: str = ""

    @property
    def heads(self) -> tuple[str, ...]:
        """The SHA-256 of each event, in order: it stands for the archive as it was then."""
        return (*(event.parent for event in self.events[1:] if event.parent), self.last)

    def payloads(self, type: EventType) -> Iterator[tuple[Event, bytes]]:
        """The events of this type, in order, each with its payload."""
        for event in self.events:
            if event.type == type and event.payload is not None:
                yield event, self.data[event.payload]


class BadArchive(Exception):
    """The archive is not in form. ``kind``: form, canonical, chain, order, payload or repeated."""

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(why)
        self.kind = kind


def read(content: bytes) -> Archive:
    """Raises BadArchive."""
    try:
        records = list(tar.read(content))
    except tar.BadTar as error:
        raise BadArchive("form", str(error)) from None
    if not records:
        raise BadArchive("form", "the file is empty")
    timestamp = _read_header(records[0])
    data: dict[str, bytes] = {}
    twice: list[str] = []
    events: list[Event] = []
    last: str | None = None
    unused: set[str] = set()
    state = _State()
    for number, record in enumerate(records[1:], 2):
        hash = _checked_record(record, number, timestamp)
        if record.name.endswith(DATA):
            twice += [hash] if hash in data else []
            data[hash] = record.body
            unused.add(hash)
            continue
        event = _read_event(record, number)
        state.follow(event, last)
        for used in _used_by(event, data):
            unused.discard(used)
        events.append(event)
        last = hash
    if twice:
        raise BadArchive("repeated", f"{_short(twice[0])} stands in the archive twice")
    if unused:
        raise BadArchive("payload", f"no event refers to {_short(min(unused))}")
    if last is None:
        raise BadArchive("order", "there is no event, not even Setup")
    return Archive(timestamp, data, tuple(events), last)


def write_header(timestamp: int) -> bytes:
    return dump(_header_json(timestamp))


def write_event(event: Event) -> bytes:
    return dump(_event_json(event))


class _State:
    """Where the sequence of events stands."""

    def __init__(self) -> None:
        self.height = 0
        self.type: EventType | None = None
        self.ballots: dict[str, int] = {}

    def follow(self, event: Event, last: str | None) -> None:
        """Raises BadArchive unless the event may come next. ``last``: the hash of the previous."""
        here = f"event {self.height} ({event.type})"
        if event.type not in _FOLLOWS[self.type]:
            after = f"after {self.type}" if self.type else "at the beginning"
            expected = " or ".join(_FOLLOWS[self.type]) or "nothing"
            raise BadArchive("order", f"{here} stands {after}, where {expected} has to follow")
        if event.height != self.height:
            raise BadArchive("chain", f"{here} says that its height is {event.height}")
        if event.parent != last:
            raise BadArchive("chain", f"{here} does not name the event before it as its parent")
        if event.type == "Ballot" and event.payload is not None:
            if event.payload in self.ballots:
                raise BadArchive(
                    "repeated",
                    f"{here} casts the very ballot again that event "
                    f"{self.ballots[event.payload]} cast",
                )
            self.ballots[event.payload] = self.height
        self.type = event.type
        self.height += 1


def _read_header(record: tar.Record) -> int:
    if record.name != HEADER:
        raise BadArchive("form", f'it begins with "{record.name}", not with {HEADER}')

    def read(value: Json) -> int:
        header = fields(value, ("version", "timestamp"))
        if field(header, "version", small) != _VERSION:
            raise Malformed("this verifier knows version 1 only", "version")
        text = field(header, "timestamp", string)
        if text != str(record.time):
            raise Malformed("not the time of the record", "timestamp")
        return record.time

    try:
        return canonical(record.body, read, _header_json)
    except Malformed as error:
        raise BadArchive("form", f"{HEADER}: {error}") from None


def _header_json(timestamp: int) -> Json:
    return {"version": _VERSION, "timestamp": str(timestamp)}


def _checked_record(record: tar.Record, number: int, timestamp: int) -> str:
    """The hash that a record is called by."""
    hash, dot, ending = record.name.partition(".")
    if dot + ending not in (DATA, EVENT):
        raise BadArchive("form", f'record {number}: unknown name "{record.name}"')
    if hash != sha256(record.body).hexdigest():
        raise BadArchive("form", f"record {number} ({_short(hash)}) is not what its name says")
    if record.time != timestamp:
        raise BadArchive("form", f"record {number} ({_short(hash)}) has a time of its own")
    return hash


def _read_event(record: tar.Record, number: int) -> Event:
    try:
        return canonical(record.body, _event, _event_json)
    except Malformed as error:
        kind = "canonical" if type(error) is not Malformed else "form"
        raise BadArchive(kind, f"record {number}, an event: {error}") from None


def _event(value: Json) -> Event:
    record = fields(value, ("height", "type"), ("parent", "payload"))
    return Event(
        optional_field(record, "parent", hash_hex),
        field(record, "height", small),
        field(record, "type", _event_type),
        optional_field(record, "payload", hash_hex),
    )


def _event_type(value: Json) -> EventType:
    for known in get_args(EventType):
        if value == known:
            found: EventType = known
            return found
    raise Malformed("unknown")


def _event_json(event: Event) -> Json:
    return present(parent=event.parent, height=event.height, type=event.type, payload=event.payload)


def _used_by(event: Event, data: dict[str, bytes]) -> list[str]:
    """The data that an event refers to, directly and through its payload."""
    here = f"event {event.height} ({event.type})"
    if event.type in _WITHOUT_PAYLOAD:
        if event.payload is not None:
            raise BadArchive("payload", f"{here} has a payload, and must have none")
        return []
    if event.payload is None:
        raise BadArchive("payload", f"{here} has no payload")
    if event.payload not in data:
        raise BadArchive("payload", f"{here}: its payload does not stand before it")
    try:
        inner = _inner(event.type, data[event.payload])
    except Malformed as error:
        kind = "canonical" if type(error) is not Malformed else "form"
        raise BadArchive(kind, f"{here}: {error}") from None
    for hash in inner:
        if hash not in data:
            raise BadArchive("payload", f"{here}: {_short(hash)} does not stand before it")
    return [event.payload, *inner]


def _inner(type: EventType, payload: bytes) -> list[str]:
    if type == "Setup":
        setup = read_setup_data(payload)
        return [setup.election, setup.trustees, setup.credentials]
    if type == "EncryptedTally":
        return [read_sized_tally(payload).encrypted_tally]
    if type in ("Shuffle", "PartialDecryption"):
        return [read_owned(payload).payload]
    return []


def _short(hash: str) -> str:
    return f"{hash[:12]}…"
