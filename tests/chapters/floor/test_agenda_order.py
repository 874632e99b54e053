"""The agenda: all that was admitted, amendments before what they amend, drawn or as numbered."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.chapters.floor.remembers import Convention
from support.pure import document
from support.small import Small, founded
from support.year import (
    admit,
    chair,
    convention,
    decided,
    delegates,
    delegates_elected,
    drawn,
    hand_in,
    led,
    proposed,
    sitting,
)


def agenda_of(small: Small) -> tuple[int, ...]:
    found: Convention = convention(small)
    assert found.agenda is not None
    return found.agenda


def amendment(small: Small, about: int) -> int:
    return hand_in(small, delegates(small)[0], "amendment", amends="proposal", about=about)


def test_as_numbered_with_amendments_before_what_they_amend():
    small = delegates_elected(founded(agenda='"as-numbered"'))
    first, second = proposed(small, 2)
    to_first = amendment(small, first)
    to_that = amendment(small, to_first)
    also = amendment(small, first)
    for number in (to_first, to_that, also):
        admit(small, number)
    sitting(small)
    assert agenda_of(small) == (to_that, to_first, also, first, second)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 8), min_size=1, max_size=8), st.booleans())
def test_every_admitted_proposal_is_on_it_once_after_its_amendments(targets, drawing):
    """``targets``: what each amends, by its place in the list; itself or later: nothing."""
    order = '"drawn"' if drawing else '"as-numbered"'
    small = delegates_elected(founded(agenda=order))
    numbers: list[int] = []
    for place, target in enumerate(targets):
        if target < place:
            numbers.append(amendment(small, numbers[target]))
        else:
            numbers.append(hand_in(small, delegates(small)[0]))
        admit(small, numbers[-1])
    sitting(small)
    assert sorted(agenda_of(small)) == sorted(numbers)
    for number in numbers:
        about = small.state.bulletin.contributions[number].about
        if about is not None:
            assert agenda_of(small).index(number) < agenda_of(small).index(about)


def test_a_drawn_order_names_its_lot_and_follows_from_its_seed():
    import hashlib

    small = delegates_elected(founded())
    numbers = proposed(small, 5)
    small.pure.go_to(convention(small).dates.seconding_closes)
    drawn(small)
    sitting(small)
    lot = convention(small).lot
    seed = small.state.lots.draws[lot].seed

    def ticket(number: int) -> str:
        text = f"quorate-lot/1\n{seed}\nagenda\n{number}"
        return hashlib.sha256(text.encode()).hexdigest()

    assert agenda_of(small) == tuple(sorted(numbers, key=ticket))


def test_what_is_not_admitted_is_not_on_it_and_its_amendment_falls():
    small = delegates_elected(founded(agenda='"as-numbered"'))
    lapsing = hand_in(small, delegates(small)[0])
    to_that = amendment(small, lapsing)
    admit(small, to_that)
    sitting(small)
    assert agenda_of(small) == (to_that,)
    assert convention(small).items[to_that].outcome == "fallen"
    led(small)
    assert small.pure.tried(chair(small), "floor.close") is None


def test_what_amends_an_amendment_that_falls_or_is_not_admitted_falls_with_it():
    small = delegates_elected(founded(agenda='"as-numbered"'))
    lapsing, base = hand_in(small, delegates(small)[0]), proposed(small)[0]
    to_lapsing = amendment(small, lapsing)
    to_that = amendment(small, to_lapsing)
    not_admitted = amendment(small, base)
    to_the_other = amendment(small, not_admitted)
    for number in (to_lapsing, to_that, to_the_other):
        admit(small, number)
    sitting(small)
    outcomes = {number: item.outcome for number, item in convention(small).items.items()}
    assert outcomes == dict.fromkeys((to_lapsing, to_that, to_the_other), "fallen")


def test_what_was_referred_comes_first_next_year_with_its_amendment_before_it():
    small = delegates_elected(founded(agenda='"as-numbered"'))
    base, other = proposed(small, 2)
    change = amendment(small, base)
    admit(small, change)
    sitting(small)
    due = small.pure.time + 10**10
    decided(small, base, ["for"] * 12, "referral", owner="steering-committee", due=due)
    decided(small, other, ["for"] * 12)
    led(small)
    small.pure.do(chair(small), "floor.close")
    delegates_elected(small)
    new = proposed(small)[0]
    sitting(small)
    assert agenda_of(small) == (change, base, new)
    decided(small, change, ["against"] * 12)
    decided(small, base, ["for"] * 12)
    assert convention(small).items[change].outcome == "rejected"
    assert not small.state.followup.tasks[base].returns
    led(small)
    refusal = small.pure.tried(chair(small), "floor.close")
    assert refusal is not None
    assert str(new) in refusal.because


def test_what_was_referred_comes_first_before_a_drawn_order():
    small = delegates_elected(founded())
    numbers = proposed(small, 3)
    sitting(small)
    due = small.pure.time + 10**10
    for _ in numbers:
        number = next(n for n in agenda_of(small) if n not in convention(small).items)
        decided(small, number, ["for"] * 12, "referral", owner="steering-committee", due=due)
    led(small)
    small.pure.do(chair(small), "floor.close")
    delegates_elected(small)
    proposed(small, 5)
    sitting(small)
    assert agenda_of(small)[:3] == tuple(numbers)


def test_a_text_handed_in_twice_is_two_proposals():
    small = delegates_elected(founded(agenda='"as-numbered"'))
    member = delegates(small)[0]
    for _ in range(2):
        small.pure.do(member, "bulletin.hand_in", kind="proposal", text=document("same"), words=10)
    for number in (1, 2):
        admit(small, number)
    sitting(small)
    assert agenda_of(small) == (1, 2)
