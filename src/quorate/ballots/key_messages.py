"""What trustees and server send each other as keys are made, in JSON (sections 4.6.4 to 4.6.6)."""

from __future__ import annotations

from collections.abc import Callable

from quorate.ballots.common import proof, proof_json
from quorate.ballots.groups.group import E, Group
from quorate.ballots.json_form import Json, canonical, dump, each, field, fields, string
from quorate.ballots.key_generation import Polynomial, Vinput, Voutput
from quorate.ballots.pki import signed_message, signed_message_json
from quorate.ballots.trustee_keys import trustee_public_key, trustee_public_key_json


def read_polynomial(group: Group[E], data: bytes) -> Polynomial:
    """Raises Malformed, NotCanonical."""
    return canonical(data, _polynomial_reader(group), _polynomial_json)


def write_polynomial(polynomial: Polynomial) -> bytes:
    return dump(_polynomial_json(polynomial))


def read_vinput(group: Group[E], data: bytes) -> Vinput:
    """Raises Malformed, NotCanonical."""
    return canonical(data, _vinput_reader(group), _vinput_json)


def write_vinput(vinput: Vinput) -> bytes:
    return dump(_vinput_json(vinput))


def read_voutput(group: Group[E], data: bytes) -> Voutput[E]:
    """Raises Malformed, NotCanonical."""
    return canonical(data, _voutput_reader(group), lambda voutput: _voutput_json(group, voutput))


def write_voutput(group: Group[E], voutput: Voutput[E]) -> bytes:
    return dump(_voutput_json(group, voutput))


def _polynomial_reader(group: Group[E]) -> Callable[[Json], Polynomial]:
    def read(value: Json) -> Polynomial:
        record = fields(value, ("polynomial", "secrets", "coefexps", "signature"))
        return Polynomial(
            polynomial=field(record, "polynomial", string),
            secrets=field(record, "secrets", lambda value: each(value, string)),
            coefexps=field(record, "coefexps", signed_message(group)),
            signature=field(record, "signature", proof(group)),
        )

    return read


def _polynomial_json(polynomial: Polynomial) -> Json:
    return {
        "polynomial": polynomial.polynomial,
        "secrets": list(polynomial.secrets),
        "coefexps": signed_message_json(polynomial.coefexps),
        "signature": proof_json(polynomial.signature),
    }


def _vinput_reader(group: Group[E]) -> Callable[[Json], Vinput]:
    def read(value: Json) -> Vinput:
        record = fields(value, ("polynomial", "secrets", "coefexps", "signatures"))
        return Vinput(
            polynomial=field(record, "polynomial", string),
            secrets=field(record, "secrets", lambda value: each(value, string)),
            coefexps=field(record, "coefexps", lambda value: each(value, signed_message(group))),
            signatures=field(record, "signatures", lambda value: each(value, proof(group))),
        )

    return read


def _vinput_json(vinput: Vinput) -> Json:
    return {
        "polynomial": vinput.polynomial,
        "secrets": list(vinput.secrets),
        "coefexps": [signed_message_json(signed) for signed in vinput.coefexps],
        "signatures": [proof_json(one) for one in vinput.signatures],
    }


def _voutput_reader(group: Group[E]) -> Callable[[Json], Voutput[E]]:
    def read(value: Json) -> Voutput[E]:
        record = fields(value, ("private_key", "public_key"))
        return Voutput(
            private_key=field(record, "private_key", string),
            public_key=field(record, "public_key", trustee_public_key(group)),
        )

    return read


def _voutput_json(group: Group[E], voutput: Voutput[E]) -> Json:
    return {
        "private_key": voutput.private_key,
        "public_key": trustee_public_key_json(group, voutput.public_key),
    }
