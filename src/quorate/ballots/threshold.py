"""Trustees of whom t of n decrypt (sections 4.6.2, 4.6.4 and 4.6.7): what is published of them.

Belenios 2.0 wrote certificates without a context, and no signatures of the whole. Both forms are
read: all of one trustees' structure is in one form or in the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from quorate.ballots import pki, trustee_keys
from quorate.ballots.common import Proof, element, proof, proof_json
from quorate.ballots.groups.group import E, Group, product
from quorate.ballots.json_form import (
    Json,
    canonical,
    dump,
    each,
    field,
    fields,
    optional_field,
    present,
    small,
    string,
)
from quorate.ballots.pki import SignedMessage, signed_message, signed_message_json
from quorate.ballots.trustee_keys import (
    TrusteePublicKey,
    trustee_public_key,
    trustee_public_key_json,
)


class BadTrustees(Exception):
    """A key, a certificate or a signature of the trustees does not hold; says which."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a certificate is for: the ``index``-th, from 1, of ``size``."""

    group: str
    size: int
    threshold: int
    index: int


@dataclass(frozen=True, slots=True)
class CertKeys(Generic[E]):
    """The message that a certificate signs. ``context``: None in the form of 2.0."""

    context: Context | None
    verification: E
    encryption: E


@dataclass(frozen=True, slots=True)
class ThresholdParameters(Generic[E]):
    """``threshold``: how many of them decrypt, t + 1 in the specification. ``signatures``: None in
    the form of 2.0."""

    threshold: int
    certs: tuple[SignedMessage, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...] | None
    verification_keys: tuple[TrusteePublicKey[E], ...]


def threshold_parameters(group: Group[E]) -> Callable[[Json], ThresholdParameters[E]]:
    """A reader."""
    read_signed, read_proof = signed_message(group), proof(group)
    read_key = trustee_public_key(group)

    def read(value: Json) -> ThresholdParameters[E]:
        record = fields(
            value, ("threshold", "certs", "coefexps", "verification_keys"), ("signatures",)
        )
        return ThresholdParameters(
            threshold=field(record, "threshold", small),
            certs=field(record, "certs", lambda value: each(value, read_signed)),
            coefexps=field(record, "coefexps", lambda value: each(value, read_signed)),
            signatures=optional_field(record, "signatures", lambda value: each(value, read_proof)),
            verification_keys=field(
                record, "verification_keys", lambda value: each(value, read_key)
            ),
        )

    return read


def threshold_parameters_json(group: Group[E], parameters: ThresholdParameters[E]) -> Json:
    signatures = parameters.signatures
    return present(
        threshold=parameters.threshold,
        certs=[signed_message_json(cert) for cert in parameters.certs],
        coefexps=[signed_message_json(signed) for signed in parameters.coefexps],
        signatures=None if signatures is None else [proof_json(one) for one in signatures],
        verification_keys=[
            trustee_public_key_json(group, key) for key in parameters.verification_keys
        ],
    )


def read_cert_keys(group: Group[E], cert: SignedMessage) -> CertKeys[E]:
    """What a certificate says. Raises Malformed, NotCanonical."""
    read_element = element(group)

    def read(value: Json) -> CertKeys[E]:
        record = fields(value, ("verification", "encryption"), ("context",))
        return CertKeys(
            optional_field(record, "context", _read_context),
            field(record, "verification", read_element),
            field(record, "encryption", read_element),
        )

    return canonical(cert.message.encode(), read, lambda keys: _cert_keys_json(group, keys))


def write_cert_keys(group: Group[E], keys: CertKeys[E]) -> str:
    return dump(_cert_keys_json(group, keys)).decode()


def read_coefexps(group: Group[E], signed: SignedMessage) -> tuple[E, ...]:
    """A_i0 … A_it of a trustee's polynomial. Raises Malformed, NotCanonical."""
    read_element = element(group)

    def read(value: Json) -> tuple[E, ...]:
        record = fields(value, ("coefexps",))
        return field(record, "coefexps", lambda value: each(value, read_element))

    return canonical(
        signed.message.encode(), read, lambda coefexps: _coefexps_json(group, coefexps)
    )


