"""The programme: what conventions adopted, each part as it was voted on."""

from __future__ import annotations

from quorate.web.rulebook.programme import parts
from support.small import founded
from support.year import admit, decided, delegates, delegates_elected, hand_in, sitting


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
