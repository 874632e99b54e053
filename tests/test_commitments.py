"""Commitments are what their definition says, and open to nothing else."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate import commitments

salts = st.binary(min_size=32, max_size=32)
domains = st.sampled_from([commitments.DOCUMENT, commitments.PERSON, commitments.CHOICE])


@given(st.binary(), salts, domains)
def test_a_commitment_is_as_defined(payload: bytes, salt: bytes, domain: str) -> None:
    defined = hashlib.sha256()
    for part in (domain.encode("ascii"), b"\x00", salt, payload):
        defined.update(part)
    made = commitments.commit(payload, salt, domain)
    assert made == defined.hexdigest()
    assert commitments.opens(made, payload, salt, domain)


@given(st.binary(min_size=1), salts, domains, st.data())
def test_nothing_else_opens_it(
    payload: bytes, salt: bytes, domain: str, draw: st.DataObject
) -> None:
    made = commitments.commit(payload, salt, domain)

    def flipped(data: bytes) -> bytes:
        place = draw.draw(st.integers(0, len(data) * 8 - 1))
        changed = bytearray(data)
        changed[place // 8] ^= 1 << place % 8
        return bytes(changed)

    assert not commitments.opens(made, flipped(payload), salt, domain)
    assert not commitments.opens(made, payload, flipped(salt), domain)
    other = draw.draw(domains.filter(lambda one: one != domain))
    assert not commitments.opens(made, payload, salt, other)
    # A byte moved from payload to salt, or back, is another commitment.
    assert not commitments.opens(made, payload[1:], salt + payload[:1], domain)
    assert not commitments.opens(made, salt[-1:] + payload, salt[:-1], domain)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_salt_has_32_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commitments.commit(b"text", bytes(length), commitments.DOCUMENT)
