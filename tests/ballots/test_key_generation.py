"""Key shares: any t of n decrypt, fewer do not, and whoever cheats is named."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from quorate.ballots import decryption, key_generation, key_messages, pki, threshold, trustees
from quorate.ballots.common import Ciphertext
from quorate.ballots.groups.group import Group
from quorate.ballots.groups.named import BELENIOS_2048, ED25519
from quorate.ballots.json_form import Malformed
from quorate.ballots.key_generation import Polynomial
from quorate.ballots.pki import NotForUs
from quorate.ballots.threshold import BadTrustees
from quorate.ballots.trustees import Trustees
from support.secret_election import key_shares

T, N = 2, 3
SEEDS = [pki.new_seed() for _ in range(N)]
CERTS = tuple(key_generation.certificate(ED25519, N, T, i, s) for i, s in enumerate(SEEDS, 1))
POLYNOMIALS = [key_generation.polynomial(ED25519, CERTS, seed) for seed in SEEDS]


@pytest.mark.parametrize(
    ("group", "t", "n"),
    [(ED25519, 1, 1), (ED25519, 2, 3), (ED25519, 3, 3), (ED25519, 3, 5), (BELENIOS_2048, 2, 3)],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_any_t_of_n_decrypt(group: Group[Any], t: int, n: int) -> None:
    parameters, secrets = key_shares(group, t, n)
    keys = Trustees((parameters,))
    trustees.verify(group, keys)
    y = trustees.combined_key(group, keys)
    r = 4711
    tally = ((Ciphertext(group.power(group.g, r), group.power(y, r)),),)
    partials = {i: decryption.decrypt(group, "", x, tally) for i, x in enumerate(secrets, 1)}
    for some in combinations(partials, t):
        found = decryption.combined(group, keys, {i: partials[i] for i in some})
        assert found[0][0] == tally[0][0].beta
    for few in combinations(partials, t - 1):
        if few:
            found = decryption.combined(group, keys, {i: partials[i] for i in few})
            assert found[0][0] != tally[0][0].beta


def test_it_reads_as_it_is_written() -> None:
    parameters, _secrets = key_shares(ED25519, 2, 3)
    keys = Trustees((parameters,))
    data = trustees.write_trustees(ED25519, keys)
    assert trustees.read_trustees(ED25519, data) == keys


def test_no_threshold() -> None:
    for t in (0, 4):
        certs = tuple(key_generation.certificate(ED25519, N, t, i, SEEDS[i - 1]) for i in (1, 2, 3))
        with pytest.raises(BadTrustees, match="no threshold"):
            key_generation.polynomial(ED25519, certs, SEEDS[0])


def test_certificates_that_are_not_for_this() -> None:
    other_group = key_generation.certificate(BELENIOS_2048, N, T, 1, SEEDS[0])
    other_place = key_generation.certificate(ED25519, N, T, 2, SEEDS[0])
    other_size = key_generation.certificate(ED25519, N + 1, T, 1, SEEDS[0])
    forged = replace(CERTS[0], signature=CERTS[1].signature)
    for bad in (other_group, other_place, other_size, forged):
        with pytest.raises(BadTrustees):
            key_generation.polynomial(ED25519, (bad, *CERTS[1:]), SEEDS[1])
    with pytest.raises(BadTrustees, match="none of the certificates"):
        key_generation.polynomial(ED25519, CERTS, pki.new_seed())
    with pytest.raises(BadTrustees):
        key_generation.polynomial(ED25519, (), SEEDS[0])


def voutput(polynomials: list[Polynomial], index: int = 2) -> object:
    given = key_generation.vinput(polynomials, index)
    return key_generation.voutput(ED25519, CERTS, given, SEEDS[index - 1])


def test_a_share_that_does_not_follow() -> None:
    """Trustee 1 sends trustee 2 the share of another polynomial."""
    other = key_generation.polynomial(ED25519, CERTS, SEEDS[0])
    lying = replace(POLYNOMIALS[0], secrets=other.secrets)
    with pytest.raises(BadTrustees, match="trustee 1: the share does not follow"):
        voutput([lying, *POLYNOMIALS[1:]])


def test_a_share_for_somebody_else() -> None:
    lying = replace(POLYNOMIALS[2], secrets=POLYNOMIALS[2].secrets[::-1])
    with pytest.raises(BadTrustees, match="trustee 3: the share that they sent"):
        voutput([*POLYNOMIALS[:2], lying], index=1)


def test_coefficients_of_another_trustee() -> None:
    lying = replace(POLYNOMIALS[1], coefexps=POLYNOMIALS[0].coefexps)
    with pytest.raises(BadTrustees, match="trustee 2: the signature of the coefficients"):
        voutput([POLYNOMIALS[0], lying, POLYNOMIALS[2]])
    lying = replace(POLYNOMIALS[1], signature=POLYNOMIALS[0].signature)
    with pytest.raises(BadTrustees, match="trustee 2: the signature of all certificates"):
        voutput([POLYNOMIALS[0], lying, POLYNOMIALS[2]])


def test_too_few_shares() -> None:
    with pytest.raises(BadTrustees, match="not one share"):
        voutput(POLYNOMIALS[:2])


def test_a_server_that_exchanges_a_key() -> None:
    voutputs = [
        key_generation.voutput(ED25519, CERTS, key_generation.vinput(POLYNOMIALS, i), SEEDS[i - 1])
        for i in (1, 2, 3)
    ]
    key_generation.parameters(ED25519, CERTS, POLYNOMIALS, voutputs)
    with pytest.raises(BadTrustees):
        key_generation.parameters(ED25519, CERTS, POLYNOMIALS, voutputs[::-1])
    with pytest.raises(BadTrustees):
        key_generation.parameters(ED25519, CERTS, POLYNOMIALS, voutputs[:2])


def test_channels() -> None:
    sender, recipient, other = (pki.keys(ED25519, seed) for seed in SEEDS)
    sent = pki.send(ED25519, sender.sk, recipient.encryption, "«ä»\n\x7f")

    def received(keys: pki.Keys[bytes], from_: pki.Keys[bytes], text: str) -> str:
        return pki.receive(ED25519, keys.dk, keys.encryption, from_.verification, text)

    assert received(recipient, sender, sent) == "«ä»\n\x7f"
    for keys, from_, text in (
        (other, sender, sent),
        (recipient, other, sent),
        (recipient, sender, sent.replace("AES-GCM", "AES-CCM")),
        (recipient, sender, sent[:-4] + ("00" if sent[-4:-2] != "00" else "11") + sent[-2:]),
        (recipient, sender, "{}"),
        (recipient, sender, ""),
    ):
        with pytest.raises(NotForUs):
            received(keys, from_, text)


def test_the_form_of_belenios_2_0() -> None:
    """No context, no signatures: as Belenios 2.0 wrote trustees, which is read too."""
    parameters, _secrets = key_shares(ED25519, 2, 3)
    keys = [threshold.read_cert_keys(ED25519, cert) for cert in parameters.certs]
    assert all(key.context is not None for key in keys)
    with pytest.raises(BadTrustees, match="asks for signatures"):
        threshold.verify(
            ED25519,
            replace(
                parameters,
                signatures=None,
                verification_keys=tuple(
                    replace(key, signature=None) for key in parameters.verification_keys
                ),
            ),
        )


def test_every_message_reads_as_it_is_written() -> None:
    made = POLYNOMIALS[0]
    assert key_messages.read_polynomial(ED25519, key_messages.write_polynomial(made)) == made
    given = key_generation.vinput(POLYNOMIALS, 3)
    data = key_messages.write_vinput(given)
    assert key_messages.read_vinput(ED25519, data) == given
    output = key_generation.voutput(ED25519, CERTS, given, SEEDS[2])
    written = key_messages.write_voutput(ED25519, output)
    assert key_messages.read_voutput(ED25519, written) == output
    for bad in (b"{}", data + b" ", data.replace(b'"secrets"', b'"shares"')):
        with pytest.raises(Malformed):
            key_messages.read_vinput(ED25519, bad)
