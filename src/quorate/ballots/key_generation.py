"""How t of n trustees come to their keys (section 3.1.1, "Pedersen"; sections 4.6.2 to 4.6.6).

Nobody ever holds the election's private key. Each trustee keeps a seed; everything else goes
through the server, which sees public things and what is encrypted for a trustee:

1. ``certificate``: each trustee makes keys from a new seed, and says for which place they are.
2. ``polynomial``: each makes a secret polynomial, and shares of it for the others.
3. ``vinput``: the server sorts the shares by recipient.
4. ``voutput``: each checks the shares, and publishes the key that follows from them.
5. ``parameters``: the server puts together what is published.

Later, ``private_key`` opens what a trustee needs to decrypt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic

from quorate.ballots import pki, threshold, trustee_keys
from quorate.ballots.common import Proof, scalar
from quorate.ballots.elgamal import random_scalar
from quorate.ballots.groups.group import E, Group
from quorate.ballots.json_form import Json, Malformed, canonical, dump, field, fields
from quorate.ballots.pki import Keys, NotForUs, SignedMessage
from quorate.ballots.threshold import BadTrustees, CertKeys, Context, ThresholdParameters
from quorate.ballots.trustee_keys import TrusteePublicKey

Certs = tuple[SignedMessage, ...]


@dataclass(frozen=True, slots=True)
class Polynomial:
    """What a trustee sends in step 2. ``polynomial``: for themselves; ``secrets``: a share for
    each trustee; both encrypted."""

    polynomial: str
    secrets: tuple[str, ...]
    coefexps: SignedMessage
    signature: Proof


@dataclass(frozen=True, slots=True)
class Vinput:
    """What a trustee gets in step 4. ``secrets``: from each trustee, for this one."""

    polynomial: str
    secrets: tuple[str, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Voutput(Generic[E]):
    """What a trustee sends in step 4. ``private_key``: encrypted for themselves."""

    private_key: str
    public_key: TrusteePublicKey[E]


def certificate(
    group: Group[E], size: int, threshold_: int, index: int, seed: str
) -> SignedMessage:
    """Step 1, by trustee ``index``, from 1. ``threshold_``: how many must decrypt."""
    keys = pki.keys(group, seed)
    context = Context(group.name, size, threshold_, index)
    message = threshold.write_cert_keys(
        group, CertKeys(context, keys.verification, keys.encryption)
    )
    return pki.sign(group, keys.sk, message)


def polynomial(group: Group[E], certs: Certs, seed: str) -> Polynomial:
    """Step 2, by the trustee with the seed. Raises BadTrustees for a certificate that does not
    hold, and if none is theirs."""
    theirs = _checked(group, certs)
    keys, _index = _own(group, theirs, seed)
    coefficients = [random_scalar(group) for _ in range(_threshold(theirs))]
    coefexps = tuple(group.secret_power(group.g, a) for a in coefficients)
    raw = dump({"polynomial": [str(a) for a in coefficients]}).decode()
    shares = [
        dump({"secret": str(_evaluated(group, coefficients, j))}).decode()
        for j in range(1, len(certs) + 1)
    ]
    return Polynomial(
        pki.send(group, keys.sk, keys.encryption, raw),
        tuple(
            pki.send(group, keys.sk, cert.encryption, share)
            for cert, share in zip(theirs, shares, strict=True)
        ),
        pki.sign(group, keys.sk, threshold.write_coefexps(group, coefexps)),
        pki.sign(group, keys.sk, threshold.certs_message(group, certs, coefexps)).signature,
    )


def vinput(polynomials: Sequence[Polynomial], index: int) -> Vinput:
    """Step 3, by the server, for trustee ``index``, from 1."""
    return Vinput(
        polynomials[index - 1].polynomial,
        tuple(one.secrets[index - 1] for one in polynomials),
        tuple(one.coefexps for one in polynomials),
        tuple(one.signature for one in polynomials),
    )


def voutput(group: Group[E], certs: Certs, given: Vinput, seed: str) -> Voutput[E]:
    """Step 4, by the trustee with the seed. Raises BadTrustees, naming whoever sent them what does
    not hold."""
    theirs = _checked(group, certs)
    keys, index = _own(group, theirs, seed)
    if {len(given.secrets), len(given.coefexps), len(given.signatures)} != {len(certs)}:
        raise BadTrustees("not one share, one set of coefficients and one signature per trustee")
    try:
        coefexps = threshold.verify_coefexps(
            group, _threshold(theirs), certs, theirs, given.coefexps, given.signatures
        )
    except Malformed as error:
        raise BadTrustees(f"coefficients: {error}") from None
    secrets = [
        _share(group, keys, index, i, cert, given.secrets[i - 1], coefexps[i - 1])
        for i, cert in enumerate(theirs, 1)
    ]
    S = sum(secrets) % group.q
    public = trustee_keys.prove(group, S)
    signature = pki.sign(group, keys.sk, group.write(public.public_key)).signature
    private = dump({"decryption_key": str(S)}).decode()
    return Voutput(
        pki.send(group, keys.sk, keys.encryption, private), replace(public, signature=signature)
    )


def parameters(
    group: Group[E],
    certs: Certs,
    polynomials: Sequence[Polynomial],
    voutputs: Sequence[Voutput[E]],
) -> ThresholdParameters[E]:
    """Step 5, by the server. Raises BadTrustees unless all of it holds together."""
    found = ThresholdParameters(
        threshold=_threshold(_checked(group, certs)),
        certs=certs,
        coefexps=tuple(one.coefexps for one in polynomials),
        signatures=tuple(one.signature for one in polynomials),
        verification_keys=tuple(one.public_key for one in voutputs),
    )
    try:
        threshold.verify(group, found)
    except Malformed as error:
        raise BadTrustees(str(error)) from None
    return found


def private_key(group: Group[E], seed: str, sent: str) -> int:
    """A trustee's key for decrypting, from what they sent themselves in step 4. Raises NotForUs."""
    keys = pki.keys(group, seed)
    message = pki.receive(group, keys.dk, keys.encryption, keys.verification, sent)
    return _opened(group, message, "decryption_key")


