"""The programme: what conventions adopted, each part as it was voted on."""

from __future__ import annotations

from quorate.web.rulebook.programme import parts
from support.small import founded
from support.year import (
    admit,
    chair,
    decided,
    delegates,
    delegates_elected,
    hand_in,
    led,
    sitting,
)


def test_what_was_adopted_stands_in_it_with_its_amendments_and_nothing_else() -> None:
    small = delegates_elected(founded(agenda='"as-numbered"'))
    author = delegates(small)[0]
    part, rejected, other = (
        hand_in(small, author, "amendment", amends="programme"),
        hand_in(small, author, "amendment", amends="programme"),
        hand_in(small, author),
    )
    amendment, failed = (
        hand_in(small, author, "amendment", amends="proposal", about=part) for _ in range(2)
    )
    every = {
        amendment: ("proposal", "for"),
        failed: ("proposal", "against"),
        part: ("programme", "for"),
        rejected: ("programme", "against"),
        other: ("proposal", "for"),
    }
    for number in every:
        admit(small, number)
    sitting(small)
    assert parts(small.state) == []
    for number, (question, choice) in every.items():
        decided(small, number, [choice] * 12, question)
    (found,) = parts(small.state)
    assert found.contribution.number == part
    assert found.text == small.state.bulletin.contributions[part].latest.text
    assert found.amendments == (amendment,)


def test_an_amendment_that_an_earlier_convention_adopted_stands_with_it() -> None:
    small = delegates_elected(founded(agenda='"as-numbered"'))
    author = delegates(small)[0]
    part = hand_in(small, author, "amendment", amends="programme")
    amendment = hand_in(small, author, "amendment", amends="proposal", about=part)
    for number in (part, amendment):
        admit(small, number)
    sitting(small)
    decided(small, amendment, ["for"] * 12)
    due = small.pure.time + 10**10
    decided(small, part, ["for"] * 12, "referral", owner="steering-committee", due=due)
    led(small)
    small.pure.do(chair(small), "floor.close")
    sitting(delegates_elected(small))
    decided(small, part, ["for"] * 12, "programme")
    (found,) = parts(small.state)
    assert found.amendments == (amendment,)
    assert found.text == small.state.bulletin.contributions[part].latest.text
