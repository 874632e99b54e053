"""What trustees send as they come to their keys, checked message by message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from quorate.ballots import key_rounds, pki
from quorate.ballots.groups.named import BELENIOS_2048
from quorate.ballots.json_form import Malformed, dump, parse
from quorate.ballots.key_rounds import Place, certified, confirmed, shared
from quorate.ballots.register import GROUP
from quorate.ballots.threshold import BadTrustees
from support.key_register import Trusted, fresh_trustees, trusted

FIRST = Place(3, 2, 1)
SECOND = Place(3, 2, 2)


@pytest.fixture(scope="module")
def three() -> Trusted:
    return trusted(2, 3)


@pytest.fixture(scope="module")
def others(three: Trusted) -> Trusted:
    """The same trustees once more, with other polynomials."""
    return fresh_trustees(2, three.seeds)


def test_what_honest_trustees_send_is_taken(three: Trusted) -> None:
    for index in (1, 2, 3):
        place = Place(3, 2, index)
        keys = certified(GROUP, place, three.certs[index - 1])
        assert keys.verification == pki.keys(GROUP, three.seeds[index - 1]).verification
        assert len(shared(GROUP, place, three.certs, three.polynomials[index - 1])) == 2
        key = confirmed(GROUP, place, three.certs, three.polynomials, three.voutputs[index - 1])
        assert key == three.keys.keys[index - 1].public_key
        assert key == GROUP.power(GROUP.g, three.decrypting(index))


@pytest.mark.parametrize(
    "place", [Place(3, 2, 2), Place(4, 2, 1), Place(3, 3, 1)], ids=["place", "size", "threshold"]
)
def test_a_certificate_is_for_one_place(three: Trusted, place: Place) -> None:
    with pytest.raises(BadTrustees, match="not for this place"):
        certified(GROUP, place, three.certs[0])


def _changed(data: bytes, change: Callable[[Any], object]) -> bytes:
    value = parse(data)
    change(value)
    return dump(value)


def test_a_certificate_is_signed_by_its_own_key(three: Trusted) -> None:
    moved = _changed(
        three.certs[0], lambda c: c.update(signature=parse(three.certs[1])["signature"])
    )
    with pytest.raises(BadTrustees, match="signature"):
        certified(GROUP, FIRST, moved)
    with pytest.raises(Malformed):
        certified(GROUP, FIRST, three.certs[0] + b" ")
    with pytest.raises(Malformed):
        certified(BELENIOS_2048, FIRST, three.certs[0])


def test_nobody_has_the_neutral_elements_key() -> None:
    """Its secret is 0, which everybody knows."""
    one = GROUP.write(GROUP.one)
    message = (
        '{"context":{"group":"Ed25519","size":3,"threshold":2,"index":1},'
        f'"verification":"{one}","encryption":"{one}"}}'
    )
    signed = pki.sign(GROUP, 0, message)
    with pytest.raises(BadTrustees, match="neutral"):
        certified(GROUP, FIRST, key_rounds.write_certificate(signed))


def test_shares_are_made_for_these_certificates(three: Trusted, others: Trusted) -> None:
    other_certs = (*others.certs[:2], fresh_trustees(2, ("a" * 22, "b" * 22, "c" * 22)).certs[2])
    with pytest.raises(BadTrustees, match="all certificates"):
        shared(GROUP, FIRST, other_certs, three.polynomials[0])
    with pytest.raises(BadTrustees, match="signature of the coefficients"):
        shared(GROUP, SECOND, three.certs, three.polynomials[0])
    fewer = _changed(three.polynomials[0], lambda p: p["secrets"].pop())
    with pytest.raises(BadTrustees, match="one share for each"):
        shared(GROUP, FIRST, three.certs, fewer)


def test_a_key_follows_from_everybodys_coefficients(three: Trusted, others: Trusted) -> None:
    with pytest.raises(BadTrustees, match="does not follow"):
        confirmed(GROUP, FIRST, three.certs, three.polynomials, others.voutputs[0])
    with pytest.raises(BadTrustees, match="does not follow"):
        confirmed(GROUP, SECOND, three.certs, three.polynomials, three.voutputs[0])
    own = parse(three.voutputs[0])["public_key"]
    unsigned = _changed(three.voutputs[0], lambda v: v["public_key"].pop("signature"))
    with pytest.raises(BadTrustees, match="not signed"):
        confirmed(GROUP, FIRST, three.certs, three.polynomials, unsigned)
    borrowed = _changed(three.voutputs[0], lambda v: v["public_key"].update(signature=own["pok"]))
    with pytest.raises(BadTrustees, match="signature of the key"):
        confirmed(GROUP, FIRST, three.certs, three.polynomials, borrowed)
    unknown = _changed(three.voutputs[0], lambda v: v["public_key"].update(pok=own["signature"]))
    with pytest.raises(BadTrustees, match="knowing the private key"):
        confirmed(GROUP, FIRST, three.certs, three.polynomials, unknown)
    named = _changed(three.voutputs[0], lambda v: v["public_key"].update(name="Somebody"))
    with pytest.raises(BadTrustees, match="the record says"):
        confirmed(GROUP, FIRST, three.certs, three.polynomials, named)
