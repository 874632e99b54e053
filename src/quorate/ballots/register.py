"""A register of voting keys: what it is, and what its trustees say and sign.

Everything in it is bound to φ, the fingerprint of its description, which names the record, the
register's number in it, the trustees, and their joint key. It is always in the group Ed25519.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from quorate.ballots import key_generation, key_rounds, pki, trustees
from quorate.ballots.common import Proof, element, proof, proof_json
from quorate.ballots.elections import fingerprint
from quorate.ballots.groups.named import ED25519
from quorate.ballots.json_form import (
    Json,
    Malformed,
    canonical,
    dump,
    field,
    fields,
    hash_hex,
    small,
    string,
)
from quorate.ballots.pki import SignedMessage
from quorate.ballots.trustees import Trustees

GROUP = ED25519
VERSION = 1
_FIELDS = ("version", "record", "register", "group", "public_key", "trustees")


@dataclass(frozen=True, slots=True)
class Description:
    """``record``: the record's name. ``register``: its number there. ``public_key``: y, for which
    claims are encrypted. ``trustees``: the SHA-256 of the trustees' bytes."""

    record: str
    register: int
    public_key: bytes
    trustees: str


def read_description(data: bytes) -> Description:
    """Raises Malformed, NotCanonical."""
    return canonical(data, _read, description_json)


def write_description(description: Description) -> bytes:
    return dump(description_json(description))


def described(record: str, register: int, keys: Trustees[bytes]) -> Description:
    """The register of these trustees."""
    return Description(
        record,
        register,
        trustees.combined_key(GROUP, keys),
        sha256(trustees.write_trustees(GROUP, keys)).hexdigest(),
    )


def phi(description: Description) -> str:
    """φ: the fingerprint of its bytes."""
    return fingerprint(write_description(description))


def trustees_of(
    certs: Sequence[bytes], polynomials: Sequence[bytes], voutputs: Sequence[bytes]
) -> Trustees[bytes]:
    """The trustees that follow from what they sent. Raises Malformed, BadTrustees."""
    return _trustees_of(tuple(certs), tuple(polynomials), tuple(voutputs))


@lru_cache(maxsize=64)
def _trustees_of(
    certs: tuple[bytes, ...], polynomials: tuple[bytes, ...], voutputs: tuple[bytes, ...]
) -> Trustees[bytes]:
    """Remembered, for each box of a register asks for them, and they cost a hundred powers."""
    parameters = key_generation.parameters(
        GROUP,
        tuple(key_rounds.read_certificate(GROUP, cert) for cert in certs),
        key_rounds.read_polynomials(GROUP, polynomials),
        key_rounds.read_voutputs(GROUP, voutputs),
    )
    return Trustees((parameters,))


def mix_statement(phi: str, owner: int, before: str, shuffle: str) -> str:
    """What the trustee signs of a shuffle. ``before``, ``shuffle``: the SHA-256 of what is shuffled
    and of the shuffle."""
    return f"mix|{phi}|{owner}|{before}|{shuffle}"


def decryption_statement(phi: str, owner: int, before: str, decryption: str) -> str:
    """What the trustee signs of a decryption. ``before``: the SHA-256 of the last shuffle."""
    return f"decrypt_roll|{phi}|{owner}|{before}|{decryption}"


def sign(sk: int, statement: str) -> Proof:
    """A trustee's signature (section 4.6.1), with the key of their certificate."""
    return pki.sign(GROUP, sk, statement).signature


def signed(vk: bytes, statement: str, signature: Proof) -> bool:
    """Whether the holder of the certificate's key vk has signed it."""
    return pki.verify(GROUP, vk, SignedMessage(statement, signature))


def read_signature(data: bytes) -> Proof:
    """Raises Malformed, NotCanonical."""
    return canonical(data, proof(GROUP), proof_json)


def write_signature(signature: Proof) -> bytes:
    return dump(proof_json(signature))


def _read(value: Json) -> Description:
    record = fields(value, _FIELDS)
    if field(record, "version", small) != VERSION:
        raise Malformed("this verifier knows version 1 of registers only", "version")
    if field(record, "group", string) != GROUP.name:
        raise Malformed(f"a register is in {GROUP.name}", "group")
    return Description(
        record=field(record, "record", string),
        register=field(record, "register", small),
        public_key=field(record, "public_key", element(GROUP)),
        trustees=field(record, "trustees", hash_hex),
    )


def description_json(description: Description) -> Json:
    return {
        "version": VERSION,
        "record": description.record,
        "register": description.register,
        "group": GROUP.name,
        "public_key": GROUP.write(description.public_key),
        "trustees": description.trustees,
    }