def write_coefexps(group: Group[E], coefexps: tuple[E, ...]) -> str:
    return dump(_coefexps_json(group, coefexps)).decode()


def certs_message(
    group: Group[E], certs: tuple[SignedMessage, ...], coefexps: tuple[E, ...]
) -> str:
    """What each trustee signs of the whole: everybody's certificates, their own coefficients."""
    structure = {
        "certs": [signed_message_json(cert) for cert in certs],
        **_coefexps_json(group, coefexps),
    }
    return f"certs_sig|{dump(structure).decode()}"


def computed_key(group: Group[E], coefexps: tuple[tuple[E, ...], ...], j: int) -> E:
    """The public key of trustee j, from 1: the product over i and k of A_ik^(j^k)."""
    return product(
        group,
        (
            group.power(A, pow(j, k, group.q))
            for polynomial in coefexps
            for k, A in enumerate(polynomial)
        ),
    )


def sub_key(group: Group[E], parameters: ThresholdParameters[E]) -> E:
    """What the group of trustees brings to the election's key: the product of the A_i0."""
    return product(group, (read_coefexps(group, signed)[0] for signed in parameters.coefexps))


def verify(group: Group[E], parameters: ThresholdParameters[E]) -> None:
    """Raises BadTrustees, Malformed unless everything in the structure holds together."""
    _verify_lengths(parameters)
    keys = tuple(read_cert_keys(group, cert) for cert in parameters.certs)
    if parameters.signatures is None:
        _verify_old_certs(group, parameters, keys)
    else:
        verify_certs(group, parameters.threshold, parameters.certs, keys)
    coefexps = verify_coefexps(
        group,
        parameters.threshold,
        parameters.certs,
        keys,
        parameters.coefexps,
        parameters.signatures,
    )
    for j, key in enumerate(parameters.verification_keys, 1):
        verify_key(group, keys[j - 1], coefexps, j, key)


def verify_key(
    group: Group[E],
    cert: CertKeys[E],
    coefexps: tuple[tuple[E, ...], ...],
    j: int,
    key: TrusteePublicKey[E],
) -> None:
    """Raises BadTrustees unless it is trustee j's key, by their certificate and by everybody's
    coefficients. It may be without signature: in the form of 2.0 it is."""
    if not trustee_keys.verify(group, key):
        raise BadTrustees(f"trustee {j}: the proof of knowing the private key does not hold")
    if key.public_key != computed_key(group, coefexps, j):
        raise BadTrustees(f"trustee {j}: the key does not follow from the coefficients")
    if key.signature is not None:
        signed = SignedMessage(group.write(key.public_key), key.signature)
        if not pki.verify(group, cert.verification, signed):
            raise BadTrustees(f"trustee {j}: the signature of the key does not hold")


def _verify_lengths(parameters: ThresholdParameters[E]) -> None:
    size = len(parameters.certs)
    if not 1 <= parameters.threshold <= size:
        raise BadTrustees(f"{parameters.threshold} of {size} trustees is no threshold")
    signatures = size if parameters.signatures is None else len(parameters.signatures)
    if {size} != {len(parameters.coefexps), len(parameters.verification_keys), signatures}:
        raise BadTrustees("not one set of coefficients, one key and one signature per certificate")
    signed = [key.signature is not None for key in parameters.verification_keys]
    if signed != [parameters.signatures is not None] * size:
        raise BadTrustees("some trustees have signed and others have not")


def verify_certs(
    group: Group[E],
    threshold: int,
    certs: tuple[SignedMessage, ...],
    keys: tuple[CertKeys[E], ...],
) -> None:
    """Raises BadTrustees unless each certificate is for its place. ``keys``: what they say."""
    for index, (cert, key) in enumerate(zip(certs, keys, strict=True), 1):
        verify_cert(group, Context(group.name, len(keys), threshold, index), cert, key)


