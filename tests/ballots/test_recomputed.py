"""Compiled products of powers are those of libsodium, which nobody here wrote; what is no element
of the group is found out by both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.ballots import recomputed
from quorate.ballots.ballot import read_ballot, signed, write_ballot
from quorate.ballots.common import Ciphertext
from quorate.ballots.elgamal import elgamal
from quorate.ballots.groups.group import NotAnElement
from quorate.ballots.groups.named import ED25519
from quorate.ballots.homomorphic import HomomorphicAnswer
from quorate.ballots.products import Wanted, by_powers
from quorate.ballots.questions import Homomorphic
from quorate.ballots.verify.ballot_checks import Checker
from support import edwards, secret_election

kernel: Any = pytest.importorskip("quorate.ballots.groups.edwards_kernel")
products: Any = pytest.importorskip("quorate.ballots.groups.edwards_products")

products.try_out()
q, p = ED25519.q, edwards.P
KEY = elgamal(ED25519, ED25519.power(ED25519.g, 20_171_027))
EDGES = [0, 1, 2, 7, 8, 2**51 - 1, 2**252, q - 2, q - 1]
scalars = st.integers(0, q - 1) | st.sampled_from(EDGES)
elements = scalars.map(lambda exponent: ED25519.power(ED25519.g, exponent))
wanted = st.builds(Wanted, st.booleans(), scalars, elements, st.integers(0, 20), scalars)


@settings(deadline=None, max_examples=300)
@given(st.lists(wanted, min_size=1, max_size=6))
def test_they_are_the_same(several: list[Wanted[bytes]]) -> None:
    assert products.made(KEY.y, several) == by_powers(KEY, several)


@settings(deadline=None)
@given(elements, st.lists(st.tuples(st.booleans(), scalars, scalars), min_size=1, max_size=8))
def test_those_of_one_element_too(element: bytes, of_it: list[tuple[bool, int, int]]) -> None:
    several = [Wanted(of_y, w, element, place % 2, c) for place, (of_y, w, c) in enumerate(of_it)]
    assert products.made(KEY.y, several) == by_powers(KEY, several)


TORSION = [
    point
    for y in (0, 1, p - 1, 2707385501144840649318225287225658788936804267575313519463743609)
    for sign in (0, 1)
    if (point := edwards.uncompress(y | sign << 255)) not in (None, edwards.ONE)
]
BESIDE = [edwards.add(edwards.times(edwards.G, 5), point) for point in TORSION if point]
OUTSIDE = [edwards.compress(point).to_bytes(32, "little") for point in (*TORSION, *BESIDE) if point]
OUTSIDE += [number.to_bytes(32, "little") for number in (2, p, p + 1, 1 | 1 << 255, 2**256 - 1)]


@pytest.mark.parametrize("element", OUTSIDE, ids=bytes.hex)
@pytest.mark.parametrize("challenge", [0, 1, 8, q - 1])
def test_what_is_no_element_is_found_out(element: bytes, challenge: int) -> None:
    good = Wanted(True, 1, ED25519.g, 0, 1)
    bad = Wanted(True, 5, element, 0, challenge)
    for several in ([bad], [good, bad]):
        for make in (lambda some: products.made(KEY.y, some), lambda some: by_powers(KEY, some)):
            with pytest.raises(NotAnElement):
                make(several)


@settings(deadline=None, max_examples=200)
@given(st.binary(min_size=32, max_size=32))
def test_any_bytes(element: bytes) -> None:
    several = [Wanted(True, 3, element, 0, 5)]
    try:
        expected = by_powers(KEY, several)
    except NotAnElement:
        with pytest.raises(NotAnElement):
            products.made(KEY.y, several)
    else:
        assert products.made(KEY.y, several) == expected


@settings(deadline=None, max_examples=200)
@given(scalars)
def test_digits_make_the_exponent(exponent: int) -> None:
    digits = np.zeros(256, np.int8)
    kernel._digits(np.frombuffer(exponent.to_bytes(32, "little"), np.uint8), digits)
    assert set(map(int, digits)) <= {-7, -5, -3, -1, 0, 1, 3, 5, 7}
    assert sum(int(digit) << place for place, digit in enumerate(digits)) == exponent


RUNS = [
    *(2**n for n in range(253)),
    *(2**n - 1 for n in range(1, 254)),
    *(q - 2**n for n in range(252)),
    *(
        sum(1 << place for place in range(start, 252, step))
        for start in range(6)
        for step in range(2, 9)
    ),
    *(pattern * (2**250 // 31) for pattern in range(1, 32)),
]


def test_digits_of_runs_and_of_all_small_exponents() -> None:
    for exponent in (*RUNS, *range(2**12)):
        test_digits_make_the_exponent.hypothesis.inner_test(exponent % 2**253)


X = ED25519.power(ED25519.g, 20_260_101)


@pytest.mark.parametrize("t", [0, 1, q - 1, q - 20_260_101, 20_260_101, 2**251])
def test_whatever_is_added_to_the_elements(t: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The point that a process draws is taken out again, also where it makes an element neutral, or
    doubles it."""
    monkeypatch.setattr(products, "_blind", lambda: products._blinding(t))
    elements = (X, ED25519.one, ED25519.g, KEY.y, ED25519.power(X, q - 1))
    several = [
        Wanted(of_y, w, element, shift, c)
        for element in elements
        for of_y in (False, True)
        for w, shift, c in [(0, 0, 0), (3, 0, 1), (q - 1, 1, q - 1), (0, 1, 0), (7, 20, 2**252)]
    ]
    assert products.made(KEY.y, several) == by_powers(KEY, several)
    for element in OUTSIDE:
        with pytest.raises(NotAnElement):
            products.made(KEY.y, [Wanted(True, 5, element, 0, 1)])