def _checked(group: Group[E], certs: Certs) -> tuple[CertKeys[E], ...]:
    """Raises BadTrustees unless every certificate is for its place and all for one threshold."""
    try:
        keys = tuple(threshold.read_cert_keys(group, cert) for cert in certs)
    except Malformed as error:
        raise BadTrustees(f"a certificate: {error}") from None
    needed = _threshold(keys)
    if not 1 <= needed <= len(keys):
        raise BadTrustees(f"{needed} of {len(keys)} trustees is no threshold")
    threshold.verify_certs(group, needed, certs, keys)
    return keys


def _threshold(keys: Sequence[CertKeys[E]]) -> int:
    context = keys[0].context if keys else None
    if context is None:
        raise BadTrustees("trustee 1: the certificate does not say for what it is")
    return context.threshold


def _own(group: Group[E], theirs: Sequence[CertKeys[E]], seed: str) -> tuple[Keys[E], int]:
    """A trustee's keys, and their place from 1."""
    keys = pki.keys(group, seed)
    for index, cert in enumerate(theirs, 1):
        if (cert.verification, cert.encryption) == (keys.verification, keys.encryption):
            return keys, index
    raise BadTrustees("none of the certificates is of this key")


def _evaluated(group: Group[E], coefficients: Sequence[int], x: int) -> int:
    return sum(a * pow(x, k, group.q) for k, a in enumerate(coefficients)) % group.q


def _share(
    group: Group[E],
    keys: Keys[E],
    j: int,
    i: int,
    sender: CertKeys[E],
    sent: str,
    coefexps: tuple[E, ...],
) -> int:
    """s_ij, the share of trustee i for trustee j, held against trustee i's coefficients."""
    try:
        message = pki.receive(group, keys.dk, keys.encryption, sender.verification, sent)
        secret = _opened(group, message, "secret")
    except NotForUs as error:
        raise BadTrustees(f"trustee {i}: the share that they sent: {error}") from None
    expected = threshold.computed_key(group, (coefexps,), j)
    if group.secret_power(group.g, secret) != expected:
        raise BadTrustees(f"trustee {i}: the share does not follow from the coefficients")
    return secret


def _opened(group: Group[E], message: str, name: str) -> int:
    def read(value: Json) -> int:
        return field(fields(value, (name,)), name, scalar(group))

    try:
        return canonical(message.encode(), read, lambda secret: {name: str(secret)})
    except Malformed as error:
        raise NotForUs(str(error)) from None
