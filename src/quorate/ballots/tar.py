"""The old-style tar that an archive is (section 4.4): records one after the other, no end blocks.

Of a header only name, mode, owner, size, time, checksum and type are used; the rest is NUL, and so
is what fills the last block of a body.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_BLOCK = 512
_MODE = b"0000644"
_OWNER = b"0000000"
_CHECKSUM = slice(148, 156)


class BadTar(Exception):
    """The bytes are no archive; says at which record."""


class Record(NamedTuple):
    """A file in the archive. ``time``: seconds since 1970."""

    name: str
    time: int
    body: bytes


def read(data: bytes) -> Iterator[Record]:
    """The records of an archive, each held against what would be written for it. Raises BadTar."""
    at = 0
    number = 0
    while at < len(data):
        number += 1
        record, length = _read_one(data, at, number)
        yield record
        at += length


def write(record: Record) -> bytes:
    """A record's bytes, header and body."""
    filling = -len(record.body) % _BLOCK
    return _header(record.name, len(record.body), record.time) + record.body + bytes(filling)


def _read_one(data: bytes, at: int, number: int) -> tuple[Record, int]:
    header = data[at : at + _BLOCK]
    if len(header) < _BLOCK:
        raise BadTar(f"record {number} breaks off")
    if not any(header):
        raise BadTar(f"record {number} is empty: the archive has no end blocks")
    try:
        name = header[:100].rstrip(b"\0").decode("ascii")
        size, time = int(header[124:135], 8), int(header[136:147], 8)
    except ValueError:
        raise BadTar(f"record {number} has no readable header") from None
    if size < 0 or time < 0 or header != _header(name, size, time):
        raise BadTar(f"record {number} ({name}): the header is not as it would be written")
    body = data[at + _BLOCK : at + _BLOCK + size]
    record = Record(name, time, body)
    written = _BLOCK + size + -size % _BLOCK
    if len(body) < size or len(data) < at + written:
        raise BadTar(f"record {number} ({name}) breaks off")
    if any(data[at + _BLOCK + size : at + written]):
        raise BadTar(f"record {number} ({name}): what fills its last block is not NUL")
    return record, written


def _header(name: str, size: int, time: int) -> bytes:
    header = bytearray(_BLOCK)
    for start, value in (
        (0, name.encode("ascii")[:100]),
        (100, _MODE),
        (108, _OWNER),
        (116, _OWNER),
        (124, b"%011o" % size),
        (136, b"%011o" % time),
        (148, b" " * 8),
        (156, b"0"),
    ):
        header[start : start + len(value)] = value
    header[_CHECKSUM] = b"%06o\0 " % sum(header)
    return bytes(header)
