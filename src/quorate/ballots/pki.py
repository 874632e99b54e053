"""The keys with which trustees of a threshold talk to each other (section 4.6.1), and their
channels (section 4.6.3): a message is signed by its sender and encrypted for one recipient."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Generic

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from quorate.ballots import schnorr
from quorate.ballots.base58 import random_text
from quorate.ballots.common import Proof, element, proof, proof_json
from quorate.ballots.elgamal import random_scalar
from quorate.ballots.groups.group import E, Group
from quorate.ballots.json_form import Json, Malformed, canonical, dump, field, fields, string

_SEED_LENGTH = 22
_ALGORITHM = "AES-GCM"


class NotForUs(Exception):
    """A message that was not sent by this sender to this recipient, or was changed on the way."""


@dataclass(frozen=True, slots=True)
class Keys(Generic[E]):
    """A trustee's private keys for signing and decrypting, and the public ones to them."""

    sk: int = dataclasses.field(repr=False)
    dk: int = dataclasses.field(repr=False)
    verification: E
    encryption: E


def new_seed() -> str:
    """The secret from which a trustee's keys are derived: 22 characters of Base58."""
    return random_text(_SEED_LENGTH)


def keys(group: Group[E], seed: str) -> Keys[E]:
    sk, dk = _derived(group, "sk", seed), _derived(group, "dk", seed)
    return Keys(sk, dk, group.secret_power(group.g, sk), group.secret_power(group.g, dk))


@dataclass(frozen=True, slots=True)
class SignedMessage:
    message: str
    signature: Proof


def signed_message(group: Group[E]) -> Callable[[Json], SignedMessage]:
    """A reader."""
    read_proof = proof(group)

    def read(value: Json) -> SignedMessage:
        record = fields(value, ("message", "signature"))
        return SignedMessage(
            field(record, "message", string), field(record, "signature", read_proof)
        )

    return read


def signed_message_json(signed: SignedMessage) -> Json:
    return {"message": signed.message, "signature": proof_json(signed.signature)}


def sign(group: Group[E], sk: int, message: str) -> SignedMessage:
    return SignedMessage(message, schnorr.prove(group, sk, _prefix(message)))


def verify(group: Group[E], vk: E, signed: SignedMessage) -> bool:
    """Whether the holder of the verification key vk signed the message."""
    return schnorr.verify(group, vk, _prefix(signed.message), signed.signature)


def _prefix(message: str) -> str:
    return f"sigmsg|{message}|"


def send(group: Group[E], sk: int, recipient: E, message: str) -> str:
    """The message, signed with sk and encrypted for the holder of the encryption key."""
    channel = {"recipient": group.write(recipient), "message": message}
    signed = sign(group, sk, dump(channel).decode())
    return _encrypt(group, recipient, dump(signed_message_json(signed)))


def receive(group: Group[E], dk: int, recipient: E, sender: E, sent: str) -> str:
    """What ``sender``, a verification key, has sent to ``recipient``, whose private key is dk.

    Raises NotForUs.
    """
    try:
        data = _decrypt(group, dk, sent)
        signed = canonical(data, signed_message(group), signed_message_json)
        if not verify(group, sender, signed):
            raise NotForUs("the signature does not hold")
        channel = canonical(signed.message.encode(), _read_channel, dict)
    except Malformed as error:
        raise NotForUs(str(error)) from None
    if channel["recipient"] != group.write(recipient):
        raise NotForUs("it was sent to somebody else")
    return channel["message"]


def _derived(group: Group[E], purpose: str, seed: str) -> int:
    return int.from_bytes(sha256(f"{purpose}|{seed}".encode()).digest(), "big") % group.q


def _encrypt(group: Group[E], ek: E, plain: bytes) -> str:
    """An encrypted_msg, as text."""
    r = random_scalar(group)
    shared = group.secret_power(group.g, random_scalar(group))
    alpha = group.secret_power(group.g, r)
    beta = group.multiply(group.secret_power(ek, r), shared)
    cipher, iv = _cipher(group, shared, alpha)
    return dump(
        {
            "algorithm": _ALGORITHM,
            "alpha": group.write(alpha),
            "beta": group.write(beta),
            "data": cipher.encrypt(iv, plain, None).hex(),
        }
    ).decode()


def _decrypt(group: Group[E], dk: int, sent: str) -> bytes:
    """Raises NotForUs, Malformed."""
    read_element = element(group)

    def read(value: Json) -> tuple[E, E, str]:
        record = fields(value, ("algorithm", "alpha", "beta", "data"))
        if field(record, "algorithm", string) != _ALGORITHM:
            raise Malformed("unknown", "algorithm")
        return (
            field(record, "alpha", read_element),
            field(record, "beta", read_element),
            field(record, "data", string),
        )

    alpha, beta, data = canonical(
        sent.encode(),
        read,
        lambda read: {
            "algorithm": _ALGORITHM,
            "alpha": group.write(read[0]),
            "beta": group.write(read[1]),
            "data": read[2],
        },
    )
    if not (group.check(alpha) and group.check(beta)):
        raise NotForUs(f"it is not encrypted in {group.name}")
    cipher, iv = _cipher(group, group.divide(beta, group.secret_power(alpha, dk)), alpha)
    try:
        return cipher.decrypt(iv, bytes.fromhex(data), None)
    except (InvalidTag, ValueError):
        raise NotForUs("it cannot be decrypted") from None


def _cipher(group: Group[E], shared: E, alpha: E) -> tuple[AESGCM, bytes]:
    """AES-GCM under the SHA-256 of the shared element, and its initialization vector."""
    key = sha256(f"key|{group.write(shared)}".encode()).digest()
    return AESGCM(key), sha256(f"iv|{group.write(alpha)}".encode()).digest()


def _read_channel(value: Json) -> dict[str, str]:
    record = fields(value, ("recipient", "message"))
    return {
        "recipient": field(record, "recipient", string),
        "message": field(record, "message", string),
    }
