"""Trustees (section 4.7): each alone ("Single"), or t of n together ("Pedersen")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from quorate.ballots import threshold, trustee_keys
from quorate.ballots.groups.group import E, Group, product
from quorate.ballots.json_form import Json, Malformed, array, canonical, dump, each, string
from quorate.ballots.threshold import (
    BadTrustees,
    ThresholdParameters,
    threshold_parameters,
    threshold_parameters_json,
)
from quorate.ballots.trustee_keys import (
    TrusteePublicKey,
    trustee_public_key,
    trustee_public_key_json,
)

_SINGLE = "Single"
_PEDERSEN = "Pedersen"

TrusteeKind = TrusteePublicKey[E] | ThresholdParameters[E]


@dataclass(frozen=True, slots=True)
class Trustees(Generic[E]):
    kinds: tuple[TrusteeKind[E], ...]

    @property
    def keys(self) -> tuple[TrusteePublicKey[E], ...]:
        """Everybody's, in order: owner i of a shuffle or a decryption is the i-th, from 1."""
        return tuple(key for kind in self.kinds for key in _keys_of(kind))

    @property
    def parts(self) -> tuple[tuple[range, int], ...]:
        """For each kind the owners in it, and how many of them are needed."""
        found = []
        first = 1
        for kind in self.kinds:
            owners = range(first, first + len(_keys_of(kind)))
            needed = kind.threshold if isinstance(kind, ThresholdParameters) else 1
            found.append((owners, needed))
            first = owners.stop
        return tuple(found)


def read_trustees(group: Group[E], data: bytes) -> Trustees[E]:
    """Raises Malformed, NotCanonical."""
    return canonical(data, _reader(group), lambda trustees: _trustees_json(group, trustees))


def write_trustees(group: Group[E], trustees: Trustees[E]) -> bytes:
    return dump(_trustees_json(group, trustees))


def combined_key(group: Group[E], trustees: Trustees[E]) -> E:
    """The election's public key y: the product of the sub-keys (section 3.1.1)."""
    return product(
        group,
        (
            threshold.sub_key(group, kind)
            if isinstance(kind, ThresholdParameters)
            else kind.public_key
            for kind in trustees.kinds
        ),
    )


def verify(group: Group[E], trustees: Trustees[E]) -> None:
    """Raises BadTrustees, Malformed unless every key, proof and certificate holds."""
    if not trustees.kinds:
        raise BadTrustees("there is no trustee: nobody could decrypt")
    for kind, (owners, _needed) in zip(trustees.kinds, trustees.parts, strict=True):
        if isinstance(kind, ThresholdParameters):
            threshold.verify(group, kind)
        elif not trustee_keys.verify(group, kind):
            raise BadTrustees(
                f"trustee {owners.start}: the proof of knowing the private key does not hold"
            )


def _keys_of(kind: TrusteeKind[E]) -> tuple[TrusteePublicKey[E], ...]:
    return kind.verification_keys if isinstance(kind, ThresholdParameters) else (kind,)


def _reader(group: Group[E]) -> Callable[[Json], Trustees[E]]:
    readers: dict[str, Callable[[Json], TrusteeKind[E]]] = {
        _SINGLE: trustee_public_key(group),
        _PEDERSEN: threshold_parameters(group),
    }

    def read(value: Json) -> TrusteeKind[E]:
        name, inner = array(value, 2)
        if string(name) not in readers:
            raise Malformed(f'not "{_SINGLE}" or "{_PEDERSEN}"', "[0]")
        try:
            return readers[name](inner)
        except Malformed as error:
            raise error.within("[1]") from None

    return lambda value: Trustees(each(value, read))


def _trustees_json(group: Group[Any], trustees: Trustees[E]) -> Json:
    return [
        [_PEDERSEN, threshold_parameters_json(group, kind)]
        if isinstance(kind, ThresholdParameters)
        else [_SINGLE, trustee_public_key_json(group, kind)]
        for kind in trustees.kinds
    ]
