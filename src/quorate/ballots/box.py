"""A ballot box from its Setup to its result, made of its parts: the same parts always make the same
archive, byte for byte.

What is large is given as bytes, and the archive is written part by part, so that a large box is
never in memory whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple

from quorate.ballots import decryption, result, shuffles, tally, writing
from quorate.ballots.base58 import ALPHABET
from quorate.ballots.elections import Election
from quorate.ballots.result import Result
from quorate.ballots.tally import EncryptedTally
from quorate.ballots.trustees import Trustees
from quorate.ballots.writing import End

_UUID_LENGTH = 22
"""Characters of Base58: 128 bits."""


class Made(NamedTuple):
    """A shuffle or a partial decryption, by the trustee in the place ``owner``, from 1."""

    owner: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Parts:
    """What an archive is made of, as far as it has come. ``timestamp``: seconds since 1970.
    ``ballots``: in their order. ``tally``: its bytes and how many ballots are in it, once it is
    closed."""

    timestamp: int
    election: bytes
    trustees: bytes
    roll: bytes
    ballots: Callable[[], Iterable[bytes]]
    tally: tuple[bytes, int] | None = None
    shuffles: tuple[Made, ...] = ()
    decryptions: tuple[Made, ...] = ()
    result: bytes | None = None


def shuffle_statement(phi: str, owner: int, before: str, shuffle: str) -> str:
    """What the trustee signs of a shuffle. ``phi``: the election's fingerprint. ``before``,
    ``shuffle``: the SHA-256 of what is shuffled (the tally, or the last shuffle) and of the
    shuffle."""
    return f"shuffle_box|{phi}|{owner}|{before}|{shuffle}"


def decryption_statement(phi: str, owner: int, before: str, decryption: str) -> str:
    """What the trustee signs of a partial decryption. ``before``: the SHA-256 of the last shuffle,
    or of the tally where nothing is shuffled."""
    return f"decrypt_box|{phi}|{owner}|{before}|{decryption}"


def uuid_of(record: str, number: int) -> str:
    """The identifier of a record's election of this number, the same wherever it is made."""
    left = int(sha256(f"election|{record}|{number}".encode()).hexdigest(), 16)
    digits = []
    for _ in range(_UUID_LENGTH):
        left, digit = divmod(left, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(digits)


def write(parts: Parts) -> Iterator[bytes]:
    """The archive, in pieces."""
    written, end = writing.begin(parts.timestamp, parts.election, parts.trustees, parts.roll)
    yield written
    for one in parts.ballots():
        written, end = writing.ballot(end, one)
        yield written
    if parts.tally is None:
        return
    written, end = writing.end_ballots(end)
    yield written
    data, counted = parts.tally
    written, end = writing.encrypted_tally(end, data, counted, counted)
    yield written
    for owner, data in parts.shuffles:
        written, end = writing.shuffle(end, owner, data)
        yield written
    if parts.shuffles and parts.decryptions:
        written, end = writing.end_shuffles(end)
        yield written
    for owner, data in parts.decryptions:
        written, end = writing.partial_decryption(end, owner, data)
        yield written
    if parts.result is not None:
        yield writing.result(end, parts.result)[0]


def close(end: End, tally: bytes, counted: int) -> End:
    """The end after EndBallots and the tally. ``end``: after the last ballot. ``counted``: how many
    ballots are in the tally."""
    _, end = writing.end_ballots(end)
    return writing.encrypted_tally(end, tally, counted, counted)[1]


def to_decrypt(election: Election[Any], data: bytes, shuffle: bytes | None) -> EncryptedTally[Any]:
    """What trustees decrypt: the tally, with the last shuffle in it. Raises Malformed."""
    read = tally.read_tally(election.group, data)
    if shuffle is None:
        return read
    shuffled = shuffles.read_shuffle(election.group, shuffle)
    return shuffles.merged(election, read, shuffled.ciphertexts)


def result_of(
    election: Election[Any],
    trustees: Trustees[Any],
    decrypted: EncryptedTally[Any],
    decryptions: Mapping[int, bytes],
    counted: int,
) -> Result:
    """What the decryptions give, which are verified. ``counted``: how many ballots are in the
    tally. Raises Malformed, BadResult."""
    group = election.group
    partials = {
        owner: decryption.read_partial_decryption(group, data)
        for owner, data in decryptions.items()
    }
    factors = decryption.combined(group, trustees, partials)
    return result.compute(election, decrypted, factors, counted)