def verify_cert(group: Group[E], context: Context, cert: SignedMessage, key: CertKeys[E]) -> None:
    """Raises BadTrustees unless the certificate is for its place. ``key``: what it says."""
    if key.context != context:
        raise BadTrustees(
            f"trustee {context.index}: the certificate is not for this place among {context.size} "
            f"trustees, of whom {context.threshold} decrypt"
        )
    _verify_cert(group, context.index, cert, key)


def _verify_old_certs(
    group: Group[E], parameters: ThresholdParameters[E], keys: tuple[CertKeys[E], ...]
) -> None:
    for index, (cert, key) in enumerate(zip(parameters.certs, keys, strict=True), 1):
        if key.context is not None:
            raise BadTrustees(f"trustee {index}: the certificate asks for signatures of the whole")
        _verify_cert(group, index, cert, key)


def _verify_cert(group: Group[E], index: int, cert: SignedMessage, key: CertKeys[E]) -> None:
    if not (group.check(key.verification) and group.check(key.encryption)):
        raise BadTrustees(f"trustee {index}: a key is no element of {group.name}")
    if not pki.verify(group, key.verification, cert):
        raise BadTrustees(f"trustee {index}: the certificate's signature does not hold")


def verify_coefexps(
    group: Group[E],
    threshold: int,
    certs: tuple[SignedMessage, ...],
    keys: tuple[CertKeys[E], ...],
    coefexps: tuple[SignedMessage, ...],
    signatures: tuple[Proof, ...] | None,
) -> tuple[tuple[E, ...], ...]:
    """Everybody's coefficients. Raises BadTrustees, Malformed unless each has signed theirs, and,
    where there are ``signatures``, all the certificates with them."""
    return tuple(
        verify_own_coefexps(
            group,
            Context(group.name, len(certs), threshold, i),
            certs,
            key,
            signed,
            None if signatures is None else signatures[i - 1],
        )
        for i, (key, signed) in enumerate(zip(keys, coefexps, strict=True), 1)
    )


def verify_own_coefexps(
    group: Group[E],
    context: Context,
    certs: tuple[SignedMessage, ...],
    key: CertKeys[E],
    signed: SignedMessage,
    signature: Proof | None,
) -> tuple[E, ...]:
    """The coefficients of the trustee of this place. Raises BadTrustees, Malformed."""
    polynomial = read_coefexps(group, signed)
    name = f"trustee {context.index}"
    if not pki.verify(group, key.verification, signed):
        raise BadTrustees(f"{name}: the signature of the coefficients does not hold")
    if len(polynomial) != context.threshold:
        raise BadTrustees(f"{name}: not {context.threshold} coefficients")
    if not all(map(group.check, polynomial)):
        raise BadTrustees(f"{name}: a coefficient is no element of {group.name}")
    if signature is not None:
        whole = SignedMessage(certs_message(group, certs, polynomial), signature)
        if not pki.verify(group, key.verification, whole):
            raise BadTrustees(f"{name}: the signature of all certificates does not hold")
    return polynomial


def _read_context(value: Json) -> Context:
    record = fields(value, ("group", "size", "threshold", "index"))
    return Context(
        group=field(record, "group", string),
        size=field(record, "size", small),
        threshold=field(record, "threshold", small),
        index=field(record, "index", small),
    )


def _cert_keys_json(group: Group[E], keys: CertKeys[E]) -> Json:
    context = keys.context
    return present(
        context=None
        if context is None
        else {
            "group": context.group,
            "size": context.size,
            "threshold": context.threshold,
            "index": context.index,
        },
        verification=group.write(keys.verification),
        encryption=group.write(keys.encryption),
    )


def _coefexps_json(group: Group[E], coefexps: tuple[E, ...]) -> dict[str, Json]:
    return {"coefexps": [group.write(A) for A in coefexps]}
