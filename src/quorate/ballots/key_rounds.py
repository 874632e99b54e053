"""The three messages by which a trustee comes to a key, each checked as it comes in.

``key_generation.parameters`` checks all of them at the end. Where they come in one by one, and
whoever takes one in must not take in what stops the others, each is checked here by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quorate.ballots import key_messages, threshold
from quorate.ballots.groups.group import E, Group
from quorate.ballots.json_form import canonical, dump
from quorate.ballots.key_generation import Polynomial, Voutput
from quorate.ballots.pki import SignedMessage, signed_message, signed_message_json
from quorate.ballots.threshold import BadTrustees, CertKeys, Context


@dataclass(frozen=True, slots=True)
class Place:
    """A trustee's place: the ``index``-th, from 1, of ``size``, of whom ``threshold`` decrypt."""

    size: int
    threshold: int
    index: int


def certified(group: Group[E], place: Place, data: bytes) -> CertKeys[E]:
    """The keys of a certificate for this place. Raises Malformed, BadTrustees."""
    cert = read_certificate(group, data)
    keys = threshold.read_cert_keys(group, cert)
    if group.one in (keys.verification, keys.encryption):
        raise BadTrustees(f"trustee {place.index}: anybody has the neutral element's secret")
    threshold.verify_cert(group, _context(group, place), cert, keys)
    return keys


def shared(group: Group[E], place: Place, certs: Sequence[bytes], data: bytes) -> tuple[E, ...]:
    """The coefficients of the trustee in this place. ``certs``: everybody's. What is encrypted for
    the others only they can check. Raises Malformed, BadTrustees."""
    read = tuple(read_certificate(group, cert) for cert in certs)
    keys = threshold.read_cert_keys(group, read[place.index - 1])
    given = key_messages.read_polynomial(group, data)
    if len(given.secrets) != place.size:
        raise BadTrustees(f"trustee {place.index}: not one share for each trustee")
    return threshold.verify_own_coefexps(
        group, _context(group, place), read, keys, given.coefexps, given.signature
    )


def confirmed(
    group: Group[E], place: Place, certs: Sequence[bytes], polynomials: Sequence[bytes], data: bytes
) -> E:
    """The public key of the trustee in this place. ``polynomials``: everybody's, which were
    checked. Raises Malformed, BadTrustees."""
    keys = threshold.read_cert_keys(group, read_certificate(group, certs[place.index - 1]))
    coefexps = tuple(
        threshold.read_coefexps(group, one.coefexps) for one in read_polynomials(group, polynomials)
    )
    given = key_messages.read_voutput(group, data)
    if given.public_key.signature is None:
        raise BadTrustees(f"trustee {place.index}: the key is not signed")
    if given.public_key.name is not None:
        raise BadTrustees(f"trustee {place.index}: the record says whose key it is")
    threshold.verify_key(group, keys, coefexps, place.index, given.public_key)
    return given.public_key.public_key


def read_certificate(group: Group[E], data: bytes) -> SignedMessage:
    """Raises Malformed, NotCanonical."""
    return canonical(data, signed_message(group), signed_message_json)


def signing_key(group: Group[E], cert: SignedMessage) -> E:
    """The key with which the trustee signs. Raises Malformed."""
    return threshold.read_cert_keys(group, cert).verification


def write_certificate(cert: SignedMessage) -> bytes:
    return dump(signed_message_json(cert))


def read_polynomials(group: Group[E], polynomials: Sequence[bytes]) -> tuple[Polynomial, ...]:
    """Raises Malformed, NotCanonical."""
    return tuple(key_messages.read_polynomial(group, one) for one in polynomials)


def read_voutputs(group: Group[E], voutputs: Sequence[bytes]) -> tuple[Voutput[E], ...]:
    """Raises Malformed, NotCanonical."""
    return tuple(key_messages.read_voutput(group, one) for one in voutputs)


def _context(group: Group[E], place: Place) -> Context:
    return Context(group.name, place.size, place.threshold, place.index)