def test_a_process_adds_what_nobody_else_knows() -> None:
    drawn = {products._blind.__wrapped__().t for _ in range(5)}
    assert len(drawn) == 5
    assert products._blind() is products._blind()
    assert products._blind().t.bit_length() > 200


def test_the_neutral_element_is_one_and_what_looks_like_it_is_not() -> None:
    several = [Wanted(True, 5, ED25519.one, 0, 9), Wanted(False, 0, ED25519.one, 1, 0)]
    assert products.made(KEY.y, several) == by_powers(KEY, several)


@settings(deadline=None, max_examples=150)
@given(st.integers(0, p - 1), st.booleans())
def test_points_of_the_whole_curve_as_python_reads_them(y: int, sign: bool) -> None:
    """Seven of eight are beside the group; each times 8 is in it."""
    text = y | sign << 255
    point = edwards.uncompress(text)
    if point is None or edwards.compress(point) != text:
        with pytest.raises(NotAnElement):
            products.made(KEY.y, [Wanted(True, 0, text.to_bytes(32, "little"), 0, 1)])
        return
    if not edwards.in_group(point):
        with pytest.raises(NotAnElement):
            products.made(KEY.y, [Wanted(True, 0, text.to_bytes(32, "little"), 0, 8)])
        point = edwards.times(point, 8)
    element = edwards.compress(point).to_bytes(32, "little")
    (made,) = products.made(KEY.y, [Wanted(False, 3, element, 0, 5)])
    expected = edwards.add(edwards.times(edwards.G, 3), edwards.times(point, 5))
    assert made == edwards.compress(expected).to_bytes(32, "little")


def wrong_sums(*given: Any) -> int:
    """A mistake that gives a constant."""
    given[-1][:] = 0
    return -1


