"""The groups, held against arithmetic in Python's integers."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.ballots.groups.group import CannotEncode, Group, NotAnElement, hash_to_scalar
from quorate.ballots.groups.named import BELENIOS_2048, ED25519, NAMED
from support import edwards

BOTH = pytest.mark.parametrize("group", [ED25519, BELENIOS_2048], ids=lambda group: group.name)
SCALARS = st.one_of(st.sampled_from([0, 1, 2, ED25519.q - 1]), st.integers(0, ED25519.q - 1))


def as_point(element: bytes) -> edwards.Point:
    point = edwards.uncompress(int.from_bytes(element, "little"))
    assert point is not None
    return point


def as_element(point: edwards.Point) -> bytes:
    return edwards.compress(point).to_bytes(32, "little")


@settings(max_examples=30)
@given(SCALARS, SCALARS)
def test_ed25519_is_the_curve_of_the_rfc(a: int, b: int) -> None:
    A, B = (edwards.times(edwards.G, n) for n in (a, b))
    assert ED25519.power(ED25519.g, a) == as_element(A)
    assert ED25519.power(as_element(A), b) == as_element(edwards.times(A, b))
    assert ED25519.secret_power(as_element(A), b) == as_element(edwards.times(A, b))
    assert ED25519.multiply(as_element(A), as_element(B)) == as_element(edwards.add(A, B))
    assert as_point(ED25519.divide(as_element(A), as_element(B))) == edwards.times(
        edwards.G, (a - b) % ED25519.q
    )


@settings(max_examples=10)
@given(SCALARS, SCALARS)
def test_belenios_2048_is_powers_modulo_p(a: int, b: int) -> None:
    group = BELENIOS_2048
    p = _p()
    A = pow(int(group.g), a, p)
    assert group.power(group.g, a) == group.fixed_base(group.g)(a) == A
    assert group.secret_power(A, b) == pow(A, b % group.q, p)
    assert group.multiply(A, group.power(group.g, b)) == A * pow(int(group.g), b, p) % p
    assert group.divide(group.multiply(A, 7), 7) == A


def _p() -> int:
    """The modulus, as the specification prints it: it ends so, and is prime with q | p - 1."""
    from quorate.ballots.groups.finite_field import _P

    p = int(_P)
    assert str(p).startswith("20694785691422546401013643657505008064922989295751104097100884")
    assert str(p).endswith("507711827842317498073276598828825169183103125680162072880719")
    return p


def test_the_parameters_of_belenios_2048_follow_from_each_other() -> None:
    p, q, g = _p(), BELENIOS_2048.q, int(BELENIOS_2048.g)
    assert (p.bit_length(), q.bit_length()) == (2048, 256)
    assert (p - 1) % q == 0
    assert pow(g, q, p) == 1 != g
    assert all(pow(base, n - 1, n) == 1 for n in (p, q) for base in (2, 3, 5, 7))
    assert str(q).endswith("079927659812671450121821421258408794611510081919805623223441")
    assert str(g).endswith("115700568353695553423781475582491896050296680037745308460627")


@BOTH
@settings(max_examples=8)
@given(SCALARS, SCALARS)
def test_laws(group: Group[Any], a: int, b: int) -> None:
    g, q = group.g, group.q
    A, B = group.power(g, a), group.power(g, b)
    assert group.multiply(A, B) == group.multiply(B, A) == group.power(g, a + b)
    assert group.power(A, b) == group.power(B, a) == group.fixed_base(A)(b)
    assert group.divide(group.multiply(A, B), B) == A
    assert group.power(A, q) == group.one == group.power(A, 0)
    assert group.multiply(A, group.one) == A
    assert group.read(group.write(A)) == A
    assert group.check(A)
    assert group.answer(a, b, a) == (a - b * a) % q


@BOTH
def test_what_is_no_element(group: Group[Any]) -> None:
    for text in ("", " ", "-1", "1 ", "0x1", "٣" * 64, "G" * 64, "0" * 65, "9" * 700):
        with pytest.raises(NotAnElement):
            group.read(text)
    assert group.check(group.one)
    assert group.check(group.g)


def test_numbers_that_are_no_elements_of_belenios_2048() -> None:
    p = _p()
    for number in (0, 2, p - 1, p, p + 1, int(BELENIOS_2048.g) + p):
        assert not BELENIOS_2048.check(number)
    with pytest.raises(NotAnElement):
        BELENIOS_2048.read("007")


SMALL_ORDER = [
    point
    for y in (0, 1, edwards.P - 1, 2707385501144840649318225287225658788936804267575313519463743609)
    for point in [edwards.uncompress(y | sign << 255) for sign in (0, 1)]
    if point is not None
]


def test_points_that_are_no_elements_of_ed25519() -> None:
    """Small order, torsion, bytes that are not canonical, no point of the curve."""
    g = edwards.G
    for point in {edwards.times(p, 1) for p in SMALL_ORDER} - {edwards.ONE}:
        refused(as_element(point))
        refused(as_element(edwards.add(g, point)))
    refused((2).to_bytes(32, "little"))  # not on the curve
    refused((edwards.P + 1).to_bytes(32, "little"))  # the neutral element, not canonical
    refused((1 | 1 << 255).to_bytes(32, "little"))  # the neutral element with a sign


def refused(element: bytes) -> None:
    assert not ED25519.check(element)
    for exponent in (0, 1, 5, ED25519.q):
        with pytest.raises(NotAnElement):
            ED25519.power(element, exponent)


@settings(max_examples=8)
@given(st.lists(st.integers(0, 255), max_size=30))
def test_integers_in_an_element_of_ed25519(values: list[int]) -> None:
    element = ED25519.of_ints(values)
    assert ED25519.check(element)
    assert ED25519.to_ints(len(values), element) == tuple(values)
    packed = 0
    for value in values:
        packed = packed * 256 + value
    candidates = (packed * 2**14 + epsilon for epsilon in range(2**14))
    first = next(z for z in candidates if _is_element(z))
    assert int.from_bytes(element, "little") == first


def _is_element(z: int) -> bool:
    point = edwards.uncompress(z)
    return point is not None and edwards.in_group(point)


def test_what_no_element_carries() -> None:
    for values in ([256], [-1], [0] * 31):
        with pytest.raises(CannotEncode):
            ED25519.of_ints(values)
    for refuses in (
        lambda: BELENIOS_2048.of_ints([1]),
        lambda: BELENIOS_2048.to_ints(1, BELENIOS_2048.g),
        lambda: BELENIOS_2048.get_generator(0),
    ):
        with pytest.raises(CannotEncode):
            refuses()


@pytest.mark.parametrize("i", [-1, 0, 1, 2, 999])
def test_generators_of_ed25519(i: int) -> None:
    z = int(sha256(f"ggen|{i}".encode()).hexdigest(), 16) >> 2
    while (point := edwards.uncompress(z)) is None:
        z += 1
    assert ED25519.get_generator(i) == as_element(edwards.times(point, 8))


def test_the_hash_of_elements() -> None:
    text = f"x|{ED25519.write(ED25519.g)},{ED25519.write(ED25519.one)}"
    expected = int(sha256(text.encode()).hexdigest(), 16) % ED25519.q
    assert hash_to_scalar(ED25519, "x|", [ED25519.g, ED25519.one]) == expected
    assert set(NAMED) == {"Ed25519", "BELENIOS-2048"}
    assert ED25519.write(ED25519.g) == "66" * 31 + "58"
