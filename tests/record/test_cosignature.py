"""Cosignatures: the bytes that the specification gives, and what a cosigner says by them."""

from __future__ import annotations

import base64
import hashlib
import struct

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
from hypothesis import given
from hypothesis import strategies as st

from quorate.record import cosignature, note
from quorate.record.checkpoint import Checkpoint
from quorate.record.cosignature import ED25519, ML_DSA_44

NAME = "witness.example.com/w1"
SEED = bytes(range(32))
ROOT = bytes(range(32))
TEXT = Checkpoint("example.com/behind-the-sofa", 20_852_163, ROOT).text()
KINDS = (ED25519, ML_DSA_44)
PAIRS = {kind: cosignature.generate_key(NAME, SEED, kind) for kind in KINDS}
KEYS = {kind: cosignature.read_cosigner(PAIRS[kind][1]) for kind in KINDS}
LOG_SIGNING, LOG = note.generate_key("example.com/behind-the-sofa", bytes(32))
SIGNED = note.sign(TEXT, LOG_SIGNING)


def decoded(line: str) -> bytes:
    start = f"\u2014 {NAME} "
    assert line.startswith(start)
    assert line.endswith("\n")
    return base64.b64decode(line.removeprefix(start))


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_is_written_as_the_specification_says(kind: int) -> None:
    name, key_id, coded = PAIRS[kind][1].split("+", 2)
    typed = base64.b64decode(coded)
    assert (name, typed[0]) == (NAME, kind)
    assert len(typed) == {ED25519: 33, ML_DSA_44: 1313}[kind]
    assert key_id == hashlib.sha256(NAME.encode() + b"\n" + typed).hexdigest()[:8]
    assert KEYS[kind].text() == PAIRS[kind][1]


def test_the_bytes_that_ed25519_signs() -> None:
    data = decoded(cosignature.cosign(TEXT, PAIRS[ED25519][0], 1_679_315_147))
    assert data[:4] == KEYS[ED25519].key_id
    assert struct.unpack(">Q", data[4:12]) == (1_679_315_147,)
    message = b"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
    message += base64.b64encode(ROOT) + b"\n"
    Ed25519PublicKey.from_public_bytes(KEYS[ED25519].public).verify(data[12:], message)


def test_the_bytes_that_ml_dsa_signs() -> None:
    data = decoded(cosignature.cosign(TEXT, PAIRS[ML_DSA_44][0], 1_679_315_147))
    assert data[:4] == KEYS[ML_DSA_44].key_id
    assert len(data) == 4 + 8 + 2420
    origin = b"example.com/behind-the-sofa"
    message = b"subtree/v1\n\0" + bytes([len(NAME)]) + NAME.encode()
    message += struct.pack(">Q", 1_679_315_147) + bytes([len(origin)]) + origin
    message += struct.pack(">QQ", 0, 20_852_163) + ROOT
    MLDSA44PublicKey.from_public_bytes(KEYS[ML_DSA_44].public).verify(data[12:], message)


@pytest.mark.parametrize("kind", KINDS)
def test_who_cosigned_when(kind: int) -> None:
    signed = SIGNED + cosignature.cosign(TEXT, PAIRS[kind][0], 77)
    assert cosignature.cosigned(signed, (KEYS[kind],)) == {KEYS[kind]: 77}
    assert cosignature.cosigned(SIGNED, (KEYS[kind],)) == {}
    log = note.read_verifier(LOG)
    assert note.open_note(signed, (log, KEYS[kind])).signed_by == (log.name, NAME)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_any_other_time_text_or_bit_is_refused(kind: int, data: st.DataObject) -> None:
    line = decoded(cosignature.cosign(TEXT, PAIRS[kind][0], 77))
    place = data.draw(st.integers(4, len(line) - 1))
    bit = data.draw(st.integers(0, 7))
    changed = line[:place] + bytes([line[place] ^ (1 << bit)]) + line[place + 1 :]
    assert KEYS[kind].verifies(TEXT, line[4:])
    assert not KEYS[kind].verifies(TEXT, changed[4:])
    other = Checkpoint("example.com/behind-the-sofa", 20_852_164, ROOT).text()
    assert not KEYS[kind].verifies(other, line[4:])
    false = SIGNED + note.line(NAME, changed[:4], changed[4:])
    with pytest.raises(note.BadNote, match=r"the cosignature of witness\.example\.com/w1 is false"):
        cosignature.cosigned(false, (KEYS[kind],))


def test_a_log_signature_is_no_cosignature_and_the_other_way_round() -> None:
    log_signing, log = note.generate_key(NAME, SEED)  # the same secret, the other type
    assert note.read_verifier(log).key_id != KEYS[ED25519].key_id
    line = decoded(note.sign(TEXT, log_signing).rpartition("\n\n")[2])
    assert not KEYS[ED25519].verifies(TEXT, line[4:])
    with pytest.raises(note.BadNote):
        note.read_verifier(PAIRS[ED25519][1])
    with pytest.raises(note.BadNote):
        cosignature.read_cosigner(log)


@pytest.mark.parametrize("time", [0, -1, 2**63])
def test_a_time_that_none_has(time: int) -> None:
    with pytest.raises(note.BadNote, match="seconds since 1970"):
        cosignature.cosign(TEXT, PAIRS[ED25519][0], time)


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_key_is_refused(kind: int) -> None:
    signing, public = PAIRS[kind]
    for key in ("", "a+b", public[:-4], public.replace("w1+", "w2+"), f"{public}AAAA"):
        with pytest.raises(note.BadNote):
            cosignature.read_cosigner(key)
    for key in ("", signing.removeprefix("PRIVATE+"), signing.replace("w1+", "w2+")):
        with pytest.raises(note.BadNote):
            cosignature.cosign(TEXT, key, 1)
