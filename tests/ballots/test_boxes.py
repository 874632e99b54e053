"""A box made of its parts is the archive that grew, to the byte."""

from __future__ import annotations

from hashlib import sha256

import pytest

from quorate.ballots import archive, box, writing
from quorate.ballots.elections import read_setup_data
from quorate.ballots.owned import read_owned
from quorate.ballots.result import read_result
from quorate.ballots.tally import read_sized_tally
from quorate.ballots.trustees import read_trustees
from quorate.ballots.verify.whole import verify
from support.secret_election import Held, plain, ranked


def parts_of(held: Held) -> box.Parts:
    """Taken out of an archive that was written event by event."""
    read = archive.read(held.content)
    setup = read_setup_data(next(read.payloads("Setup"))[1])
    sized = read_sized_tally(next(read.payloads("EncryptedTally"))[1])

    def made(type: archive.EventType) -> tuple[box.Made, ...]:
        owned = [read_owned(payload) for _, payload in read.payloads(type)]
        return tuple(box.Made(one.owner, read.data[one.payload]) for one in owned)

    return box.Parts(
        read.timestamp,
        read.data[setup.election],
        read.data[setup.trustees],
        read.data[setup.credentials],
        lambda: [payload for _, payload in read.payloads("Ballot")],
        (read.data[sized.encrypted_tally], sized.num_tallied),
        made("Shuffle"),
        made("PartialDecryption"),
        next(read.payloads("Result"))[1],
    )


@pytest.mark.parametrize("held", [plain(), ranked()], ids=["plain", "ranked"])
def test_the_parts_make_the_same_archive(held: Held) -> None:
    parts = parts_of(held)
    assert b"".join(box.write(parts)) == held.content
    assert verify(b"".join(box.write(parts))).sound


@pytest.mark.parametrize("held", [plain(), ranked()], ids=["plain", "ranked"])
def test_the_head_is_known_without_the_roll(held: Held) -> None:
    read, parts = archive.read(held.content), parts_of(held)
    setup = read_setup_data(next(read.payloads("Setup"))[1])
    end = writing.after_setup(parts.timestamp, parts.election, parts.trustees, setup.credentials)
    assert (end.last, end.height) == (read.heads[0], 1)


@pytest.mark.parametrize("held", [plain(), ranked()], ids=["plain", "ranked"])
def test_the_heads_follow_from_hashes_and_the_tally(held: Held) -> None:
    read, parts = archive.read(held.content), parts_of(held)
    ballots = list(parts.ballots())
    end = writing.End(parts.timestamp, 1, read.heads[0])
    end = writing.after_ballots(end, [sha256(one).hexdigest() for one in ballots])
    assert (end.last, end.height) == (read.heads[len(ballots)], 1 + len(ballots))
    assert parts.tally is not None
    assert box.close(end, *parts.tally).last == read.heads[len(ballots) + 2]


@pytest.mark.parametrize("held", [plain(), ranked()], ids=["plain", "ranked"])
def test_the_result_is_what_was_decrypted(held: Held) -> None:
    parts = parts_of(held)
    assert parts.tally is not None
    last = parts.shuffles[-1].data if parts.shuffles else None
    decrypted = box.to_decrypt(held.election, parts.tally[0], last)
    by = {made.owner: made.data for made in parts.decryptions}
    keys = read_trustees(held.group, parts.trustees)
    found = box.result_of(held.election, keys, decrypted, by, parts.tally[1])
    assert parts.result is not None
    assert found == read_result(held.election, parts.result)


def test_an_identifier_follows_from_record_and_number() -> None:
    assert box.uuid_of("union.example", 3) == box.uuid_of("union.example", 3)
    several = {box.uuid_of(name, number) for name in ("a", "b") for number in range(50)}
    assert len(several) == 100
    assert all(len(one) == 22 for one in several)
