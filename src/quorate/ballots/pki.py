"""What the trustees of a threshold sign with (section 4.6.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quorate.ballots import schnorr
from quorate.ballots.common import Proof, proof, proof_json
from quorate.ballots.groups.group import E, Group
from quorate.ballots.json_form import Json, field, fields, string


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