def test_code_that_is_mistaken_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process finds that out before it uses it; libsodium goes on alone."""
    monkeypatch.setattr(recomputed, "_kernel", None)
    monkeypatch.setattr(kernel, "products", wrong_sums)
    recomputed._load()
    assert recomputed._kernel is None
    monkeypatch.undo()
    recomputed._load()
    assert recomputed._kernel is products
    monkeypatch.setattr(recomputed, "_kernel", None)


class Counted:
    """The compiled code, of which is known how often it was asked."""

    GROUP, Mistaken = products.GROUP, products.Mistaken

    def __init__(self) -> None:
        self.asked = 0

    def made(self, y: bytes, several: list[Wanted[bytes]]) -> list[bytes]:
        self.asked += 1
        return by_powers(elgamal(ED25519, y), several)


def test_nothing_secret_goes_through_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """From keys to the result: whoever makes something asks libsodium alone."""
    monkeypatch.setattr(recomputed, "_kernel", asked := Counted())
    questions = [secret_election.MOTION, secret_election.RANKED]
    held = secret_election.begun(ED25519, questions, 2, single=2)
    cast = [held.cast(voter, [[0, 1, 0], [1, 2, 3, 4, 5]]) for voter in range(2)]
    held.close()
    held.shuffle(1, 2)
    held.open(1, 2)
    assert asked.asked == 0
    assert Checker(held.raw).fault(cast[0]) is None
    assert asked.asked == 5


def test_what_is_no_point_is_made_by_libsodium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recomputed, "_kernel", products)
    monkeypatch.setattr(kernel, "products", lambda *given: -2)
    several = [Wanted(True, 5, X, 1, 9)]
    assert recomputed.made(KEY, several) == by_powers(KEY, several)


def test_what_comes_out_has_to_be_on_the_curve(monkeypatch: pytest.MonkeyPatch) -> None:
    """One wrong limb in a table of g's powers."""
    wrong = products._tables(KEY.y).copy()
    wrong[0, 0, 7, 0, 2] += np.uint64(1)
    monkeypatch.setattr(products, "_tables", lambda y: wrong)
    monkeypatch.setattr(products, "_blind", lambda: products._blinding(0))
    with pytest.raises(products.Mistaken):
        products.made(KEY.y, [Wanted(False, 7, X, 0, 1)])
    beside = products._blinding(0).added.copy()
    beside[1, 3] += np.uint64(1)
    monkeypatch.setattr(products, "_blind", lambda: products._Blind(0, beside))
    with pytest.raises((products.Mistaken, NotAnElement)):
        products.made(KEY.y, [Wanted(False, 8, X, 0, 1)])


limbs = st.lists(st.integers(0, 2**54 - 1) | st.just(2**54 - 1), min_size=5, max_size=5)


@settings(deadline=None, max_examples=300)
@given(limbs, limbs)
def test_products_modulo_p_of_the_largest_limbs(a: list[int], b: list[int]) -> None:
    made = kernel._mul(_tuple(a), _tuple(b))
    assert _number(made) % p == _number(a) * _number(b) % p
    square = kernel._square(_tuple(a))
    assert _number(square) % p == _number(a) ** 2 % p
    assert all(int(limb) < 2**51 + 2**14 for limb in (*made, *square))
    assert _number(kernel._carried(_tuple(a))) == _number(a) % p


def _tuple(limbs: list[int]) -> tuple[np.uint64, ...]:
    return tuple(map(np.uint64, limbs))


def _number(limbs: Any) -> int:
    return sum(int(limb) << 51 * place for place, limb in enumerate(limbs))


@pytest.mark.parametrize("question", [secret_election.CHAIR, secret_election.MOTION])
def test_ballots_are_judged_as_without_it(
    question: Homomorphic, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = secret_election.begun(ED25519, [question], 1, single=1)
    votes = [int(place == 1) for place in range(question.length)]
    good = held.cast(0, [votes])
    read = read_ballot(held.election, good)
    (answer,) = read.answers
    assert isinstance(answer, HomomorphicAnswer)
    first, *others = answer.individual_proofs
    wrong = (first[0]._replace(response=(first[0].response + 1) % q), *first[1:])
    moved = replace(answer, choices=(answer.choices[1], answer.choices[0], *answer.choices[2:]))
    beside = Ciphertext(OUTSIDE[-6], answer.choices[0].beta)
    bad = [
        replace(answer, individual_proofs=(wrong, *others)),
        replace(answer, overall_proof=(wrong[0], *answer.overall_proof[1:])),
        replace(answer, choices=(beside, *answer.choices[1:])),
        moved,
    ]
    ballots = [good] + [
        write_ballot(held.election, signed(ED25519, held.voters[0], replace(read, answers=(one,))))
        for one in bad
    ]
    checker = Checker(held.raw)
    without = [checker.fault(data) for data in ballots]
    monkeypatch.setattr(recomputed, "_kernel", products)
    assert [checker.fault(data) for data in ballots] == without
    assert without[0] is None
    assert "is no element of Ed25519" in str(without[3])
    assert None not in without[1:]
