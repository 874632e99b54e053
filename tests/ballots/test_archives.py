"""Archives: their form, byte by byte, and growing."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.ballots import archive, tar
from quorate.ballots.archive import BadArchive
from quorate.ballots.verify.whole import verify
from support import bel
from support.secret_election import MADE, TIMESTAMP, plain, ranked


@pytest.mark.parametrize("election", MADE)
def test_tar_reads_it(election: str) -> None:
    """Python's tarfile, which nobody here wrote, finds the same files."""
    content = MADE[election]().content
    ours = list(tar.read(content))
    with tarfile.open(fileobj=io.BytesIO(content)) as opened:
        theirs = opened.getmembers()
        assert [(one.name, one.mtime) for one in theirs] == [(one.name, one.time) for one in ours]
        for member, record in zip(theirs, ours, strict=True):
            extracted = opened.extractfile(member)
            assert extracted is not None
            assert extracted.read() == record.body
    assert b"".join(map(tar.write, ours)) == content
    assert bel.records(content) == [(record.name, record.body) for record in ours]


@settings(max_examples=60)
@given(st.integers(0), st.integers(1, 255))
def test_no_byte_can_be_changed(place: int, by: int) -> None:
    content = bytearray(plain().content)
    content[place % len(content)] ^= by
    assert not verify(bytes(content)).sound


@settings(max_examples=40)
@given(st.integers(0))
def test_an_archive_that_breaks_off(length: int) -> None:
    """Only at the end of an event is it whole, and then says how far it has come."""
    content = plain().content
    cut = content[: length % len(content)]
    report = verify(cut)
    if report.sound:
        assert cut[-512:] != b""
        assert report.result is None
    else:
        assert report.findings[0].kind in ("form", "order", "payload")


def test_every_state_of_an_election_is_sound() -> None:
    for election, stages in (
        (plain(), ["Setup", "Ballot", "EndBallots", "EncryptedTally", "PartialDecryption"]),
        (ranked(), ["EncryptedTally", "Shuffle", "EndShuffles", "PartialDecryption", "Result"]),
    ):
        timestamp, steps = bel.taken_apart(election.content)
        seen = set()
        for end in range(1, len(steps) + 1):
            report = verify(bel.together(timestamp, steps[:end]))
            assert report.sound, report.findings
            assert report.stage == steps[end - 1].type
            assert (report.result is None) == (report.stage != "Result")
            seen.add(report.stage)
        assert seen >= set(stages)


@settings(max_examples=60)
@given(st.binary(max_size=3000))
def test_anything_at_all(content: bytes) -> None:
    assert not verify(content).sound


@settings(max_examples=60)
@given(st.text("abc.0123456789", max_size=120).map(str.encode), st.binary(max_size=600))
def test_any_records_at_all(name: bytes, body: bytes) -> None:
    header = bel.record("BELENIOS", 5, bel.compact({"version": 1, "timestamp": "5"}))
    assert not verify(header + bel.record(name.decode()[:99], 5, body)).sound


FORMS: dict[str, tuple[str, str, Callable[[bytes], bytes]]] = {
    "empty": ("form", "is empty", lambda c: b""),
    "end blocks": ("form", "no end blocks", lambda c: c + bytes(1024)),
    "trailing byte": ("form", "breaks off", lambda c: c + b"x"),
    "first record missing": ("form", "not with BELENIOS", lambda c: c[1024:]),
    "first record twice": ("form", "unknown name", lambda c: c[:1024] + c),
    "mode": ("form", "as it would be written", lambda c: c.replace(b"0000644", b"0000755", 1)),
    "fill": ("form", "is not NUL", lambda c: c[:1023] + b"x" + c[1024:]),
    "another name": (
        "form",
        "unknown name",
        lambda c: c + bel.record("readme.txt", TIMESTAMP, b""),
    ),
    "another time": (
        "form",
        "a time of its own",
        lambda c: c + bel.record(f"{bel.digest(b'{}')}.data.json", TIMESTAMP + 1, b"{}"),
    ),
    "not its hash": (
        "form",
        "not what its name says",
        lambda c: c + bel.record(f"{'0' * 64}.data.json", TIMESTAMP, b"{}"),
    ),
    "left over": (
        "payload",
        "no event refers to",
        lambda c: c + bel.record(f"{bel.digest(b'{}')}.data.json", TIMESTAMP, b"{}"),
    ),
    "header": (
        "form",
        "timestamp",
        lambda c: (
            bel.record("BELENIOS", TIMESTAMP, bel.compact({"version": 1, "timestamp": "1"}))
            + c[1024:]
        ),
    ),
    "header's version": (
        "form",
        "version 1 only",
        lambda c: (
            bel.record(
                "BELENIOS", TIMESTAMP, bel.compact({"version": 2, "timestamp": str(TIMESTAMP)})
            )
            + c[1024:]
        ),
    ),
}


@pytest.mark.parametrize("way", FORMS)
def test_forms(way: str) -> None:
    kind, words, change = FORMS[way]
    (finding,) = verify(change(plain().content)).findings
    assert finding.kind == kind
    assert words in finding.why


def chained(*events: bytes) -> bytes:
    """The Setup of an election, and these events."""
    timestamp, steps = bel.taken_apart(plain().content)
    content = bel.together(timestamp, steps[:1])
    return content + b"".join(
        bel.record(f"{bel.digest(event)}.event.json", timestamp, event) for event in events
    )


def end(parent: str | None, height: int = 1, payload: str | None = None) -> bytes:
    return bel.event_bytes(parent, height, "EndBallots", payload)


EVENTS: dict[str, tuple[Callable[[str], bytes], str, str]] = {
    "another parent": (lambda last: end("0" * 64), "chain", "does not name the event before it"),
    "no parent": (lambda last: end(None), "chain", "does not name the event before it"),
    "height": (lambda last: end(last, height=2), "chain", "says that its height is 2"),
    "a payload": (lambda last: end(last, payload=last), "payload", "must have none"),
    "no payload": (
        lambda last: bel.event_bytes(last, 1, "Ballot", None),
        "payload",
        "has no payload",
    ),
    "missing payload": (
        lambda last: bel.event_bytes(last, 1, "Ballot", "0" * 64),
        "payload",
        "does not stand before it",
    ),
    "unknown type": (
        lambda last: bel.event_bytes(last, 1, "Vote", None),
        "form",
        "type: unknown",
    ),
    "no hash": (lambda last: end("x"), "form", "parent: not a SHA-256"),
    "a space": (lambda last: end(last) + b" ", "canonical", "not in canonical form"),
    "cut": (lambda last: end(last)[:-1], "form", "not JSON"),
    "a list": (lambda last: b"[]", "form", "not an object"),
}


@pytest.mark.parametrize("way", EVENTS)
def test_events(way: str) -> None:
    """After a Setup, an event that does not fit."""
    make, kind, words = EVENTS[way]
    setup = archive.read(chained()).last
    assert verify(chained(end(setup))).sound
    with pytest.raises(BadArchive, match=words) as caught:
        archive.read(chained(make(setup)))
    assert caught.value.kind == kind
