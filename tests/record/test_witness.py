"""A witness cosigns growth and nothing else: each answer of C2SP tlog-witness."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.record import checkpoint, note, tree, witness
from quorate.record.checkpoint import Checkpoint
from quorate.record.witness import Asked, Refused

ORIGIN = "record.example"
SIGNING, LOG = note.generate_key(ORIGIN, bytes(32))
KEY = note.read_verifier(LOG)
OTHER_SIGNING, _ = note.generate_key(ORIGIN, b"o" * 32)


def grown(size: int, fork: int | None = None) -> tree.Levels:
    """A record; with ``fork``, another history from that entry on."""
    entries = [f"{n}{'!' if fork is not None and n >= fork else ''}" for n in range(size)]
    return tree.levels([tree.leaf_hash(entry.encode()) for entry in entries])


def point(levels: tree.Levels, size: int) -> Checkpoint:
    return Checkpoint(ORIGIN, size, levels.root_of(0, size))


def asked(levels: tree.Levels, old: int, size: int, signing: str = SIGNING) -> Asked:
    proof = levels.consistency(old, size) if 0 < old <= size else ()
    return Asked(old, tuple(proof), checkpoint.sign(point(levels, size), signing))


def status(answer: Checkpoint | Refused) -> int:
    return answer.status if isinstance(answer, Refused) else 200


@given(st.integers(0, 40), st.integers(0, 40))
def test_it_cosigns_whatever_a_record_has_grown_to(old: int, more: int) -> None:
    levels = grown(80)
    last = point(levels, old) if old else None
    assert witness.decide(asked(levels, old, old + more), [KEY], last) == point(levels, old + more)


@given(st.integers(1, 40), st.integers(0, 40), st.data())
def test_it_never_cosigns_another_history(old: int, more: int, data: st.DataObject) -> None:
    """Whatever the keeper proves and signs: an entry that was witnessed stays."""
    fork = data.draw(st.integers(0, old - 1))
    honest, forked = grown(80), grown(80, fork)
    lie = asked(forked, old, old + more)
    assert status(witness.decide(lie, [KEY], point(honest, old))) == 422
    proof = tuple(honest.consistency(old, old + more)) if more else ()
    lie = Asked(old, proof, lie.signed)
    assert status(witness.decide(lie, [KEY], point(honest, old))) == 422


def test_a_stale_size_is_told_the_right_one() -> None:
    levels = grown(80)
    answer = witness.decide(asked(levels, 10, 40), [KEY], point(levels, 30))
    assert answer == Refused(409, "30\n")
    assert witness.decide(asked(levels, 10, 40), [KEY], None) == Refused(409, "0\n")
    assert witness.decide(asked(levels, 0, 40), [KEY], point(levels, 30)) == Refused(409, "30\n")


def test_who_is_not_known_and_who_did_not_sign() -> None:
    levels = grown(80)
    assert status(witness.decide(asked(levels, 0, 40), [], None)) == 404
    assert status(witness.decide(asked(levels, 0, 40, OTHER_SIGNING), [KEY], None)) == 403
    good = asked(levels, 0, 40)
    false = Asked(0, (), good.signed.replace("\n40\n", "\n41\n"))
    assert status(witness.decide(false, [KEY], None)) == 403


def test_shrinking_and_the_empty_record() -> None:
    levels = grown(80)
    shrinking = Asked(40, (), checkpoint.sign(point(levels, 30), SIGNING))
    assert status(witness.decide(shrinking, [KEY], point(levels, 40))) == 400
    empty = Checkpoint(ORIGIN, 0, tree.EMPTY_ROOT)
    assert witness.decide(Asked(0, (), checkpoint.sign(empty, SIGNING)), [KEY], None) == empty
    lie = Checkpoint(ORIGIN, 0, bytes(32))
    assert status(witness.decide(Asked(0, (), checkpoint.sign(lie, SIGNING)), [KEY], None)) == 422
    unneeded = Asked(0, (bytes(32),), checkpoint.sign(point(levels, 9), SIGNING))
    assert status(witness.decide(unneeded, [KEY], None)) == 422


def test_the_request_is_read_as_it_is_written() -> None:
    wanted = asked(grown(80), 20, 60)
    body = witness.write(wanted.old, wanted.proof, wanted.signed)
    assert witness.read(body) == wanted
    head, signed = body.decode().split("\n\n", 1)
    lines = head.split("\n")
    assert lines[0] == "old 20"
    assert [base64.b64decode(line) for line in lines[1:]] == list(wanted.proof)
    assert signed == wanted.signed
    assert witness.origin_of(wanted) == ORIGIN


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 1",
        b"old 01\n\nx\n",
        b"old -1\n\nx\n",
        b"new 1\n\nx\n",
        b"old 1\nnot base64\n\nx\n",
        b"old 1\n" + b"AAAA\n" * 64 + b"\nx\n",
        b"old 1\n\n\xff\n",
        b"old 1\n\n" + b"x" * 2_000_000,
    ],
)
def test_what_is_no_request(body: bytes) -> None:
    assert isinstance(found := witness.read(body), Refused)
    assert found.status == 400


@given(st.binary(max_size=300))
def test_nothing_that_comes_breaks_it(body: bytes) -> None:
    for start in (b"", b"old 3\n\n"):
        found = witness.read(start + body)
        if isinstance(found, Asked) and isinstance(witness.origin_of(found), str):
            assert isinstance(witness.decide(found, [KEY], None), Refused)
