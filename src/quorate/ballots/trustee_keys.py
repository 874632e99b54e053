"""Verification keys (section 4.5): a trustee's public key, and the proof of knowing its secret."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from quorate.ballots import schnorr
from quorate.ballots.common import Proof, element, proof, proof_json
from quorate.ballots.groups.group import E, Group
from quorate.ballots.json_form import Json, field, fields, optional_field, present, string


@dataclass(frozen=True, slots=True)
class TrusteePublicKey(Generic[E]):
    """``signature``: of the key by its owner, where trustees are t of n. ``name``: who it is."""

    pok: Proof
    public_key: E
    signature: Proof | None = None
    name: str | None = None


def trustee_public_key(group: Group[E]) -> Callable[[Json], TrusteePublicKey[E]]:
    """A reader."""
    read_proof, read_element = proof(group), element(group)

    def read(value: Json) -> TrusteePublicKey[E]:
        record = fields(value, ("pok", "public_key"), ("signature", "name"))
        return TrusteePublicKey(
            pok=field(record, "pok", read_proof),
            public_key=field(record, "public_key", read_element),
            signature=optional_field(record, "signature", read_proof),
            name=optional_field(record, "name", string),
        )

    return read


def trustee_public_key_json(group: Group[E], key: TrusteePublicKey[E]) -> Json:
    return present(
        pok=proof_json(key.pok),
        public_key=group.write(key.public_key),
        signature=None if key.signature is None else proof_json(key.signature),
        name=key.name,
    )


def prove(group: Group[E], x: int, name: str | None = None) -> TrusteePublicKey[E]:
    """The public key of the private key x."""
    X = group.secret_power(group.g, x)
    return TrusteePublicKey(schnorr.prove(group, x, _prefix(group, X)), X, None, name)


def verify(group: Group[E], key: TrusteePublicKey[E]) -> bool:
    """Whether the key is of the group and whoever published it knew its secret."""
    X = key.public_key
    return group.one != X and schnorr.verify(group, X, _prefix(group, X), key.pok)


def _prefix(group: Group[E], X: E) -> str:
    return f"pok|{group.name}|{group.write(X)}|"
